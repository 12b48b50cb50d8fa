import Diagnostics
import Language
import Record

/// What follows each clause.
extension ElementReader {
    mutating func read(
        _ clause: Clause, _ token: Token, _ cursor: inout Cursor, into element: inout ElementSource
    ) throws(LanguageFailure) {
        switch clause {
        case .required: element.isRequired = true
        case .incomplete: element.isIncomplete = true
        case .kern: element.isKerngegeven = true
        case .metagegeven: element.isMetagegeven = true
        case .answerOnly: element.isAnswerOnly = true
        case .readOnly: element.isReadOnly = true
        case .empty: element.empty = try cursor.expect(.string, "how empty is written, between quotes").text
        case .unknown:
            element.unknown = try cursor.expect(.string, "how unknown is written, between quotes").text
        case .spelled:
            let names = ElementType.Spelling.allCases.map(\.rawValue)
            let name = try cursor.expect(oneOf: names, "a spelling")
            element.spelling = ElementType.Spelling(rawValue: name.text) ?? .standard
        case .setBy: element.setBy = try cursor.expect(.word, "the path that sets it")
        case .references: element.reference = try cursor.expect(.word, "the column it refers to")
        case .columns: element.columns = try readPaths(&cursor)
        case .padded: element.isPadded = true
        case .sizeOf: element.sizeOf = try cursor.expect(.word, "the content whose size it is")
        case .identifiedBy:
            element.identifiers = try readPaths(&cursor)
            if cursor.take("otherwise") != nil { element.otherwise = try readPaths(&cursor) }
        case .variesBy: element.discriminator = try cursor.expect(.word, "the property that tells its shape")
        case .one: element.correction.isRepeat = false
        case .many: element.correction.isRepeat = true
        case .optional: element.correction.isOptional = true
        case .complete: element.correction.isComplete = true
        case .writable: element.correction.isWritable = true
        case .drop: element.correction.isDropped = true
        case .before: element.correction.before = try cursor.expect(.word, "the element it stands before")
        case .relation, .object:
            element.entiteittype = try cursor.expect(.word, "an entiteittype").text
            element.role = clause == .relation ? .relation : .gerelateerde
        default:
            guard element.form == nil else {
                throw LanguageFailure(
                    Finding(
                        .typeTwice, at: token.location,
                        "`\(element.localName)` has a type already, and cannot be `\(token.text)` too"))
            }
            element.form = try readForm(clause, &cursor)
        }
    }

    private mutating func readForm(
        _ clause: Clause, _ cursor: inout Cursor
    ) throws(LanguageFailure) -> ElementSource.Form {
        switch clause {
        case .text: .leaf(try readLength(ElementType(.text), &cursor))
        case .digits: .leaf(try readDigits(&cursor))
        case .integer: .leaf(try readLength(ElementType(.integer), &cursor))
        case .decimal: .leaf(try readLength(ElementType(.decimal), &cursor))
        case .enumeration: .leaf(try readEnumeration(&cursor))
        case .datum: .leaf(ElementType(.datum))
        case .tijdstip: .leaf(ElementType(.tijdstip))
        case .boolean: .leaf(ElementType(.boolean))
        case .duur: .leaf(ElementType(.duur))
        case .geometrie: .leaf(ElementType(.geometrie))
        case .content: .leaf(ElementType(.content))
        case .like: .like(try cursor.expect(.word, "the name of a group"))
        case .link: try readLink(&cursor)
        case .rows: try readRows(&cursor)
        case .child: .child(resource: try cursor.expect(.word, "the name of a resource"), ChildSource())
        default: .opaque
        }
    }

    /// `text`, `text(80)`, `text(5..40)`.
    private func readLength(
        _ type: ElementType, _ cursor: inout Cursor
    ) throws(LanguageFailure) -> ElementType {
        guard cursor.take(.openParenthesis) != nil else { return type }
        let token = try cursor.expect(.word, "a length")
        try cursor.expect(.closeParenthesis, "`)`")
        var type = type
        let bounds = token.text.split(separator: ".", omittingEmptySubsequences: false)
        let least = bounds.count == 3 && bounds[1].isEmpty ? Int(bounds[0]) : nil
        guard bounds.count == 1 || least != nil, let most = bounds.last.flatMap({ Int($0) }),
            (1...1_000_000).contains(most), (0...most).contains(least ?? 0)
        else {
            throw LanguageFailure(
                Finding(
                    .lengthWrong, at: token.location,
                    "`\(token.text)` is no length: write the most, `text(80)`, or least and most, `text(5..40)`"
                ))
        }
        type.maxLength = most
        type.minLength = least
        return type
    }

    /// `digits(9)`: exactly nine. `digits(1..4)`: one to four.
    private func readDigits(_ cursor: inout Cursor) throws(LanguageFailure) -> ElementType {
        guard cursor.peek?.kind == .openParenthesis else {
            throw cursor.expected("how many there are, as in `digits(9)`,")
        }
        var type = try readLength(ElementType(.text, isDigits: true), &cursor)
        if type.minLength == nil { type.minLength = type.maxLength }
        return type
    }

    private mutating func readEnumeration(_ cursor: inout Cursor) throws(LanguageFailure) -> ElementType {
        try cursor.expect(.openParenthesis, "`(`")
        var values: [String] = []
        repeat {
            let value = try cursor.expect(.string, "a value between quotes")
            if values.contains(value.text) {
                report(.valueTwice, at: value, "\(value.spelling) is one of the values already")
            } else {
                values.append(value.text)
            }
        } while cursor.take(.comma) != nil
        try cursor.expect(.closeParenthesis, "`)`")
        return ElementType(.text, enumeration: values)
    }

    private func readLink(_ cursor: inout Cursor) throws(LanguageFailure) -> ElementSource.Form {
        let resource = try cursor.expect(.word, "the name of a resource")
        try cursor.expect("by")
        let by = try readPaths(&cursor)
        let with = cursor.take("with") != nil ? try readPaths(&cursor) : []
        return .link(resource: resource, by: by, with: with)
    }

    /// `rows PERSOON_NAT by PERSOON_ID order VOLGNR`: of `by` nothing where one way of columns refers to this table.
    private func readRows(_ cursor: inout Cursor) throws(LanguageFailure) -> ElementSource.Form {
        let table = try cursor.expect(.word, "the name of a table")
        let by = cursor.take("by") == nil ? [] : try readPaths(&cursor)
        let order = cursor.take("order") == nil ? [] : try readPaths(&cursor)
        return .rows(table: table, by: by, order: order)
    }

    /// One line of a child's block.
    func readChildFact(_ statement: Statement, into child: inout ChildSource) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        let changes = APIFacts.Child.Change.allCases.map(\.rawValue)
        let word = try cursor.expect(
            oneOf: ["parent", "match", "identifiers", "otherwise"] + changes, "a fact about a child")
        switch word.text {
        case "parent": child.parent = try cursor.expect(.word, "the property that points to the parent")
        case "match": child.equal += try readPaths(&cursor)
        case "identifiers": child.identifiers += try readPaths(&cursor)
        case "otherwise": child.otherwise += try readPaths(&cursor)
        default: child.change = APIFacts.Child.Change(rawValue: word.text)
        }
        try cursor.expectEnd()
    }

    func readPaths(_ cursor: inout Cursor) throws(LanguageFailure) -> [Token] {
        var paths = [try cursor.expect(.word, "a path")]
        while cursor.take(.comma) != nil { paths.append(try cursor.expect(.word, "a path")) }
        return paths
    }
}
