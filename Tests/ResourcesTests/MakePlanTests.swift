import JSON
import Model
import Resources
import TestSupport
import Testing

/// An API in memory that keeps what it is sent, two to a page, and whose answers can get lost.
private struct ModelServer {
    private(set) var documents: [(collection: String, document: Value)] = []
    private(set) var posts = 0

    mutating func answer(_ call: MakePlan.Call) -> MakePlan.Outcome {
        switch call {
        case .make(_, _, let collection, let body):
            posts += 1
            if collection == "zaken", documents.contains(where: { Self.isSame($0, collection, body) }) {
                return .refused(isTaken: true)
            }
            var document = body
            document["url"] = .string("https://api/\(collection)/\(documents.count)")
            documents.append((collection, document))
            return .answered(document)
        case .look(_, .list(_, let collection, let query)): return page(collection, query, from: 0)
        case .look(_, .page(let url)):
            let parts = url.split(separator: "|").map(String.init)
            guard parts.count == 4, let start = Int(parts[3]) else { return .refused(isTaken: false) }
            return page(parts[0], [.init(name: parts[1], value: parts[2])], from: start)
        }
    }

    private static func isSame(
        _ there: (collection: String, document: Value), _ collection: String, _ body: Value
    ) -> Bool {
        there.collection == collection && there.document["identificatie"] == body["identificatie"]
    }

    private func page(
        _ collection: String, _ query: [MakePlan.Criterion], from start: Int
    ) -> MakePlan.Outcome {
        let found = documents.filter { there in
            there.collection == collection && query.allSatisfy { there.document[$0.name]?.text == $0.value }
        }.map(\.document)
        var page: Value = ["results": .array(Array(found.dropFirst(start).prefix(2)))]
        if start + 2 < found.count, let first = query.first {
            page["next"] = .string("\(collection)|\(first.name)|\(first.value)|\(start + 2)")
        }
        return .answered(page)
    }
}

@Suite("A plan that makes an object") struct MakePlanTests {
    private static func rol(_ roltype: String, _ bsn: String) -> Value {
        [
            "roltype": .string("https://api/roltypen/\(roltype)"), "betrokkeneType": "natuurlijk_persoon",
            "betrokkeneIdentificatie": ["inpBsn": .string(bsn)],
        ]
    }

    private static func status(_ type: String, _ moment: String) -> Value {
        ["statustype": .string("https://api/statustypen/\(type)"), "datumStatusGezet": .string(moment)]
    }

    /// Two rollen are equal but for their betrokkene, and the statussen come in the wrong order.
    private static let graph: Value = [
        "identificatie": "Z1", "bronorganisatie": "123456782", "zaaktype": "https://api/zaaktypen/1",
        "startdatum": "2026-11-01", "_verwerkingssoort": "T", "einddatum": "2026-11-20",
        "statussen": [status("eind", "2026-11-20T10:00:00+01:00"), status("begin", "2026-11-01")],
        "rollen": [rol("initiator", "999990019"), rol("ander", "999993653"), rol("ander", "111111110")],
        "resultaat": ["resultaattype": "https://api/resultaattypen/1", "toelichting": ""],
    ]

    private static func planned() throws -> [PlannedResource] {
        try #require(PlannedResource.all(of: graph, Zaken.zaak.entity, Zaken.models))
    }

    private static let order = [
        "zaken", "resultaten", "rollen", "rollen", "rollen", "statussen", "statussen",
    ]

