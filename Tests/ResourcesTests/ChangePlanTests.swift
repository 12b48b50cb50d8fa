import JSON
import Model
import Resources
import TestSupport
import Testing

/// An API in memory that holds one zaak, whose answers can get lost.
private struct ZaakServer: Equatable {
    var documents: [String: [Value]] = [:]
    var writes: [String] = []
    private var number = 0

    init(_ root: Value, _ children: [String: [Value]]) {
        documents["zaken"] = [root]
        for (collection, items) in children { for item in items { add(collection, item) } }
        writes = []
    }

    private mutating func add(_ collection: String, _ body: Value) {
        number += 1
        var document = body
        document["zaak"] = "https://api/zaken/1"
        document["url"] = .string("https://api/\(collection)/\(number)")
        documents[collection, default: []].append(document)
    }

    mutating func answer(_ call: ChangePlan.Call) -> MakePlan.Outcome {
        switch call {
        case .look(.list(_, let collection, _)):
            return .answered(["results": .array(documents[collection] ?? [])])
        case .look(.page): return .refused(isTaken: false)
        case .write(let write):
            writes.append(write.told)
            switch write {
            case .make(_, let collection, let body): add(collection, body)
            case .delete(let collection, let url, _):
                documents[collection]?.removeAll { $0["url"]?.text == url }
            case .patch(let collection, let url, let body):
                guard let place = documents[collection]?.firstIndex(where: { $0["url"]?.text == url }) else {
                    return .refused(isTaken: false)
                }
                for member in body.members ?? [] {
                    documents[collection]?[place][member.key] = member.value
                }
            }
            return .answered(.null)
        }
    }

    /// What is there, whatever it is called and in whatever order its members stand.
    var content: [String: Set<Value>] {
        documents.mapValues { items in
            Set(
                items.map { item in
                    .object((item.members ?? []).filter { $0.key != "url" }.sorted { $0.key < $1.key })
                })
        }
    }
}

@Suite("A plan that changes an object") struct ChangePlanTests {
    private static func rol(_ roltype: String, _ bsn: String, _ soort: String? = nil, _ name: String = "")
        -> Value
    {
        var rol: Value = [
            "roltype": .string("https://api/roltypen/\(roltype)"), "betrokkeneType": "natuurlijk_persoon",
            "roltoelichting": .string(name), "betrokkeneIdentificatie": ["inpBsn": .string(bsn)],
        ]
        if let soort { rol["_verwerkingssoort"] = .string(soort) }
        return rol
    }

    private static func status(_ type: String, _ moment: String) -> Value {
        ["statustype": .string("https://api/statustypen/\(type)"), "datumStatusGezet": .string(moment)]
    }

    private static let root: Value = [
        "url": "https://api/zaken/1", "identificatie": "Z1", "bronorganisatie": "123456782",
        "omschrijving": "oud", "toelichting": "blijft", "startdatum": "2026-11-01",
        "verlenging": ["reden": "", "duur": .null], "kenmerken": [["kenmerk": "1", "bron": "A"]],
    ]

    private static func graph(_ members: [(String, Value)]) -> Value {
        .object(
            [.init("identificatie", "Z1"), .init("bronorganisatie", "123456782")]
                + members.map { .init($0.0, $0.1) })
    }

    private static func server() -> ZaakServer {
        ZaakServer(
            root,
            [
                "rollen": [rol("initiator", "999990019"), rol("ander", "999993653")],
                "statussen": [status("begin", "2026-11-01T09:00:00Z")],
            ])
    }

