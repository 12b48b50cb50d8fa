import Diagnostics
import Language
import Record

/// Reads the statements of a block as elements, reporting each that cannot be read.
struct ElementReader {
    let side: Side
    /// Whether the statements say what they add to elements that a derived file has.
    let isFacts: Bool
    private(set) var findings: [Finding] = []

    init(_ side: Side, isFacts: Bool = false) {
        self.side = side
        self.isFacts = isFacts
    }

    /// The elements of a block, in order. One that is unreadable or there already is left out and reported.
    mutating func read(_ statements: [Statement]) -> [ElementSource] {
        var elements: [ElementSource] = []
        for statement in statements {
            attempt { (reader) throws(LanguageFailure) in
                let element = try reader.readElement(statement)
                guard let twin = elements.first(where: { $0.localName == element.localName }) else {
                    elements.append(element)
                    return
                }
                reader.report(
                    .elementTwice, at: element.name,
                    "`\(element.localName)` stands on line \(twin.name.location.line) already")
            }
        }
        return elements
    }

    mutating func report(_ code: Code, at token: Token, _ text: String) {
        findings.append(Finding(code, at: token.location, text))
    }

    /// Reads one statement; what is wrong with it is reported, and reading goes on.
    mutating func attempt(_ body: (inout ElementReader) throws(LanguageFailure) -> Void) {
        do throws(LanguageFailure) {
            try body(&self)
        } catch {
            findings.append(error.finding)
        }
    }

    private mutating func readElement(_ statement: Statement) throws(LanguageFailure) -> ElementSource {
        var cursor = Cursor(statement)
        let isAdded = isFacts && cursor.peek(1)?.kind == .word && cursor.take("add") != nil
        if isAdded {
            var reader = ElementReader(side)
            defer { findings += reader.findings }
            var element = try reader.readElement(statement, &cursor, isAdded: true)
            element.isAdded = true
            return element
        }
        return try readElement(statement, &cursor)
    }

    private mutating func readElement(
        _ statement: Statement, _ cursor: inout Cursor, isAdded: Bool = false
    ) throws(LanguageFailure) -> ElementSource {
        var element = try readName(&cursor)
        while let token = cursor.next() {
            guard let clause = Clause(rawValue: token.text), token.kind == .word else {
                throw LanguageFailure(
                    statement.unknown(
                        token, "a type or clause of an element",
                        among: Clause.words(of: side, facts: isFacts),
                        code: .typeUnknown))
            }
            guard clause.sides.contains(side) else {
                let others = clause.sides.map(\.rawValue).joined(separator: " or ")
                throw misplaced(
                    token, "`\(token.text)` is said in a model of \(others) only")
            }
            guard isFacts || isAdded && clause == .before || !clause.isOfFacts else {
                throw misplaced(token, "`\(token.text)` is said in a facts file only")
            }
            try read(clause, token, &cursor, into: &element)
        }
        try readBlock(statement, into: &element)
        return element
    }

    func misplaced(_ token: Token, _ text: String) -> LanguageFailure {
        LanguageFailure(Finding(.clauseMisplaced, at: token.location, text))
    }

    /// `identificatie`, `kenmerk*`, `@StUF:bestandsnaam`, `StUF:extraElementen`.
    private func readName(_ cursor: inout Cursor) throws(LanguageFailure) -> ElementSource {
        let token = try cursor.expect(.word, "the name of an element")
        var name = token.text[...]
        let isRepeat = name.last == "*"
        if isRepeat { name.removeLast() }
        let isAttribute = name.first == "@"
        if isAttribute { name.removeFirst() }
        var prefix: String?
        if isAttribute || side == .stuf, let colon = name.firstIndex(of: ":") {
            prefix = String(name[..<colon])
            name = name[name.index(after: colon)...]
        }
        guard let first = name.unicodeScalars.first, first.properties.isAlphabetic || first == "_",
            !name.contains(where: { "/*@:".contains($0) }), side == .stuf || !name.contains(".")
        else {
            throw LanguageFailure(
                Finding(.elementName, at: token.location, "`\(token.text)` cannot be the name of an element"))
        }
        return ElementSource(
            name: token, localName: isAttribute ? "@\(name)" : String(name), prefix: prefix,
            isRepeat: isRepeat,
            statement: cursor.statement)
    }

    private mutating func readBlock(
        _ statement: Statement, into element: inout ElementSource
    ) throws(LanguageFailure) {
        let name = element.localName
        guard let block = statement.block else {
            guard element.form == nil, !isFacts else { return }
            throw LanguageFailure(
                Finding(
                    .typeMissing, at: element.name.location,
                    "`\(name)` has no type and no members: is it `text`, or a group with `{ … }`?"))
        }
        switch element.form {
        case nil, .group:
            if !isFacts { element.form = .group }
            let varies = element.discriminator != nil
            element.members = varies ? readVariants(block.statements) : read(block.statements)
        case .leaf:
            element.members = read(block.statements)
            for member in element.members where !member.localName.hasPrefix("@") {
                report(
                    .clauseMisplaced, at: member.name,
                    "`\(name)` is a value: it has attributes, and no element `\(member.localName)`")
            }
        case .child(let resource, _):
            element.form = .child(resource: resource, readChild(block.statements))
        case .like, .opaque, .link, .rows:
            throw misplaced(element.name, "`\(name)` has its members from elsewhere, and no block of its own")
        }
    }

    private mutating func readChild(_ statements: [Statement]) -> ChildSource {
        var child = ChildSource()
        for statement in statements {
            attempt { (reader) throws(LanguageFailure) in
                try reader.readChildFact(statement, into: &child)
            }
        }
        return child
    }
}

/// Groups whose shape varies.
extension ElementReader {
    /// The `when "…" { … }` blocks, as one list of members.
    fileprivate mutating func readVariants(_ statements: [Statement]) -> [ElementSource] {
        var members: [ElementSource] = []
        for statement in statements {
            attempt { (reader) throws(LanguageFailure) in
                var cursor = Cursor(statement)
                try cursor.expect("when")
                var values = [try cursor.expect(.string, "a value between quotes").text]
                while cursor.take(.comma) != nil {
                    values.append(try cursor.expect(.string, "a value between quotes").text)
                }
                try cursor.expectEnd()
                guard let block = statement.block else { throw cursor.expected("a block `{ … }`") }
                for member in reader.read(block.statements) {
                    reader.merge(member, for: values, into: &members)
                }
            }
        }
        return members
    }

    /// A member that several shapes have is one member; the wider of its types counts.
    private mutating func merge(
        _ member: ElementSource, for values: [String], into members: inout [ElementSource]
    ) {
        var member = member
        member.variants = values
        guard let index = members.firstIndex(where: { $0.localName == member.localName }) else {
            members.append(member)
            return
        }
        guard case .leaf(var type)? = members[index].form, case .leaf(let other)? = member.form,
            type.base == other.base, members[index].isRepeat == member.isRepeat,
            !values.contains(where: members[index].variants.contains)
        else {
            let line = members[index].name.location.line
            report(
                .elementTwice, at: member.name,
                "`\(member.localName)` stands on line \(line) already, for the same shape or with another type"
            )
            return
        }
        type.maxLength = type.maxLength.flatMap { left in other.maxLength.map { max(left, $0) } }
        members[index].form = .leaf(type)
        members[index].variants += values
    }
}