    @Test("makes the root, then its children, and last what closes it, in the order of its moments")
    func order() throws {
        var server = ModelServer()
        var plan = MakePlan(try Self.planned())
        var call = plan.next(after: nil)
        while let now = call { call = plan.next(after: server.answer(now)) }
        #expect(plan.verdict == .done("https://api/zaken/0"))
        // One POST per resource and no GET.
        #expect(server.posts == Self.order.count && server.documents.map(\.collection) == Self.order)
        let root = try #require(server.documents.first?.document)
        #expect(
            root.members?.map(\.key) == ["identificatie", "bronorganisatie", "zaaktype", "startdatum", "url"])
        #expect(server.documents.dropFirst().allSatisfy { $0.document["zaak"] == "https://api/zaken/0" })
        #expect(server.documents.last?.document["statustype"] == "https://api/statustypen/eind")
    }

    @Test(
        "makes everything once, whatever answer is lost and wherever it is cut off",
        arguments: Seed.series(500))
    func resumed(_ seed: Seed) throws {
        var random = seed.generator
        var server = ModelServer()
        var kept: [MakePlan.Entry] = []
        let planned = try Self.planned()
        for _ in 0..<200 {
            var plan = MakePlan(planned, resuming: kept)
            var call = plan.next(after: nil)
            running: while let now = call {
                if let note = now.note { kept.append(note) }
                let outcome: MakePlan.Outcome
                switch Int.random(in: 0..<10, using: &random) {
                case 0: break running
                case 1:
                    // Done, and the process is killed before it knows.
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
                kept += plan.takeNotes()
            }
            guard let verdict = plan.verdict, verdict != .later else { continue }
            #expect(verdict == .done(server.documents.first?.document["url"]?.text ?? ""))
            #expect(server.documents.map(\.collection) == Self.order)
            return
        }
        Issue.record("never done")
    }

    @Test("does not take another object for its own, and does not adopt it in silence")
    func taken() throws {
        var server = ModelServer()
        _ = server.answer(
            .make(step: 0, api: "zaken", collection: "zaken", body: ["identificatie": "Z1"]))
        var plan = MakePlan(try Self.planned())
        var call = plan.next(after: nil)
        while let now = call { call = plan.next(after: server.answer(now)) }
        #expect(plan.verdict == .taken && server.documents.count == 1)
    }

    @Test("does not take another object for its own because its answer was lost")
    func takenUnseen() throws {
        var server = ModelServer()
        _ = server.answer(
            .make(
                step: 0, api: "zaken", collection: "zaken",
                body: ["identificatie": "Z1", "bronorganisatie": "123456782", "startdatum": "2020-01-01"]))
        var lost = MakePlan(try Self.planned())
        let first = lost.next(after: nil)
        _ = server.answer(try #require(first))
        var call = lost.next(after: .unknown)
        while let now = call { call = lost.next(after: server.answer(now)) }
        #expect(lost.verdict == .taken && server.documents.count == 1)
        var killed = MakePlan(try Self.planned(), resuming: [.begun(step: 0)])
        call = killed.next(after: nil)
        while let now = call { call = killed.next(after: server.answer(now)) }
        #expect(killed.verdict == .taken && server.documents.count == 1)
    }

    @Test("stops at the step that is refused, and keeps what was made")
    func refused() throws {
        var server = ModelServer()
        var plan = MakePlan(try Self.planned())
        var call = plan.next(after: nil)
        var notes: [MakePlan.Entry] = []
        while let now = call {
            if case .make(2, _, _, _) = now {
                call = plan.next(after: .refused(isTaken: false))
            } else {
                call = plan.next(after: server.answer(now))
            }
            notes += plan.takeNotes()
        }
        #expect(plan.verdict == .refused(step: 2))
        #expect(notes.map(\.step) == [0, 1])
    }

    @Test("knows a moment again in another zone, and a rol by the first number that both have")
    func matching() throws {
        let planned = try Self.planned()
        var kept: [MakePlan.Entry] = []
        for step in 0..<6 { kept.append(.made(step: step, url: "https://api/x/\(step)")) }
        var plan = MakePlan(planned, resuming: kept + [.begun(step: 6)])
        let look = plan.next(after: nil)
        #expect(
            look
                == .look(
                    step: 6,
                    .list(
                        api: "zaken", collection: "statussen",
                        query: [.init(name: "zaak", value: "https://api/x/0")])))
        let served: Value = [
            "results": [
                [
                    "url": "https://api/statussen/9", "datumStatusGezet": "2026-11-20T09:00:00.000000Z",
                    "statustype": "https://api/statustypen/eind",
                ]
            ]
        ]
        #expect(plan.next(after: .answered(served)) == nil)
        #expect(plan.verdict == .done("https://api/x/0"))
        #expect(plan.takeNotes() == [.made(step: 6, url: "https://api/statussen/9")])
    }
}
