import Crypto
import Diagnostics
import Model
import Record
import Resources
import Testing

/// The shipped models, and records and changes made from graph documents.
enum Zaken {
    static let models: Models = {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let (models, findings) = Models.load(["/\(folder)/mappings/models"])
        precondition(!findings.contains { $0.severity == .error }, "the shipped models have no mistakes")
        return models
    }()
    static let library = ResourceLibrary(models)
    static let hash = KeyedHash(id: "k1", key: [1, 2, 3])

    static func resource(_ name: String) -> Resource {
        guard let resource = library.resource(name) else { preconditionFailure("no resource \(name)") }
        return resource
    }

    static let zaak = resource("zaken:Zaak")

    static func record(_ json: String, _ resource: Resource = zaak) throws -> Record {
        let read = try GraphDocument.read(Array(json.utf8), of: resource.shape)
        #expect(read.unknown.isEmpty)
        return read.record
    }

    static func json(_ record: Record, _ resource: Resource = zaak) -> String {
        String(decoding: GraphDocument.write(record, of: resource.shape, isPretty: false), as: UTF8.self)
    }

    static let key = ObjectKey(tenant: "1900", resource: "zaken:Zaak", value: "001005650|Z1")

    static func change(
        _ kind: Change.Kind, _ after: String?, was before: String? = nil, position: Int64 = 7
    ) throws -> Change {
        Change(
            objects: [key], kind: kind, before: try before.map { try record($0) },
            after: try after.map { try record($0) }, origin: "ref-1", source: "GWS", position: position)
    }

    /// A zaak with what the API asks for, and more.
    static func minimal(_ more: String = "") -> String {
        #"{"identificatie":"Z1","bronorganisatie":"001005650","zaaktype":{"identificatie":"B1026"},"#
            + #""verantwoordelijkeOrganisatie":"001005650","startdatum":"2020-03-09""#
            + (more.isEmpty ? "" : ",\(more)") + "}"
    }

    static func rol(_ roltype: String, bsn: String, mark: String = "", naam: String = "") -> String {
        (mark.isEmpty ? "{" : #"{"_verwerkingssoort":"\#(mark)","#)
            + #""betrokkeneType":"natuurlijk_persoon","roltype":{"omschrijving":"\#(roltype)"},"#
            + #""roltoelichting":"x","betrokkeneIdentificatie":{"inpBsn":"\#(bsn)""#
            + (naam.isEmpty ? "" : #","geslachtsnaam":"\#(naam)""#) + "}}"
    }

    static func status(_ moment: String, _ statustype: String) -> String {
        #"{"statustype":{"omschrijving":"\#(statustype)"},"datumStatusGezet":"\#(moment)"}"#
    }

    static func stored(_ more: String = "") throws -> Stored {
        let merged = try Merge(zaak).apply(try change(.added, minimal(more), position: 1), to: nil)
        return try #require(merged.stored)
    }
}
