import Ledger
import Record
import Testing

@Suite("A document") struct DocumentTests {
    private func document(_ number: Int, sequence: Int64 = 1, _ index: [(String, String)] = []) -> Document {
        Document(
            key: .zaak(number), uuid: "uuid-\(number)", record: Array("record \(number) \(sequence)".utf8),
            sequence: sequence, asOf: noon, source: "SUITE",
            index: index.map { .init(path: $0.0, value: Array($0.1.utf8)) })
    }

    private func question(
        _ criteria: [(String, Question.Comparison, String)] = [], limit: Int = 100, after: [UInt8]? = nil
    ) -> Question {
        Question(
            resource: "zaken:Zaak",
            criteria: criteria.map { path, comparison, text in
                let values = comparison == .oneOf ? text.split(separator: ",") : [text[...]]
                return .init(path: path, comparison: comparison, values: values.map { Array($0.utf8) })
            },
            limit: limit, after: after, caller: .local)
    }

    @Test("is found by key and by the identity in its URL", arguments: LedgerKind.allCases)
    func found(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        #expect(try subject.ledger.document(.zaak(1)) == nil)
        #expect(try subject.ledger.write([document(1), document(2)]) == [true, true])
        #expect(try subject.ledger.document(.zaak(1)) == document(1))
        #expect(
            try subject.ledger.document(tenant: "0000", resource: "zaken:Zaak", uuid: "uuid-2") == document(2)
        )
        #expect(try subject.ledger.document(tenant: "9999", resource: "zaken:Zaak", uuid: "uuid-2") == nil)
        #expect(try subject.ledger.document(tenant: "0000", resource: "zaken:Rol", uuid: "uuid-2") == nil)
        #expect(try subject.ledger.document(tenant: "0000", resource: "zaken:Zaak", uuid: "a\0b") == nil)
        #expect(try subject.ledger.document(ObjectKey(tenant: "0000", resource: "r", value: "a\0b")) == nil)
        let both = try subject.ledger.documents([.zaak(1), .zaak(9), .zaak(2)])
        #expect(Set(both.map(\.uuid)) == ["uuid-1", "uuid-2"])
    }

    @Test("is found by the identity of a child it holds now", arguments: LedgerKind.allCases)
    func children(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        var zaak = document(1)
        zaak.children = [
            .init(resource: "zaken:Rol", uuid: "rol-1"), .init(resource: "zaken:Status", uuid: "status-1"),
        ]
        _ = try subject.ledger.write([zaak])
        #expect(
            try subject.ledger.document(tenant: "0000", resource: "zaken:Rol", uuid: "rol-1")?.key == .zaak(1)
        )
        zaak.children.removeFirst()
        _ = try subject.ledger.write([zaak])
        #expect(try subject.ledger.document(tenant: "0000", resource: "zaken:Rol", uuid: "rol-1") == nil)
        #expect(
            try subject.ledger.document(tenant: "0000", resource: "zaken:Status", uuid: "status-1")?.key
                == .zaak(1))
    }

    @Test("is never overwritten by an older one", arguments: LedgerKind.allCases)
    func older(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let newer = document(1, sequence: 5, [("status", "new")])
        #expect(try subject.ledger.write([newer]) == [true])
        #expect(try subject.ledger.write([document(1, sequence: 4, [("status", "old")])]) == [false])
        #expect(try subject.ledger.document(.zaak(1)) == document(1, sequence: 5))
        #expect(try subject.ledger.list(question([("status", .equals, "old")]), tenant: "0000").total == 0)
        #expect(try subject.ledger.list(question([("status", .equals, "new")]), tenant: "0000").total == 1)
        #expect(try subject.ledger.write([newer]) == [true])
        #expect(try subject.ledger.write([document(1, sequence: 6)]) == [true])
        #expect(try subject.ledger.list(question([("status", .equals, "new")]), tenant: "0000").total == 0)
    }

    @Test("written twice in one go ends as the newest", arguments: LedgerKind.allCases)
    func twice(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let written = try subject.ledger.write([
            document(1, sequence: 3), document(1, sequence: 7), document(1, sequence: 5),
        ])
        #expect(written == [true, true, false])
        #expect(try subject.ledger.document(.zaak(1))?.sequence == 7)
    }

    @Test(
        "that was removed is not found, and an older state does not bring it back",
        arguments: LedgerKind.allCases)
    func removed(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.ledger.write([document(1, sequence: 1)])
        var removed = document(1, sequence: 3)
        removed.record = nil
        #expect(try subject.ledger.write([removed]) == [true])
        #expect(try subject.ledger.write([document(1, sequence: 2)]) == [false])
        #expect(try subject.ledger.document(.zaak(1)) == nil)
        #expect(try subject.ledger.document(tenant: "0000", resource: "zaken:Zaak", uuid: "uuid-1") == nil)
        #expect(
            try subject.ledger.list(question(), tenant: "0000")
                == DocumentPage(documents: [], next: nil, total: 0))
        #expect(try subject.ledger.write([document(1, sequence: 4)]) == [true])
        #expect(try subject.ledger.document(.zaak(1)) != nil)
    }

    @Test(
        "is listed when it meets every criterion", arguments: LedgerKind.allCases,
        [
            ([("startdatum", .equals, "2020-03-09")], [2, 3]),
            ([("startdatum", .atLeast, "2020-03-09")], [2, 3, 4]),
            ([("startdatum", .atMost, "2020-03-09")], [1, 2, 3]),
            ([("startdatum", .above, "2020-03-09")], [4]),
            ([("startdatum", .below, "2020-03-09")], [1]),
            ([("rollen.naam", .present, "")], [1, 2, 3]),
            ([("rollen.naam", .absent, "")], [4]),
            ([("unknown", .absent, ""), ("startdatum", .above, "2020-03-01")], [2, 3, 4]),
            ([("startdatum", .oneOf, "2020-03-01,2020-04-01,1999-01-01")], [1, 4]),
            ([("rollen.naam", .oneOf, "B,A")], [1, 2, 3]),
            ([("startdatum", .atLeast, "2020-03-02"), ("startdatum", .atMost, "2020-03-10")], [2, 3]),
            ([("startdatum", .equals, "2020-03-09"), ("rollen.naam", .equals, "B")], [3]),
            ([("rollen.naam", .equals, "B")], [1, 3]),
            ([("omschrijving", .contains, "lap")], [2]),
            ([("omschrijving", .contains, "")], [1, 2]),
            ([("omschrijving", .contains, "LAP")], []),
            ([("unknown", .equals, "2020-03-09")], []),
            ([], [1, 2, 3, 4]),
        ] as [([(String, Question.Comparison, String)], [Int])])
    func criteria(
        _ kind: LedgerKind, row: (criteria: [(String, Question.Comparison, String)], found: [Int])
    ) throws {
        let subject = try Subject(kind)
        _ = try subject.ledger.write([
            document(
                1,
                [
                    ("startdatum", "2020-03-01"), ("rollen.naam", "A"), ("rollen.naam", "B"),
                    ("omschrijving", "Kap"),
                ]),
            document(2, [("startdatum", "2020-03-09"), ("rollen.naam", "A"), ("omschrijving", "Klapbrug")]),
            document(3, [("startdatum", "2020-03-09"), ("rollen.naam", "B")]),
            document(4, [("startdatum", "2020-04-01")]),
        ])
        let page = try subject.ledger.list(question(row.criteria), tenant: "0000")
        #expect(page.documents.map(\.key) == row.found.map { .zaak($0) })
        #expect(page.total == row.found.count)
        #expect(page.next == nil)
        #expect(try subject.ledger.list(question(row.criteria), tenant: "9999").total == 0)
    }

    @Test("is on one page only, however many pages there are", arguments: LedgerKind.allCases)
    func paging(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        _ = try subject.ledger.write((10..<35).map { document($0, [("status", "open")]) })
        _ = try subject.ledger.write([document(99, [("status", "closed")])])
        var seen: [ObjectKey] = []
        var after: [UInt8]?
        for pageSize in [10, 10, 5] {
            let page = try subject.ledger.list(
                question([("status", .equals, "open")], limit: 10, after: after), tenant: "0000")
            #expect(page.documents.count == pageSize)
            #expect(page.total == 25)
            seen += page.documents.map(\.key)
            after = page.next
        }
        #expect(after == nil)
        #expect(seen == (10..<35).map { .zaak($0) })
        for (skip, count) in [(0, 10), (7, 10), (20, 5), (25, 0), (5_000_000_000, 0), (-3, 10)] {
            var asked = question([("status", .equals, "open")], limit: 10)
            asked.skip = skip
            let page = try subject.ledger.list(asked, tenant: "0000")
            #expect(page.documents.map(\.key) == Array(seen.dropFirst(max(skip, 0)).prefix(count)))
            #expect(page.total == 25)
            #expect((page.next != nil) == (max(skip, 0) + count < 25))
        }
        #expect(try subject.ledger.list(question(limit: 0), tenant: "0000").documents.isEmpty)
        #expect(
            try subject.ledger.list(question(after: [0xFF, 0x00, 0xFE]), tenant: "0000").documents.isEmpty)
    }

    @Test("is found by values of any length and any bytes", arguments: LedgerKind.allCases)
    func oddValues(_ kind: LedgerKind) throws {
        let subject = try Subject(kind)
        let long = String(repeating: "lang", count: 4_000)
        _ = try subject.ledger.write([
            document(1, [("toelichting", long)]), document(2, [("toelichting", long + "er")]),
        ])
        #expect(
            try subject.ledger.list(question([("toelichting", .equals, long)]), tenant: "0000").total == 1)
        #expect(
            try subject.ledger.list(question([("toelichting", .atLeast, long)]), tenant: "0000").total == 2)
        var odd = document(3)
        odd.index = [.init(path: "hash", value: [0, 255, 0])]
        _ = try subject.ledger.write([odd])
        var asked = question()
        asked.criteria = [.init(path: "hash", comparison: .equals, value: [0, 255, 0])]
        #expect(try subject.ledger.list(asked, tenant: "0000").documents.map(\.key) == [.zaak(3)])
    }
}
