import Language
import Model
import Record

/// Writes a derived model as a `.model` file, laid out by the language's own formatter.
package enum ModelText {
    /// The first words of every derived file, by which a later import knows that it may replace it.
    package static let mark = "# Derived by `sluis model import"

    /// - Parameter heading: comment lines above the model, without `#`.
    package static func write(_ model: DerivedModel, heading: [String]) -> String {
        var text = heading.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
        text += "\n\(header(of: model))\n"
        if let empty = model.emptyText { text += "\nevery text empty \(Token.quoted(empty))\n" }
        for entity in model.entities {
            text += "\n\(head(of: entity, of: model.kind)) {\n"
            write(entity.elements, indent: 1, to: &text)
            text += "}\n"
        }
        for group in model.groups {
            text += "\ngroup \(group.name) {\n"
            write(group.elements, indent: 1, to: &text)
            text += "}\n"
        }
        let (document, _) = Parser.parse(file: "\(model.name).model", bytes: Array(text.utf8))
        return Formatter.format(document)
    }

    private static func header(of model: DerivedModel) -> String {
        switch model.kind {
        case .stuf(let namespace, let prefix):
            "model \(model.name) stuf \(Token.quoted(namespace)) as \(prefix)"
        case .tables(let schema): "model \(model.name) tables \(Token.quoted(schema))"
        case .api(let root): "model \(model.name) api \(Token.quoted(root))"
        }
    }

    private static func head(of entity: DerivedEntity, of kind: Model.Kind) -> String {
        var head: String
        switch kind {
        case .stuf: head = "entity \(entity.name)"
        case .tables: head = "table \(entity.name)"
        case .api: head = "resource \(entity.name) in \(entity.collection ?? entity.name)"
        }
        if !entity.key.isEmpty { head += " key \(entity.key.joined(separator: ", "))" }
        return head
    }

    private static func write(_ elements: [DerivedElement], indent: Int, to text: inout String) {
        for element in elements { write(element, indent: indent, to: &text) }
    }

    private static func write(_ element: DerivedElement, indent: Int, to text: inout String) {
        let margin = String(repeating: "    ", count: indent)
        let cells = cells(of: element, margin: margin)
        text += margin + cells.joined(separator: cells.count > 1 ? "  " : " ")
        guard !element.members.isEmpty else {
            // A group that the schema leaves empty is known by name only.
            text += element.form == .group ? "  opaque\n" : "\n"
            return
        }
        text += " {\n"
        if element.discriminator != nil {
            writeVariants(element.members, indent: indent + 1, to: &text)
        } else {
            write(element.members, indent: indent + 1, to: &text)
        }
        text += margin + "}\n"
    }

    /// Members that exist for the same values stand in one `when` block.
    private static func writeVariants(_ members: [DerivedElement], indent: Int, to text: inout String) {
        let margin = String(repeating: "    ", count: indent)
        var shapes: [[String]] = []
        for member in members where !shapes.contains(member.variants) { shapes.append(member.variants) }
        for shape in shapes {
            text += "\(margin)when \(shape.map { Token.quoted($0) }.joined(separator: ", ")) {\n"
            for member in members where member.variants == shape {
                write(member, indent: indent + 1, to: &text)
            }
            text += "\(margin)}\n"
        }
    }

    /// The name, then what the formatter shall put in columns.
    private static func cells(of element: DerivedElement, margin: String) -> [String] {
        var cells = [element.name + (element.isRepeat ? "*" : "")]
        switch element.role {
        case .plain: break
        case .relation(let entiteittype): cells.append("relation \(entiteittype)")
        case .object(let entiteittype): cells.append("object \(entiteittype)")
        }
        switch element.form {
        case .leaf(let type):
            cells.append(type.written(margin: margin))
            if let empty = type.empty { cells.append("empty \(Token.quoted(empty))") }
        case .group: break
        case .like(let group): cells.append("like \(group)")
        case .opaque: cells.append("opaque")
        }
        if let discriminator = element.discriminator { cells.append("varies-by \(discriminator)") }
        if element.isRequired { cells.append("required") }
        if element.isKerngegeven { cells.append("kern") }
        if element.isMetagegeven { cells.append("metagegeven") }
        if element.isAnswerOnly { cells.append("answer-only") }
        if element.isReadOnly { cells.append("read-only") }
        if element.isPadded { cells.append("padded") }
        if let reference = element.reference { cells.append("references \(reference)") }
        return cells
    }
}

extension ElementType {
    /// As the language writes it, on one line.
    var text: String {
        let values = enumeration.map { Token.quoted($0) }.joined(separator: ", ")
        return enumeration.isEmpty ? written(margin: "") : "enum(\(values))"
    }

    /// As the language writes it: `text(80)`, `digits(9)`, `enum("a", "b")`, `datum incomplete`.
    fileprivate func written(margin: String) -> String {
        if !enumeration.isEmpty { return writtenEnumeration(margin: margin) }
        if isDigits { return "digits\(writtenLength(exact: true))" }
        switch base {
        case .text: return "text\(writtenLength(exact: false))"
        case .integer, .decimal: return "\(base)\(maxLength.map { "(\($0))" } ?? "")"
        case .datum, .tijdstip:
            let spelled = spelling == .standard ? "" : " spelled \(spelling.rawValue)"
            return "\(base)\(allowsIncomplete ? " incomplete" : "")\(spelled)"
        default: return "\(base)"
        }
    }

    private func writtenLength(exact: Bool) -> String {
        guard let maxLength else { return "" }
        let least = minLength ?? 0
        if exact { return least == maxLength ? "(\(maxLength))" : "(\(least)..\(maxLength))" }
        return least > 1 ? "(\(least)..\(maxLength))" : "(\(maxLength))"
    }

    /// On one line where it fits, else some values a line.
    private func writtenEnumeration(margin: String) -> String {
        let values = enumeration.map { Token.quoted($0) }
        let flat = "enum(\(values.joined(separator: ", ")))"
        guard flat.count > 60 else { return flat }
        var lines = ["enum("]
        var line = ""
        for (index, value) in values.enumerated() {
            let piece = value + (index < values.count - 1 ? "," : "")
            if !line.isEmpty, margin.count + 4 + line.count + piece.count > 100 {
                lines.append(margin + "    " + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + piece
        }
        lines.append(margin + "    " + line + ")")
        return lines.joined(separator: "\n")
    }
}
