import Calling
import Crypto
import Diagnostics
import Foundation
import HTTP
import JSON
import Postgres
import Service
import Stubs
import Telemetry
import TestSupport
import Testing
import Threads

/// Sluis between someone who asks and a strict stand-in for the ZGW APIs, over real sockets.
final class AskedSystem {
    static let package = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    let stub: ZGWStub
    private let databases: [ThrowawayPostgres.Database]
    private let folder: TemporaryFolder
    private let client: Client
    private let api: APIClient
    private let service: Service

    init() throws {
        databases = [try ThrowawayPostgres.database(), try ThrowawayPostgres.database()]
        folder = try TemporaryFolder()
        let file = "\(Self.package)/mappings/zds-zgw/example.catalogue"
        let read = CatalogueReader.read(file: file, bytes: [UInt8](try Data(contentsOf: URL(filePath: file))))
        let application = Application(
            clientID: "sluis", secret: try #require(SharedSecret("geheim-van-de-test")))
        stub = try ZGWStub(
            on: .ip("127.0.0.1", port: 0), database: databases[0].connection,
            settings: .init(catalogue: read.catalogue, applications: [application]), observer: .silent)
        client = try Client()
        let destination = try stub.destination(as: application)
        api = APIClient(destination, over: client)
        try Self.copyMappings(to: "\(folder.path)/mappings")
        var configuration = Configuration()
        configuration.listen = .init(host: "127.0.0.1", port: 0)
        configuration.data = "\(folder.path)/data"
        configuration.database = Secret(databases[1].connection.description)
        configuration.destinations = [destination]
        var problems: [String] = []
        service = try Service(
            configuration, mappings: ["\(folder.path)/mappings"], version: "test", observer: .silent,
            progress: { _ in }, found: { problems += $0.map(\.description) })
        #expect(problems == [])
    }

    func stop() {
        service.stop()
        client.stop()
        stub.stop()
    }

    /// The shipped files, with routes that ask the APIs instead of the own store.
    private static func copyMappings(to folder: String) throws {
        try FileManager.default.copyItem(atPath: "\(package)/mappings", toPath: folder)
        let path = "\(folder)/zds-zgw/zds.route"
        var api = ""
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let changed = lines.map { line -> String in
            let words = line.split(separator: " ")
            if words.first == "map" { api = words.last == "document" ? "documenten" : "zaken" }
            return words.first == "ask" ? "    ask    api \(api)" : String(line)
        }
        try changed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }

    // MARK: Who asks

    /// The answer to a shipped fixture's vraag, with other texts in it.
    func ask(
        _ operation: String, _ fixture: String, _ changes: [(String, String)] = []
    ) throws -> (status: Int, text: String, calls: [String]) {
        let path = "\(Self.package)/fixtures/zds11/\(fixture)"
        let bericht = try changes.reduce(String(contentsOfFile: path, encoding: .utf8)) { text, change in
            #expect(text.contains(change.0))
            return text.replacing(change.0, with: change.1)
        }
        let before = stub.calls.count
        let response = try client.call(
            Request(
                .post, "\(service.base)/stuf",
                fields: [
                    HTTP.Field("Content-Type", "text/xml; charset=utf-8"),
                    HTTP.Field("SOAPAction", "\"http://www.egem.nl/StUF/sector/zkn/0310/\(operation)\""),
                ], body: Array(bericht.utf8), time: .seconds(60)))
        return (
            response.status.code, String(decoding: response.bytes, as: UTF8.self),
            Array(stub.calls.dropFirst(before))
        )
    }

    // MARK: The other system

    /// The URL of what is made there.
    func make(_ api: String, _ path: String, _ document: Value) throws -> Value {
        let url = "\(stub.base)/\(api)/api/v1/\(path)"
        let answer = try self.api.call(Call(.post, url, body: document.bytes))
        return try #require(try Value(answer.body)["url"])
    }

    /// The URL of a type, by its omschrijving or code.
    func type(_ path: String, _ name: String) throws -> Value {
        let answer = try api.call(Call(.get, "\(stub.base)/catalogi/api/v1/\(path)"))
        let found = try Value(answer.body)["results"]?.items?.first {
            $0["omschrijving"]?.text == name || $0["identificatie"]?.text == name
        }
        return try #require(found?["url"])
    }

    /// A zaak with an initiator, two statussen and a resultaat.
    func zaak(_ identificatie: String, bsn: String = "999990019") throws -> Value {
        let type = try type("zaaktypen?identificatie=B1026", "B1026")
        let zaak = try make(
            "zaken", "zaken",
            [
                "identificatie": .string(identificatie), "bronorganisatie": "123456782",
                "verantwoordelijkeOrganisatie": "123456782", "zaaktype": type,
                "omschrijving": "Aanvraag voorziening", "startdatum": "2025-03-09",
                "kenmerken": [["kenmerk": "273846", "bron": "DEMO-OUD"]],
            ])
        let query = "?zaaktype=\(type.text ?? "")"
        _ = try make(
            "zaken", "rollen",
            [
                "zaak": zaak, "betrokkeneType": "natuurlijk_persoon", "roltoelichting": "",
                "roltype": try self.type("roltypen\(query)", "Initiator"),
                "betrokkeneIdentificatie": ["inpBsn": .string(bsn), "geslachtsnaam": "Testpersoon"],
            ])
        for (name, day) in [("Ontvangen", "2025-03-10"), ("In behandeling", "2025-03-11")] {
            _ = try make(
                "zaken", "statussen",
                [
                    "zaak": zaak, "statustype": try self.type("statustypen\(query)", name),
                    "datumStatusGezet": .string("\(day)T10:00:00Z"), "statustoelichting": .string(name),
                ])
        }
        _ = try make(
            "zaken", "resultaten",
            [
                "zaak": zaak, "toelichting": "Zoals gevraagd",
                "resultaattype": try self.type("resultaattypen\(query)", "Verleend"),
            ])
        return zaak
    }
}
