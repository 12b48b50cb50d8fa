internal import Diagnostics
internal import Language
internal import Mapping
internal import StUF

/// Reads `.zender` files.
///
/// ```
/// zender suite {
///     applicatie        "SUITE"
///     organisatie       "1900"
///     empty             absent                # or: geenWaarde
///     filler            inp.bsn "000000000" "999999999"
///     referentienummer  shared                # or: missing
///     verwerkingssoort  tolerant
///     attributes        bare
///     action            "urn:suite:nieuw" creeerZaak_Lk01
///     action            ignored
///     takes             creeerZaak_Lk01 updateZaak_Lk01
///     gebruikers        "jan" "piet"
/// }
/// ontvanger sluis {
///     applicatie  "SLUIS"
/// }
/// only listed
/// ```
struct ZenderReader {
    private static let words = [
        "organisatie", "applicatie", "administratie", "empty", "filler", "referentienummer",
        "verwerkingssoort", "attributes", "action", "takes", "gebruikers",
    ]
    private static let addressWords = ["organisatie", "applicatie", "administratie"]

    private(set) var zenders = Zenders()
    private(set) var findings: [Finding] = []

    static func load(_ paths: [String]) -> (zenders: Zenders, findings: [Finding]) {
        let (documents, problems) = SourceFiles.documents(".zender", in: paths)
        var reader = ZenderReader()
        for statement in documents.flatMap(\.statements) { reader.read(statement) }
        return (reader.zenders, (problems + reader.findings).sortedForReading())
    }

    private mutating func read(_ statement: Statement) {
        do throws(LanguageFailure) {
            var cursor = Cursor(statement)
            let kind = try cursor.expect(
                oneOf: ["zender", "ontvanger", "only"], "a statement of a zender file")
            if kind.text == "only" {
                try cursor.expect("listed")
                try cursor.expectEnd()
                zenders.areListed = true
                return
            }
            try cursor.expect(.word, "a name")
            try cursor.expectEnd()
            guard let block = statement.block else { throw cursor.expected("a block `{ … }`") }
            var zender = Zender()
            let isZender = kind.text == "zender"
            for line in block.statements {
                do throws(LanguageFailure) {
                    try read(line, isZender ? Self.words : Self.addressWords, into: &zender)
                } catch {
                    findings.append(error.finding)
                }
            }
            guard zender.applicatie != nil || zender.organisatie != nil else {
                throw cursor.expected("`applicatie` or `organisatie` in the block")
            }
            if isZender { zenders.all.append(zender) } else { zenders.ontvangers.append(zender) }
        } catch {
            findings.append(error.finding)
        }
    }

    private func read(_ line: Statement, _ words: [String], into zender: inout Zender) throws(LanguageFailure)
    {
        var cursor = Cursor(line)
        switch try cursor.expect(oneOf: words, "a line of the block").text {
        case "organisatie": zender.organisatie = try text(&cursor)
        case "applicatie": zender.applicatie = try text(&cursor)
        case "administratie": zender.administratie = try text(&cursor)
        case "empty":
            zender.empty = Zender.Empty(
                rawValue: try cursor.expect(
                    oneOf: Zender.Empty.allCases.map(\.rawValue), "what empty elements stand for"
                ).text)
        case "filler":
            let name = try cursor.expect(.word, "the name of an element").text
            zender.fillers[name, default: []].formUnion(try texts(&cursor))
        case "referentienummer":
            zender.referentienummers = Zender.Referentienummers(
                rawValue: try cursor.expect(
                    oneOf: Zender.Referentienummers.allCases.map(\.rawValue), "what referentienummers are"
                ).text)
        case "verwerkingssoort":
            try cursor.expect("tolerant")
            zender.isTolerant = true
        case "attributes":
            try cursor.expect("bare")
            zender.hasBareAttributes = true
        case "action": try readAction(&cursor, into: &zender)
        case "takes":
            var taken: Set<String> = []
            repeat { taken.insert(try operation(&cursor)) } while !cursor.isAtEnd
            zender.takes = (zender.takes ?? []).union(taken)
        default: zender.gebruikers = (zender.gebruikers ?? []).union(try texts(&cursor))
        }
        try cursor.expectEnd()
    }

    private func readAction(_ cursor: inout Cursor, into zender: inout Zender) throws(LanguageFailure) {
        if cursor.take("ignored") != nil {
            zender.ignoresAction = true
        } else {
            let action = try text(&cursor)
            zender.actions[action] = try operation(&cursor)
        }
    }

    private func text(_ cursor: inout Cursor) throws(LanguageFailure) -> String {
        try cursor.expect(.string, "a text between quotes").text
    }

    private func texts(_ cursor: inout Cursor) throws(LanguageFailure) -> Set<String> {
        var found: Set<String> = [try text(&cursor)]
        while let next = cursor.take(.string) { found.insert(next.text) }
        return found
    }

    private func operation(_ cursor: inout Cursor) throws(LanguageFailure) -> String {
        let token = try cursor.expect(.word, "the name of an operation")
        let names = Array(Set(Operations.all.map(\.name))).sorted()
        let isKnown = Operations.services.contains { Operations.operation(token.text, of: $0) != nil }
        guard isKnown else {
            throw LanguageFailure(
                cursor.statement.unknown(token, "an operation", among: names, code: .operationUnknown))
        }
        return token.text
    }
}
