import Calling
import Crypto
import Diagnostics
import HTTP
import JSON
import Postgres
import Stubs
import Telemetry
import TestSupport
import Testing
import Threads

/// A stand-in with the shipped catalogue, and a caller that may do all.
final class Stand: Sendable {
    /// 2026-11-24T12:00:00Z.
    static let now = WallTime(seconds: 1_795_521_600)
    static let all = Application(clientID: "sluis", secret: secret("geheim-van-de-test"))

    let stub: ZGWStub
    let client: Client
    private let database: ThrowawayPostgres.Database
    let api: APIClient

    static func secret(_ text: String) -> SharedSecret {
        guard let secret = SharedSecret(text) else { preconditionFailure("no secret") }
        return secret
    }

    init(_ others: [Application] = [], catalogue: TypeCatalogue = Stand.catalogue) throws {
        database = try ThrowawayPostgres.database()
        var settings = ZGWStub.Settings(catalogue: catalogue, applications: [Self.all] + others)
        settings.time = .fixed(Self.now)
        settings.workers = 4
        stub = try ZGWStub(
            on: .ip("127.0.0.1", port: 0), database: database.connection, settings: settings,
            observer: .silent)
        client = try Client()
        api = APIClient(try stub.destination(as: Self.all), over: client, time: .fixed(Self.now))
    }

    func stop() {
        client.stop()
        stub.stop()
    }

    func api(as application: Application, at time: WallTime = Stand.now) throws -> APIClient {
        APIClient(try stub.destination(as: application), over: client, time: .fixed(time))
    }

    static let catalogue: TypeCatalogue = {
        var catalogue = TypeCatalogue()
        for code in ["B1026", "B9999"] {
            var type = TypeCatalogue.ZaakType(code, "Voorbeeld", begin: "2010-01-01")
            type.statussen = ["Ontvangen", "In behandeling", "Afgehandeld"]
            type.rollen = [
                .init("Initiator", "initiator"),
                .init("Belanghebbende", "belanghebbende"),
            ]
            type.resultaten = [.init("Verleend", "vernietigen", years: 5)]
            type.documenten = ["Aanvraag"]
            type.besluiten = code == "B1026" ? ["Toekenning"] : []
            catalogue.zaaktypen.append(type)
        }
        return catalogue
    }()

    // MARK: Calls

    /// What came back: a document, or a status with `name code` of each fault.
    enum Outcome: Equatable {
        case done(Int, Value)
        case refused(Int, [String])

        var status: Int {
            switch self {
            case .done(let status, _), .refused(let status, _): status
            }
        }
    }

    func url(_ path: String) -> String {
        path.hasPrefix("http")
            ? path : "\(stub.base)/\(Self.api(of: path))/api/v1/\(path)"
    }

    private static func api(of path: String) -> String {
        switch path.prefix(while: { $0 != "/" && $0 != "?" }) {
        case "enkelvoudiginformatieobjecten": "documenten"
        case "besluiten", "besluitinformatieobjecten": "besluiten"
        case let name where name.hasSuffix("typen") || name == "catalogussen": "catalogi"
        default: "zaken"
        }
    }

    func call(
        _ method: HTTP.Method, _ path: String, _ body: Value? = nil, as client: APIClient? = nil
    ) throws -> Outcome {
        do throws(CallingFailure) {
            let answer = try (client ?? api).call(Call(method, url(path), body: body?.bytes))
            return .done(answer.status, answer.body.isEmpty ? .null : (try? Value(answer.body)) ?? .null)
        } catch {
            guard let problem = error.problem else { throw error }
            let faults = problem.parameters.map { "\($0.name) \($0.code)" }
            return .refused(problem.status, faults.isEmpty ? [problem.code] : faults)
        }
    }

    func post(_ path: String, _ body: Value) throws -> Outcome { try call(.post, path, body) }

    /// The URL of what is made; the test stops when it is refused.
    func made(_ path: String, _ body: Value) throws -> String {
        let outcome = try post(path, body)
        guard case .done(201, let document) = outcome, let url = document["url"]?.text else {
            throw Unexpected(outcome: outcome)
        }
        return url
    }

    func read(_ path: String) throws -> Value {
        let outcome = try call(.get, path)
        guard case .done(200, let document) = outcome else { throw Unexpected(outcome: outcome) }
        return document
    }

    struct Unexpected: Error { var outcome: Outcome }

    // MARK: Documents

    /// The URL of a type, by its omschrijving or code.
    func type(_ path: String, _ name: String) throws -> Value {
        let all = try read(path)["results"]?.items ?? []
        let found = all.first { $0["omschrijving"]?.text == name || $0["identificatie"]?.text == name }
        return try #require(found?["url"])
    }

    func zaaktype(_ code: String = "B1026") throws -> Value {
        try type("zaaktypen?identificatie=\(code)&status=definitief", code)
    }

    func zaak(_ changes: [(String, Value)] = [], type: String = "B1026") throws -> Value {
        var zaak: Value = [
            "bronorganisatie": "123456782", "verantwoordelijkeOrganisatie": "123456782",
            "startdatum": "2026-11-01", "zaaktype": try zaaktype(type),
        ]
        for (name, value) in changes { zaak[name] = value }
        return zaak
    }

    func ofZaaktype(_ path: String, _ zaak: String, _ name: String) throws -> Value {
        let zaaktype = try #require(try read(zaak)["zaaktype"]?.text)
        return try type("\(path)?zaaktype=\(zaaktype)", name)
    }

    func rol(
        _ zaak: String, _ identification: Value?, type: String = "natuurlijk_persoon",
        as rol: String = "Belanghebbende"
    )
        throws -> Value
    {
        var document: Value = [
            "zaak": .string(zaak), "betrokkeneType": .string(type),
            "roltype": try ofZaaktype("roltypen", zaak, rol), "roltoelichting": "",
        ]
        document["betrokkeneIdentificatie"] = identification
        return document
    }

    func status(_ zaak: String, _ name: String, _ moment: String) throws -> Value {
        [
            "zaak": .string(zaak), "statustype": try ofZaaktype("statustypen", zaak, name),
            "datumStatusGezet": .string(moment),
        ]
    }

    func document(_ changes: [(String, Value)] = []) throws -> Value {
        var document: Value = [
            "bronorganisatie": "123456782", "creatiedatum": "2026-11-01", "titel": "Aanvraag",
            "auteur": "Sluis",
            "taal": "nld", "informatieobjecttype": try type("informatieobjecttypen", "Aanvraag"),
            "inhoud": "YWJj", "bestandsomvang": .number("3"), "indicatieGebruiksrecht": false,
        ]
        for (name, value) in changes { document[name] = value == .string("-") ? nil : value }
        return document
    }
}
