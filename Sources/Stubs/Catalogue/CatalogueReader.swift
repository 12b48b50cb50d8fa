package import Diagnostics
private import Language

/// Reads a catalogue file:
/// ```
/// catalogus "ZDS" rsin "123456782"
/// zaaktype "B1026" "Aanvraag minimaregelingen (Z)" from 2010-01-01 {
///     status "Ontvangen"
///     rol "Initiator" initiator
///     resultaat "Geweigerd" vernietigen after 5 years
///     document "Aanvraag"
///     besluit "Toekenning"
/// }
/// ```
package enum CatalogueReader {
    private static let lines = ["status", "rol", "resultaat", "document", "besluit"]

    /// The catalogue and every problem of the file; with one it must not be used.
    package static func read(file: String, bytes: [UInt8]) -> (catalogue: TypeCatalogue, findings: [Finding])
    {
        let (document, problems) = Parser.parse(file: file, bytes: bytes)
        var catalogue = TypeCatalogue()
        var findings = problems
        for statement in document.statements {
            do throws(LanguageFailure) {
                try read(statement, into: &catalogue)
            } catch {
                findings.append(error.finding)
            }
        }
        return (catalogue, findings.sortedForReading())
    }

    private static func read(
        _ statement: Statement, into catalogue: inout TypeCatalogue
    ) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        let word = try cursor.expect(oneOf: ["catalogus", "zaaktype"], "what the catalogue has")
        if word.text == "catalogus" {
            catalogue.domein = try cursor.expect(.string, "the domein between quotes").text
            _ = try cursor.expect("rsin")
            catalogue.rsin = try cursor.expect(.string, "the RSIN between quotes").text
            return try cursor.expectEnd()
        }
        let code = try cursor.expect(.string, "the identificatie between quotes")
        let name = try cursor.expect(.string, "the omschrijving between quotes")
        _ = try cursor.expect("from")
        var type = TypeCatalogue.ZaakType(code.text, name.text, begin: try date(&cursor))
        if cursor.take("to") != nil { type.einde = try date(&cursor) }
        try cursor.expectEnd()
        for line in statement.block?.statements ?? [] { try read(line, into: &type) }
        guard !type.statussen.isEmpty else {
            throw LanguageFailure(
                Finding(.expected, at: code.location, "a zaaktype has at least one `status`"))
        }
        catalogue.zaaktypen.append(type)
    }

    private static func date(_ cursor: inout Cursor) throws(LanguageFailure) -> String {
        let token = try cursor.expect(.word, "a date, as 2010-01-01")
        guard let date = Moments.date(token.text) else {
            throw LanguageFailure(
                Finding(.expected, at: token.location, "a date is expected here, as 2010-01-01"))
        }
        return date
    }

    private static func read(
        _ line: Statement, into type: inout TypeCatalogue.ZaakType
    ) throws(LanguageFailure) {
        var cursor = Cursor(line)
        let word = try cursor.expect(oneOf: lines, "what a zaaktype has")
        let name = try cursor.expect(.string, "the omschrijving between quotes").text
        switch word.text {
        case "status": type.statussen.append(name)
        case "rol":
            let generiek = try cursor.expect(oneOf: Choices.rollen, "the omschrijvingGeneriek").text
            type.rollen.append(.init(name, generiek))
        case "resultaat":
            let nominatie = try cursor.expect(oneOf: Choices.archiefnominatie, "the archiefnominatie").text
            var years: Int?
            if cursor.take("after") != nil {
                let number = try cursor.expect(.word, "a number of years")
                years = Int(number.text).flatMap { (1...100).contains($0) ? $0 : nil }
                if years == nil {
                    throw LanguageFailure(
                        Finding(
                            .expected, at: number.location, "a number of years is expected here, 1 to 100"))
                }
                _ = try cursor.expect("years")
            }
            type.resultaten.append(.init(name, nominatie, years: years))
        case "document": type.documenten.append(name)
        default: type.besluiten.append(name)
        }
        try cursor.expectEnd()
    }
}