    /// Runs the plan to its end.
    private func run(
        _ graph: Value, on server: inout ZaakServer, purpose: ChangePlan.Purpose = .change,
        endTypes: Set<String> = []
    ) throws -> ChangePlan.Verdict? {
        var plan = try #require(
            ChangePlan(graph, of: Zaken.zaak.entity, Zaken.models, purpose: purpose, endTypes: endTypes))
        var call = plan.next(after: nil)
        while let now = call { call = plan.next(after: server.answer(now)) }
        return plan.verdict
    }

    private static let url = "https://api/zaken/1"

    @Test(
        "writes exactly what differs",
        arguments: [
            ([("omschrijving", "oud"), ("toelichting", "blijft")], [String]()),
            ([("omschrijving", "nieuw"), ("toelichting", "blijft")], ["PATCH zaken"]),
            ([("verlenging", .null)], []),
            ([("kenmerken", [["kenmerk": "1", "bron": "A"]])], []),
            ([("kenmerken", [["kenmerk": "1", "bron": "B"]])], ["PATCH zaken"]),
            ([("rollen", [rol("ander", "999993653", "wijzigen")])], []),
            ([("rollen", [rol("ander", "111111110", "toevoegen")])], ["POST rollen"]),
            ([("rollen", [rol("ander", "999993653", "toevoegen")])], []),
            ([("rollen", [rol("ander", "999993653", "verwijderen")])], ["DELETE rollen"]),
            ([("rollen", [rol("ander", "111111110", "verwijderen")])], []),
            ([("rollen", [rol("ander", "111111110", "identificatie")])], []),
            ([("rollen", [rol("ander", "999993653", "wijzigen", "x")])], ["DELETE rollen", "POST rollen"]),
            ([("statussen", [status("begin", "2026-11-01T10:00:00+01:00")])], []),
            ([("statussen", [status("verder", "2026-11-02T10:00:00Z")])], ["POST statussen"]),
            ([("resultaat", ["resultaattype": "https://api/r/1", "toelichting": ""])], ["POST resultaten"]),
        ] as [([(String, Value)], [String])])
    func differences(_ said: [(String, Value)], _ writes: [String]) throws {
        var server = Self.server()
        #expect(try run(Self.graph(said), on: &server) == .done(Self.url, changed: !writes.isEmpty))
        #expect(server.writes == writes)
    }

    @Test("deletes before it adds, and closes last") func order() throws {
        var server = Self.server()
        let graph = Self.graph([
            ("statussen", [Self.status("eind", "2026-11-20T10:00:00Z")]),
            (
                "rollen",
                [
                    Self.rol("initiator", "111111110", "toevoegen"),
                    Self.rol("initiator", "999990019", "verwijderen"),
                ]
            ),
            ("resultaat", ["resultaattype": "https://api/r/1", "toelichting": ""]),
            ("omschrijving", "nieuw"),
        ])
        _ = try run(graph, on: &server)
        #expect(
            server.writes == [
                "PATCH zaken", "DELETE rollen", "POST resultaten", "POST rollen", "POST statussen",
            ])
    }

    @Test("refuses another status at a moment that is taken, and sets an end status once") func moments()
        throws
    {
        var server = Self.server()
        let taken = Self.graph([("statussen", [Self.status("verder", "2026-11-01T09:00:00Z")])])
        #expect(try run(taken, on: &server) == .momentTaken)
        let again = Self.graph([("statussen", [Self.status("begin", "2026-11-09T09:00:00Z")])])
        let end: Set = ["https://api/statustypen/begin"]
        #expect(try run(again, on: &server, endTypes: end) == .done(Self.url, changed: false))
        #expect(server.writes.isEmpty)
    }

    @Test("only looks where nothing may be changed, and says whether it is what was meant") func compare()
        throws
    {
        var server = Self.server()
        let equal = Self.graph([("rollen", [Self.rol("ander", "999993653")])])
        #expect(try run(equal, on: &server, purpose: .compare) == .done(Self.url, changed: false))
        let other = Self.graph([("omschrijving", "nieuw")])
        #expect(try run(other, on: &server, purpose: .compare) == .other)
        #expect(server.writes.isEmpty)
    }

    @Test("of an object that is not there makes nothing") func absent() throws {
        var server = Self.server()
        server.documents["zaken"] = []
        #expect(try run(Self.graph([("omschrijving", "nieuw")]), on: &server) == .absent)
        #expect(server.writes.isEmpty)
    }

    @Test("ends in the same, whatever answer is lost and wherever it is cut off", arguments: Seed.series(300))
    func resumed(_ seed: Seed) throws {
        var random = seed.generator
        let soorten = ["toevoegen", "wijzigen", "verwijderen", nil]
        var rollen: [Value] = []
        for bsn in ["999990019", "999993653", "111111110"] {
            guard let soort = soorten.randomElement(using: &random) else { continue }
            let type = ["initiator", "ander"].randomElement(using: &random) ?? ""
            rollen.append(Self.rol(type, bsn, soort, ["", "x"].randomElement(using: &random) ?? ""))
        }
        let graph = Self.graph([
            ("omschrijving", "nieuw"), ("rollen", .array(rollen)),
            ("resultaat", ["resultaattype": "https://api/r/1", "toelichting": ""]),
            (
                "statussen",
                [
                    Self.status("verder", "2026-11-02T10:00:00Z"),
                    Self.status("eind", "2026-11-20T10:00:00Z"),
                ]
            ),
        ])
        // Of each rol something is there that the change does not say.
        var plain = Self.server()
        for place in plain.documents["rollen", default: []].indices {
            plain.documents["rollen"]?[place]["afwijkendeNaamBetrokkene"] = "Anders"
        }
        var server = plain
        _ = try run(graph, on: &plain)
        var owed: [String: [Value]] = [:]
        for _ in 0..<2000 {
            var plan = try #require(
                ChangePlan(graph, of: Zaken.zaak.entity, Zaken.models, purpose: .change, owed: owed))
            var call = plan.next(after: nil)
            running: while let now = call {
                if case .write(.delete(let collection, _, let heir?)) = now {
                    owed[collection, default: []].append(heir)
                }
                let outcome: MakePlan.Outcome
                switch Int.random(in: 0..<20, using: &random) {
                case 0: break running
                case 1:
                    _ = server.answer(now)
                    break running
                case 2: outcome = .unknown
                case 3:
                    _ = server.answer(now)
                    outcome = .unknown
                case 4: outcome = .later
                default: outcome = server.answer(now)
                }
                call = plan.next(after: outcome)
            }
            guard case .done? = plan.verdict else { continue }
            #expect(server.content == plain.content)
            #expect(server.documents.mapValues(\.count) == plain.documents.mapValues(\.count))
            return
        }
        Issue.record("never done")
    }
}
