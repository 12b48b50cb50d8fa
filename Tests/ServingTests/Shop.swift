import Crypto
import Delivery
import Diagnostics
import HTTP
import Ledger
import Model
import Record
import Resources
import Serving
import Telemetry
import Testing
import Threads

/// A ledger in memory with what a test delivered to its store, and the server of it.
final class Shop {
    static let library: ResourceLibrary = {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let (models, findings) = Models.load(["/\(folder)/mappings/models"])
        precondition(!findings.contains { $0.severity == .error }, "the shipped models have no mistakes")
        return ResourceLibrary(models)
    }()
    static let base = "https://sluis.example.nl"
    static let tenant = "1900"
    static let now = WallTime(seconds: 1_583_737_264)
    static let hash = KeyedHash(id: "k1", key: [1, 2, 3])

    let ledger = MemoryLedger()
    let addresses = Addresses(base: base, library: library)
    let source: StoreSource
    let api: RestAPI
    let recorder = Recorder()
    private let target: StoreTarget
    private var sequence: Int64 = 0

    /// - Parameters:
    ///   - workers: none: then only ``get(_:_:fields:)`` answers.
    ///   - patience: how long a question waits for an open write.
    init(
        workers: Int = 0, waiting: Int = 100, patience: Duration = .zero, requiresCrs: Bool = false
    ) throws {
        var settings = RestAPI.Settings()
        settings.workers = workers
        settings.waiting = waiting
        settings.requiresCrs = requiresCrs
        target = StoreTarget(
            store: ledger, library: Self.library,
            made: ["zaken:Zaak", "documenten:EnkelvoudigInformatieObject"],
            tenant: Self.tenant, hash: Self.hash, time: .fixed(Self.now))
        source = StoreSource(
            ledger: ledger, library: Self.library, tenant: Self.tenant, hash: Self.hash, target: "store",
            patience: patience)
        api = RestAPI(
            source: source, base: Self.base, usesPrivateCluster: true, settings: settings,
            observer: Observer([recorder], time: .system), time: .system,
            identifier: { UUID.derived(seed: [7], ordinal: 7) })
        if workers > 0 { try api.start() }
    }

    deinit { ledger.close() }

    /// Brings an object to the store, as a delivery does.
    @discardableResult
    func deliver(
        _ json: String, as name: String = "zaken:Zaak", content: Record.Content? = nil,
        from zender: String = ""
    ) throws -> ObjectKey {
        let resource = try #require(Self.library.resource(name))
        let record = try GraphDocument.read(
            Array(json.utf8), of: resource.shape,
            content: { _ in content ?? Record.Content(id: 1, byteCount: 3) }
        ).record
        let key = try resource.key(of: record, tenant: Self.tenant, hash: Self.hash)
        sequence += 1
        let change = Change(
            objects: [key], kind: .added, before: nil, after: record, origin: "ref-\(sequence)",
            source: zender,
            position: sequence)
        let delivery = Delivery(
            id: sequence, sequence: sequence, target: "store", objects: [key], change: [], attempt: 1,
            fence: 1)
        guard case .done(true)? = target.deliver([Consignment(delivery: delivery, change: change)]).first
        else {
            throw ServingFailure(.servedNotFound, hint: "the test's object was not stored")
        }
        return key
    }

    static func zaak(
        _ identificatie: String, _ more: String = "", startdatum: String = "2020-03-09",
        zaaktype: String = "B1026"
    ) -> String {
        #"{"identificatie":"\#(identificatie)","bronorganisatie":"001005650","zaaktype":"#
            + #"{"identificatie":"\#(zaaktype)","omschrijving":"Melding"},"verantwoordelijkeOrganisatie":"001005650","#
            + #""startdatum":"\#(startdatum)"\#(more.isEmpty ? "" : ",\(more)")}"#
    }

    static func rol(_ roltype: String, bsn: String) -> String {
        #"{"betrokkeneType":"natuurlijk_persoon","roltype":{"omschrijving":"\#(roltype)"},"#
            + #""betrokkeneIdentificatie":{"inpBsn":"\#(bsn)"}}"#
    }

    static func document(_ identificatie: String, zaken: String...) -> String {
        let links = zaken.map { #"{"zaak":{"identificatie":"\#($0)"},"titel":"bij \#($0)"}"# }
        return
            #"{"identificatie":"\#(identificatie)","bronorganisatie":"001005650","creatiedatum":"2020-03-09","#
            + #""titel":"t","auteur":"a","taal":"nld","formaat":"application/pdf","bestandsnaam":"één.pdf","#
            + #""inhoud":"QUJD","informatieobjecttype":{"omschrijving":"Brief"},"#
            + #""zaakinformatieobjecten":[\#(links.joined(separator: ","))]}"#
    }

    /// Keeps a bericht about an object that is accepted and not expanded: an open write.
    func accept(about key: ObjectKey) throws -> Int64 {
        let receipt = OneShot<Int64>()
        let entry = Entry(
            tenant: Shop.tenant, zender: Zender(organisatie: "1900", applicatie: "GWS"),
            referentienummer: "r1",
            berichtcode: "Lk01", name: "zakLk01", received: Shop.now, digest: [1], content: [2],
            objects: [key],
            kind: .changed, body: .bytes([3]), outcome: .accepted)
        ledger.keep(entry) { result in
            if case .success(let stored) = result { receipt.fulfil(stored.sequence) }
        }
        return try #require(receipt.wait(until: .after(.seconds(10))))
    }

    /// Brings an open write to rest.
    func settle(_ sequence: Int64) throws {
        try ledger.expand([Expansion(sequence: sequence, deliveries: [])], now: Shop.now)
    }

    // MARK: Asking

    func get(
        _ target: String, _ method: HTTP.Method = .get, fields: [HTTP.Field] = [], body: String = ""
    ) throws -> Response {
        api.response(to: try RequestHead(method, target, fields: fields), body: Array(body.utf8))
    }

    /// Asks a `_zoek`.
    func search(
        _ body: String, _ query: String = "", at path: String = "/zaken/api/v1/zaken/_zoek"
    ) throws -> Response {
        try get(
            "\(path)\(query)", .post,
            fields: [
                HTTP.Field("Content-Type", "application/json; charset=utf-8"),
                HTTP.Field("Content-Crs", "EPSG:4326"),
            ], body: body)
    }

    /// The answer's body, which must be there.
    func json(_ target: String) throws -> String {
        let response = try get(target)
        #expect(response.status == .ok, "\(target): \(String(decoding: response.bytes, as: UTF8.self))")
        return String(decoding: response.bytes, as: UTF8.self)
    }

    /// The path of a URL of ours.
    static func path(_ url: String) -> String { String(url.dropFirst(base.count)) }
}

extension Response {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension String {
    /// The texts between quotes that are URLs.
    var urls: [String] {
        split(separator: "\"").filter { $0.hasPrefix("https://") }.map(String.init)
    }

    /// As it was before it was percent-encoded; nil when it cannot have been.
    var removingPercents: String? {
        (try? RequestHead(.get, "/?x=\(self)"))?.queryItems.first?.value
    }

    /// The values of every property of that name that are texts.
    func values(_ name: String) -> [String] {
        split(separator: "\"\(name)\":\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}
