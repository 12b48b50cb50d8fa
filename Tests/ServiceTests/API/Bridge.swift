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

/// Sluis between a sender and a strict stand-in for the ZGW APIs, over real sockets and two databases.
final class Bridge {
    static let package = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
    private static let zgw = ["zaken", "documenten", "besluiten"]

    let stub: ZGWStub
    let client: Client
    private let databases: [ThrowawayPostgres.Database]
    private let folder: TemporaryFolder
    private let configuration: Configuration
    private var service: Service?
    private let api: APIClient

    init(catalogue: String? = nil) throws {
        databases = [try ThrowawayPostgres.database(), try ThrowawayPostgres.database()]
        folder = try TemporaryFolder()
        let file = "\(Self.package)/mappings/zds-zgw/example.catalogue"
        let text = try catalogue ?? String(contentsOfFile: file, encoding: .utf8)
        let read = CatalogueReader.read(file: file, bytes: Array(text.utf8))
        try #require(read.findings.isEmpty)
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
        self.configuration = configuration
        try start()
    }

    func start() throws {
        var problems: [String] = []
        service = try Service(
            configuration, mappings: ["\(folder.path)/mappings"], version: "test", observer: .silent,
            progress: { _ in }, found: { problems += $0.map(\.description) })
        #expect(problems == [])
    }

    func stop() {
        service?.stop()
        client.stop()
        stub.stop()
    }

    /// The shipped files, with routes that send to the APIs, and ask them, instead of the own store.
    private static func copyMappings(to folder: String) throws {
        let files = FileManager.default
        try files.copyItem(atPath: "\(package)/mappings", toPath: folder)
        let apis = ["zaak": "zaken", "document": "documenten"]
        let path = "\(folder)/zds-zgw/zds.route"
        var api: String?
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let changed = lines.map { line -> String in
            let words = line.split(separator: " ").map(String.init)
            if words.first == "map" { api = words.last.flatMap { apis[$0] } }
            // So that a test need not wait for what comes after the answer.
            if words.first == "reply" { return "    reply  Bv03 after effect within 30 s" }
            guard let api, let word = words.first, word == "to" || word == "ask" else { return String(line) }
            return "    \(word)  api \(api)"
        }
        try changed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }

    // MARK: The sender

    /// The answer to a bericht: its status and text.
    func send(_ bericht: String, action: String? = nil) throws -> (status: Int, text: String) {
        var fields = [HTTP.Field("Content-Type", "text/xml; charset=utf-8")]
        if let action {
            fields.append(
                HTTP.Field("SOAPAction", "\"http://www.egem.nl/StUF/sector/zkn/0310/\(action)\""))
        }
        let response = try client.call(
            Request(
                .post, "\(service?.base ?? "")/stuf", fields: fields, body: Array(bericht.utf8),
                time: .seconds(60)))
        return (response.status.code, String(decoding: response.bytes, as: UTF8.self))
    }

    /// A shipped fixture's request, with other texts in it.
    static func fixture(
        _ name: String, _ file: String = "1-request.xml", _ changes: [(String, String)] = []
    ) throws -> String {
        let path = "\(package)/fixtures/zds11/\(name)/\(file)"
        return try changes.reduce(String(contentsOfFile: path, encoding: .utf8)) { text, change in
            #expect(text.contains(change.0))
            return text.replacing(change.0, with: change.1)
        }
    }

    // MARK: The source

    func list(_ api: String, _ path: String) throws -> [Value] {
        let answer = try self.api.call(Call(.get, "\(stub.base)/\(api)/api/v1/\(path)"))
        let page = try Value(answer.body)
        return page.items ?? page["results"]?.items ?? []
    }

    /// Another system makes something there: its URL.
    @discardableResult
    func make(_ api: String, _ path: String, _ body: Value) throws -> Value {
        let answer = try self.api.call(
            Call(.post, "\(stub.base)/\(api)/api/v1/\(path)", body: body.bytes))
        return try #require(try Value(answer.body)["url"])
    }

    func read(_ url: String) throws -> Value { try Value(api.call(Call(.get, url)).body) }

    /// The calls that the stand-in got since the last time, as `POST zaken`.
    func calls(since count: Int) -> [String] { Array(stub.calls.dropFirst(count)) }

    /// The same without those that only read, and without what they are about: `PATCH zaken`.
    func writes(since count: Int) -> [String] {
        calls(since: count).filter { !$0.hasPrefix("GET") }.map { String($0.prefix { $0 != "/" }) }
    }
}
