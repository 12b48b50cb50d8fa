import Diagnostics
import Language
import Record

/// Tables that make up an object: the rows that refer to it, and values that stand in several columns.
extension ModelBuilder {
    /// The elements of a table without the columns that are parts of another: of a datum in three columns.
    mutating func withoutParts(_ sources: [ElementSource]) -> [ElementSource] {
        var parts: Set<String> = []
        for source in sources where !source.columns.isEmpty {
            if case .leaf(let type)? = source.form, type.base == .datum, source.columns.count == 3 {
            } else {
                report(
                    .clauseMisplaced, at: source.name.location,
                    "only a datum stands in several columns: those of its year, month and day")
            }
            for column in source.columns {
                let leaves = sources.filter { $0.columns.isEmpty && $0.isColumn }
                guard leaves.contains(where: { $0.localName == column.text }) else {
                    report(
                        source.statement.unknown(
                            column, "a column beside `\(source.localName)`", among: leaves.map(\.localName),
                            code: .modelPathUnknown))
                    continue
                }
                parts.insert(column.text)
            }
        }
        return parts.isEmpty ? sources : sources.filter { !parts.contains($0.localName) }
    }

    /// How the rows of a table hang on the one that `source` stands in, and their columns.
    mutating func rows(
        of name: Token, by: [Token], order: [Token], _ source: ElementSource, of model: ModelSource,
        within stack: [String]
    ) -> (TableFacts.Rows?, [Element]) {
        guard let table = model.entity(name.text) else {
            report(
                source.statement.unknown(
                    name, "a table of \(model.name)", among: model.entities.map(\.name.text),
                    code: .resourceUnknown))
            return (nil, [])
        }
        let qualified = "\(model.name):\(table.name.text)"
        guard !stack.contains(qualified), let outer = stack.last?.split(separator: ":").last else {
            report(.groupRecursive, at: name.location, "`\(name.text)` would stand inside itself")
            return (nil, [])
        }
        let names = table.elements.map(\.localName)
        let unknown = (by + order).filter { !names.contains($0.text) }
        for column in unknown {
            report(
                source.statement.unknown(
                    column, "a column of \(name.text)", among: names, code: .modelPathUnknown))
        }
        guard unknown.isEmpty else { return (nil, []) }
        guard let pairs = references(from: table, to: String(outer), by: by.map(\.text), at: name) else {
            return (nil, [])
        }
        let own = Set(pairs.map(\.column))
        let members = elements(
            withoutParts(table.elements).filter { !own.contains($0.localName) }, of: model,
            within: stack + [qualified])
        let rows = TableFacts.Rows(
            table: name.text, columns: pairs.map(\.column), refersTo: pairs.map(\.target),
            order: order.map(\.text))
        return (rows, members)
    }

    /// The columns of a table that refer to another, with what each refers to; nil, and reported, when there is none or
    /// more than one way.
    private mutating func references(
        from table: EntitySource, to outer: String, by: [String], at name: Token
    ) -> [(column: String, target: String)]? {
        let pairs = table.elements.compactMap { element -> (column: String, target: String)? in
            guard let reference = element.reference?.text.split(separator: "."), reference.count == 2,
                reference[0] == outer, by.isEmpty || by.contains(element.localName)
            else { return nil }
            return (element.localName, String(reference[1]))
        }
        guard !pairs.isEmpty else {
            report(
                .childIncomplete, at: name.location,
                "no column of `\(name.text)` refers to `\(outer)`: say `COLUMN references \(outer).COLUMN`")
            return nil
        }
        guard Set(pairs.map(\.target)).count == pairs.count else {
            let columns = pairs.map { "`\($0.column)`" }.joined(separator: " and ")
            report(
                .childIncomplete, at: name.location,
                "\(columns) refer to the same column of `\(outer)`: say which by `by COLUMN`")
            return nil
        }
        return pairs
    }
}

extension ElementSource {
    /// Whether it is a value of the table itself.
    fileprivate var isColumn: Bool {
        if case .leaf? = form { true } else { false }
    }
}
