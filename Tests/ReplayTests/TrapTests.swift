import Foundation
import TestSupport
import Testing

private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

/// What the references warn for, each with the fixtures that show what Sluis does.
@Suite("A trap") struct TrapTests {
    private enum Shown {
        case by([String])
        /// No matter of a mapping, or not there yet.
        case elsewhere(String)
    }

    /// `stuf-protocol.md`, section 18.
    private static let protocolTraps: [Shown] = [
        .by(["zds11/operation-without-route", "zds11/actualiseer-zaakstatus"]),
        .elsewhere("berichtcodes: StUF's FaultTests"), .elsewhere("for who sends"),
        .elsewhere("for who sends"),
        .elsewhere("for who sends"), .elsewhere("for who sends"),
        .by(["zds11/byte-order-mark"]), .by(["zds11/soap-1-2"]), .elsewhere("StUF's FaultTests"),
        .by(["zds11/update-whose-was-differs"]),
        .by(["zds11/duplicate", "zds11/new-zaak-sent-again-under-a-new-number"]),
        .by(["zds11/geboortedatum-with-zeros", "stufbg/birth-date-zero-digits"]),
        .by([
            "zds11/gemeentecode-without-leading-zero", "zds11/bsn-with-leading-zeros",
            "zds11/bsn-without-its-leading-zeros", "stufbg/codes-without-zeros",
        ]),
        .by([
            "zds11/status-moment-of-12-digits", "zds11/status-moment-of-16-and-17-digits",
            "zds11/status-date-only", "stufbg/birth-date-truncated",
        ]),
        .by(["zds11/tijdvakken-passed-over"]),
        .by([
            "zds11/update-geenwaarde-clears", "zds11/update-waardeonbekend-leaves",
            "zds11/update-with-other-kinds-of-no-value", "zds11/empty-element-in-an-update",
        ]),
        .by(["stufbg/change-nationality-ended", "zds11/initiator-replaced-in-one-relation"]),
        .by(["zds11/zaak-removed", "stufbg/removed"]),
        .by(["zds11/rol-without-verwerkingssoort"]),
        .by(["zds11/rol-that-is-there-already", "zds11/rol-to-identify-only"]),
        .by(["zds11/kenmerken-replaced-as-a-whole"]), .by(["zds11/authentiek-without-metagegeven"]),
        .by(["zds11/person-without-bsn", "zds11/medewerker-without-identificatie"]),
        .elsewhere("vrije berichten have no mapping"), .by(["zds11/vraag-with-scope"]),
        .by(["stufbg/scope-with-an-empty-relation"]), .by(["zds11/creeer-zaak"]),
        .by(["stufbg/vraag-more-than-asked", "stufbg/vraag-exactly-the-maximum"]),
        .by(["stufbg/vraag-by-a-pattern-or-a-year"]), .by(["stufbg/partner-dissolved"]),
        .by(["zds11/document-that-is-encoded-twice"]),
        .elsewhere("a minimum length is not checked yet: a KvK number passes as vestigingsNummer"),
        .by(["zds11/street-name-longer-than-straatnaam", "zds11/street-from-straatnaam"]),
        .elsewhere("bursts: Ledger and Delivery"), .elsewhere("brondocument has no place in the APIs"),
        .by(["zds11/update-whose-was-differs"]), .elsewhere("reconciliation"), .elsewhere("for who sends"),
        .by(["zds11/other-content"]), .elsewhere("echoes: Delivery"), .elsewhere("afnemerindicaties"),
        .elsewhere("no folders of files"), .elsewhere("schema tooling"), .elsewhere("schema tooling"),
        .elsewhere("schema tooling"), .elsewhere("schema tooling"),
    ]

    /// `zds-to-zgw-mapping.md`, section 20.
    private static let zdsEdges: [Shown] = [
        .by(["zds11/kenmerk-without-bron"]), .by(["zds11/verlenging-of-zero-days"]),
        .by(["zds11/opschorting-ended-without-reden"]),
        .by(["zds11/status-date-only", "zds11/status-date-only-today"]),
        .by(["zds11/statussen-on-one-day"]),
        .elsewhere("the store knows of no status that it is the end; closing is for an API as target"),
        .by(["zds11/einddatum-only"]), .by(["zds11/closed-zaak-keeps-its-end"]),
        .by(["zds11/initiator-replaced", "zds11/initiator-removed-and-added"]),
        .by(["zds11/two-belanghebbenden", "zds11/one-of-two-belanghebbenden-removed"]),
        .by(["zds11/rol-without-betrokkene"]), .by(["zds11/person-without-bsn"]),
        .by(["zds11/address-without-bag-number"]), .by(["zds11/address-abroad"]),
        .by(["zds11/eenmanszaak"]), .by(["zds11/vestiging-two-handelsnamen"]),
        .by(["zds11/address-and-person-together"]), .by(["zds11/other-zaak-not-known"]),
        .by(["zds11/document-taal-of-two-letters", "zds11/document-taal-of-three-letters"]),
        .by(["zds11/document-ontvangstdatum-of-year-one"]),
        .elsewhere("updateZaakdocument is a vrij bericht: no mapping yet"),
        .elsewhere("locks: an API as target"),
        .by(["zds11/document-with-inhoud", "zds11/document-zeer-geheim"]),
        .by(["zds11/status-moment-of-16-and-17-digits", "zds11/status-in-summer-time"]),
        .by(["zds11/other-prefixes", "zds11/default-namespace"]), .by(["zds11/unknown-headers"]),
        .by(["zds11/byte-order-mark", "zds11/blank-line-before-the-declaration"]),
        .by(["zds11/gemeente-without-rsin"]), .elsewhere("versions of a zaaktype: an API as target"),
        .elsewhere("paging: an API as target"), .by(["zds11/duplicate"]),
        .by(["zds11/omschrijving-truncated"]),
        .by([
            "zds11/geboortedatum-of-which-only-the-year-is-known",
            "zds11/geboortedatum-of-which-nothing-is-known",
        ]),
        .by(["zds11/document-with-inhoud"]),
    ]

