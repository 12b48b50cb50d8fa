import Ledger
import Postgres
import Record
import TestSupport
import Testing

@Suite("Documents that were stored when they were found by other values") struct ReindexTests {
    private let database: ThrowawayPostgres.Database

    init() throws { database = try ThrowawayPostgres.database() }

    private func key(_ value: String) -> ObjectKey {
        ObjectKey(tenant: "t", resource: "a:Ding", value: value)
    }

    private func found(_ ledger: PostgresLedger, _ path: String) throws -> [String] {
        let criterion = Question.Criterion(path: path, comparison: .equals, value: Array("x".utf8))
        let question = Question(resource: "a:Ding", criteria: [criterion], limit: 1_000, caller: .local)
        return try ledger.list(question, tenant: "t").documents.map(\.key.value)
    }

    @Test("are found by the new ones after a start, all of them, and once only")
    func reindexes() throws {
        let ledger = try PostgresLedger(database.connection, settings: .test, now: noon)
        defer { ledger.close() }
        let old = Document.Index(path: "oud", value: Array("x".utf8))
        let documents = (1...450).map { number in
            Document(
                key: key(String(1_000 + number)), uuid: "uuid-\(number)", record: [UInt8(number % 2)],
                sequence: Int64(number), asOf: noon, source: "test", index: [old])
        }
        _ = try ledger.write(
            documents + [
                Document(
                    key: key("weg"), uuid: "uuid-weg", record: nil, sequence: 1, asOf: noon, source: "test")
            ])
        var steps: [Int] = []
        func reindex(_ rules: Int64) throws -> Int {
            try ledger.reindex(rules, progress: { done, _ in steps.append(done) }) { document in
                // One in two cannot be read: it keeps what it has.
                document.record == [0] ? [Document.Index(path: "nieuw", value: Array("x".utf8))] : nil
            }
        }
        #expect(try reindex(7) == 450)
        #expect(steps == [200, 400, 450])
        #expect(try found(ledger, "nieuw").count == 225 && found(ledger, "oud").count == 225)
        #expect(try reindex(7) == 0)
        #expect(try reindex(8) == 450)
        #expect(try reindex(7) == 450)
        #expect(try found(ledger, "nieuw").count == 225)
    }
}
