import Diagnostics
import Mapping
import Record
import StUF
import TestSupport
import Testing

@Suite("A bericht through the shipped mapping") struct ShippedMappingTests {
    /// A request of the fixtures that tells of an object, on its way.
    private struct Told {
        var file: String
        var bericht: Bericht
        var kennisgeving: Kennisgeving
        var trip: RoundTrip
    }

    /// The schema has one handelsnaam only; leaving one out would be worse than what a strict reader says.
    private static let invalidOnPurpose = ["vestiging-two-handelsnamen"]
    /// Without stuurgegevens nobody knows who is addressed, nor by whom: such a fault has no zender and ontvanger.
    private static let withoutStuurgegevens = [
        "blank-line-before-the-declaration", "doctype", "envelope-without-bericht", "missing-stuurgegevens",
        "unknown-root",
    ]
    /// Not downward: the schema takes surfaces only for a place; the API has one text of the five parts of an
    /// aanduiding, which cannot be taken apart.
    private static let upwardOnly = ["zaakgeometrie", ".kadastraleAanduiding"]

    /// That there is no value any more makes no extraElement downward.
    private static let notBack = ["extra-elementen/4-request.xml": "selectielijstklasse geenWaarde"]

    /// What the API has no place for beside what else is there.
    private static let lost = [
        "extra-elementen-of-other-names/1-request.xml": [
            "extraElementen/extraElement", "extraElementen/extraElement/@naam",
        ],
        "document-received-and-sent/2-request.xml": ["verzenddatum"],
        "places-more-than-one/1-request.xml": ["anderZaakObject/lokatie"],
        "rol-with-two-betrokkenen/1-request.xml": ["heeftAlsInitiator/gerelateerde/medewerker/identificatie"],
    ]

    /// Every request that can be mapped; of the others the fixture holds the refusal.
    private static func told(_ fixtures: Fixtures) throws -> [Told] {
        try fixtures.files.filter { $0.hasSuffix("-request.xml") }.compactMap { file in
            do {
                let bericht = try read(try fixtures.text(file))
                guard let kennisgeving = bericht.kennisgeving else { return nil }
                let trip = try RoundTrip(kennisgeving, bericht.stuurgegevens)
                return Told(file: file, bericht: bericht, kennisgeving: kennisgeving, trip: trip)
            } catch let failure as any Failure {
                let reply = try fixtures.text(file.replacing("-request", with: "-reply"))
                #expect(reply.contains("Bericht>") && reply.contains(">Fo0"), "\(file): \(failure)")
                return nil
            }
        }
    }

    @Test("is mapped by files without a finding") func clean() {
        #expect(Shipped.loaded.findings.map(\.description) == [])
    }

    @Test(
        "becomes the zaak it tells of, and back again a bericht that is valid", .needsSharedData,
        .needsXmllint)
    func sample() throws {
        let bericht = try read(String(decoding: SharedData.bytes(SharedMessageTests.sample), as: UTF8.self))
        let trip = try RoundTrip(try #require(bericht.kennisgeving), bericht.stuurgegevens)
        let lines = said(trip.up.record)
        for line in [
            "identificatie = 1900208938", "startdatum = 2020-03-09", "archiefnominatie = vernietigen",
            "kenmerken[1]/kenmerk = 273846", "kenmerken[1]/bron = GWS4all",
            "rollen[1](toevoegen)/betrokkeneIdentificatie.inpBsn = 111111110",
            "rollen[3](toevoegen)/betrokkeneIdentificatie.identificatie = 012345678901234567890123",
            "statussen[1](toevoegen)/datumStatusGezet = 2020-03-09T07:01:04Z",
        ] { #expect(lines.contains(line)) }
        #expect(trip.lost == [])
        let complaints = try Schema.complaints(trip.rebuilt)
        #expect(complaints == "")
    }

    @Test(
        "loses nothing in silence, and says the same when it goes down and up again", arguments: Fixtures.all)
    func roundTrip(_ fixtures: Fixtures) throws {
        let all = try Self.told(fixtures)
        #expect(all.count > 3)
        for told in all {
            // The groepsnaam of inOnderzoek says it all: the J is tested, not carried.
            let lost = told.trip.lost.filter { $0 != "inOnderzoek" }
            #expect(lost == Self.lost[told.file] ?? [], "\(told.file)")
            let (up, again) = (Self.kept(told.trip.up.record), Self.kept(told.trip.again.record))
            #expect(Set(again) == Set(up.filter { $0 != Self.notBack[told.file] }), "\(told.file)")
        }
    }

    /// What a record says, without what the rules make of other values (the name to write to is composed, and what
    /// stands with the person downward is no relation) and without lists of which nothing is left.
    private static func kept(_ record: Record) -> [String] {
        said(record).filter { line in
            !line.hasPrefix("adressering.aanschrijfwijze") && !line.hasSuffix(" value")
                && !upwardOnly.contains { line.contains($0) }
        }.map { $0.replacing("(toevoegen)", with: "") }
    }

    @Test(
        "comes back valid", .needsSharedData, .needsXmllint, arguments: Fixtures.all)
    func valid(_ fixtures: Fixtures) throws {
        let documents = try Self.told(fixtures).map { (name: $0.file, bytes: $0.trip.rebuilt) }
            .filter { file in !Self.invalidOnPurpose.contains { file.name.hasPrefix("\($0)/") } }
        let complaints = try Schema.complaints(documents, fixtures.driver)
        #expect(complaints == [:])
    }

    @Test("is answered by a bericht that is valid", .needsSharedData, .needsXmllint, arguments: Fixtures.all)
    func replies(_ fixtures: Fixtures) throws {
        let documents = try fixtures.files.filter { $0.hasSuffix("-reply.xml") }.compactMap { file in
            Self.payload(of: try fixtures.text(file)).map { (name: file, bytes: Array($0.utf8)) }
        }
        #expect(documents.count > 3)
        func isWithout(_ name: String) -> Bool {
            Self.withoutStuurgegevens.contains { name.hasPrefix("\($0)/") }
        }
        let complaints = try Schema.complaints(documents.filter { !isWithout($0.name) }, fixtures.driver)
        #expect(complaints == [:])
    }

    /// The StUF bericht in an answer: in the body, or in the detail of a fault; nil when there is none.
    private static func payload(of reply: String) -> Substring? {
        for name in ["detail", "SOAP:Detail", "SOAP:Body"] {
            guard let start = reply.firstRange(of: "<\(name)>"),
                let end = reply.firstRange(of: "</\(name)>")
            else { continue }
            let payload = reply[start.upperBound..<end.lowerBound].drop { $0.isWhitespace }
            return payload.hasPrefix("<SOAP:Fault") ? nil : payload
        }
        return nil
    }
}
