import Glibc
import Ledger
import Postgres
import Record
import TestSupport
import Testing
import Threads

@Suite("A crash of the server") struct CrashedServerTests {
    /// A cluster of its own, durable, that can be killed and started again in its folder.
    private final class Server: Sendable {
        let folder: TemporaryFolder
        private let data: DataFolder
        private let lasting = Monitor<LastingThread<PrivateCluster>?>(nil)

        init() throws {
            folder = try TemporaryFolder()
            data = try DataFolder("\(folder.path)/data")
            try start()
        }

        var cluster: PrivateCluster {
            get throws { try #require(lasting.withLock { $0 }).result.get() }
        }

        func start() throws {
            let data = data
            let new = try LastingThread("crash") { try PrivateCluster.start(in: data) }
            lasting.withLock { $0 = new }
            _ = try cluster
        }

        /// Ends it without a last word: what it did not write is lost.
        func crash() throws {
            let cluster = try cluster
            kill(cluster.processIdentifier, SIGQUIT)
            let stop = try StopSignal()
            let deadline = Instant.after(.seconds(30))
            while cluster.isRunning, deadline > .now { _ = stop.wait(until: .after(.milliseconds(5))) }
            try start()
        }

        func stop() throws { try cluster.stop(until: .after(.seconds(30))) }
    }

    @Test("loses nothing that was acknowledged, and no delivery gets before an earlier one of its object")
    func crash() throws {
        let server = try Server()
        defer { try? server.stop() }
        let ledger = try PostgresLedger(try server.cluster.connection, settings: .test, now: noon)
        defer { ledger.close() }
        let objects = 5
        var kept: [Int64] = []
        for round in 1...4 {
            let sequences = try keep(20, about: objects, in: ledger)
            kept += sequences
            let expansions = sequences.prefix(round == 4 ? 15 : 20).enumerated().map { number, sequence in
                let delivery = NewDelivery(target: "store", objects: [.zaak(number % objects)], change: [])
                return Expansion(sequence: sequence, deliveries: [delivery])
            }
            try ledger.expand(expansions, now: noon)
            let lent = try ledger.claim("store", limit: 8, now: noon + Int64(round), lease: .zero)
            _ = try ledger.settle(
                lent.map { .init(delivery: $0.id, fence: $0.fence, verdict: .done) }, now: noon)
            try server.crash()
            try check(ledger, kept, try server.cluster.connection)
        }
        // All of it goes on.
        let left = try ledger.unexpanded(receivedBefore: noon + 3_600, limit: 1_000)
        try ledger.expand(
            left.map { kept in
                let delivery = NewDelivery(target: "store", objects: kept.entry.objects, change: [])
                return Expansion(sequence: kept.sequence, deliveries: [delivery])
            }, now: noon)
        while true {
            let lent = try ledger.claim("store", limit: 100, now: noon + 3_600, lease: .seconds(60))
            guard !lent.isEmpty else { break }
            _ = try ledger.settle(
                lent.map { .init(delivery: $0.id, fence: $0.fence, verdict: .done) }, now: noon + 3_600)
        }
        let done = try ledger.berichten(in: .done, before: nil, limit: 1_000).map(\.sequence)
        #expect(done.sorted() == kept.sorted())
    }

    private func keep(_ count: Int, about objects: Int, in ledger: PostgresLedger) throws -> [Int64] {
        let receipts = Monitor<[Result<Receipt, LedgerFailure>]>([])
        for number in 0..<count {
            ledger.keep(.accepted(about: [.zaak(number % objects)])) { receipt in
                receipts.update { $0.append(receipt) }
            }
        }
        let all = receipts.wait(until: .after(.seconds(60))) { $0.count == count ? $0 : nil }
        return try #require(all as [Result<Receipt, LedgerFailure>]?).map { try $0.get().sequence }.sorted()
    }

    private func check(
        _ ledger: PostgresLedger, _ kept: [Int64], _ connection: ConnectionString
    ) throws {
        let there = try ledger.berichten(in: nil, before: nil, limit: 1_000).map(\.sequence)
        #expect(there.sorted() == kept.sorted())
        let passed = try Connection(connection).execute(
            """
            SELECT count(*) FROM sluis.delivery late JOIN sluis.delivery early
                ON early.objects = late.objects AND early.sequence < late.sequence
            WHERE late.state = 'done' AND early.state <> 'done'
            """)
        #expect(try passed.only().int(0) == 0)
    }
}