    /// `stufbg-to-haalcentraal-mapping.md`, section 13.
    private static let personEdges: [Shown] = [
        .by(["stufbg/bsn-without-leading-zero", "stufbg/partner-without-bsn"]),
        .by([
            "stufbg/full", "stufbg/birth-date-day-unknown", "stufbg/birth-date-month-unknown",
            "stufbg/birth-date-unknown", "stufbg/birth-date-waardeonbekend",
        ]),
        .by(["stufbg/birth-date-digits-lie"]),
        .by(["stufbg/geslachtsnaam-full-stop", "stufbg/names-with-diacritics"]),
        .by(["stufbg/voorvoegsel-glued"]),
        .by([
            "stufbg/address-none", "stufbg/address-locatie", "stufbg/address-abroad-unknown",
            "stufbg/address-abroad", "stufbg/address-briefadres",
        ]),
        .by(["stufbg/address-toevoeging-digit", "stufbg/address-toevoeging-letters"]),
        .by(["stufbg/deceased"]), .by(["stufbg/geheim", "stufbg/geheim-none"]),
        .by(["stufbg/partners-two", "stufbg/partner-dissolved", "stufbg/partner-without-bsn"]),
        .by(["stufbg/ouder-unknown", "stufbg/ouders-other-order"]),
        .by([
            "stufbg/nationaliteiten-several", "stufbg/nationaliteit-staatloos",
            "stufbg/nationaliteit-unknown", "stufbg/nationaliteit-bijzonder",
            "stufbg/nationaliteit-bijzonder-as-code",
        ]),
        .by(["stufbg/scope-not-held", "stufbg/scope-relation-only", "stufbg/scope-kerngegevens"]),
        .by([
            "stufbg/vraag-more-than-asked", "stufbg/vraag-exactly-the-maximum", "stufbg/vraag-unknown-person",
        ]),
        .by(["stufbg/no-value-kinds"]), .by(["stufbg/codes-without-zeros"]),
        .by(["stufbg/other-prefixes", "stufbg/default-namespace", "stufbg/attributes-without-prefix"]),
        .elsewhere("encodings: XML's ReaderTests"), .elsewhere("the own store answers in one call"),
        .elsewhere("subscriptions are not there yet"),
    ]

    /// Every mapping with a case that says all, one that says least, and one that is refused.
    private static let mappings: [Shown] = [
        .by(["zds11/zaak-full", "zds11/zaak-with-the-least", "zds11/missing-must"]),
        .by(["zds11/document-full", "zds11/document-with-the-least", "zds11/document-without-auteur"]),
        .by([
            "zkn0310/besluit-full", "zkn0310/besluit-with-the-least", "zkn0310/besluit-without-besluittype",
        ]),
        .by(["stufbg/full", "stufbg/empty", "stufbg/refused-without-bsn"]),
    ]

    @Test("that the references name is counted: none was passed over", .needsSharedData)
    func complete() throws {
        for (file, section, shown) in [
            ("stuf-protocol", "## 18.", Self.protocolTraps), ("zds-to-zgw-mapping", "## 20.", Self.zdsEdges),
            ("stufbg-to-haalcentraal-mapping", "## 13.", Self.personEdges),
        ] {
            let text = String(
                decoding: try SharedData.bytes("reference/\(file).md"), as: UTF8.self)
            let start = try #require(text.firstRange(of: "\n\(section)")).upperBound
            let part = text[start...].prefix(
                upTo: text[start...].firstRange(of: "\n## ")?.lowerBound ?? text.endIndex)
            let numbers = part.matches(of: #/(?:^|\n|· )([0-9]+)[.]? /#)
                .compactMap { Int($0.output.1) }
            #expect(numbers.max() == shown.count, "\(file)")
        }
    }

    @Test("is shown by fixtures that are there")
    func fixtures() {
        let all = Self.protocolTraps + Self.zdsEdges + Self.personEdges + Self.mappings
        for case .by(let names) in all {
            #expect(!names.isEmpty)
            for name in names {
                let isThere = FileManager.default.fileExists(atPath: "\(root)/fixtures/\(name)/api.json")
                #expect(isThere, "\(name)")
            }
        }
    }
}
