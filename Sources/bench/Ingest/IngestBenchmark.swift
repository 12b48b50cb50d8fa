import FoundationEssentials
import Postgres
import Threads

extension Benchmark {
    static let ingest = Benchmark(
        name: "ingest", summary: "POST to durable Bv03 and to served, beside pgbench's single-row inserts",
        measure: { try IngestBenchmark.measure($0) })
}

/// Durable ingest over HTTP, and the rest of the way into the store, by turns with pgbench on the same cluster.
///
/// - *pgbench, 16 clients*: the yardstick. Each transaction inserts one row, prepared: the columns and indexes of
///   `sluis.bericht`, and the body in the same row. The cluster is a private one with `fsync`, `synchronous_commit` and
///   `full_page_writes` on, for both.
/// - *POST to Bv03*: 64 connections that stay open, each posting a bericht about a new zaak as soon as its last one is
///   answered. The server is a process of its own, with the shipped mappings and their routes set to answer after store.
///   What was accepted is delivered to the store meanwhile, on the same processors and the same Postgres, and the load
///   runs beside it: so this is what a machine sustains, not a burst that leaves its work for later.
/// - *POST to served*: the same berichten over the time from the first POST until the last of them is in the store.
/// - *p50, p99*: over every answer of a run. With so many connections a server that is busy answers each after
///   64 / throughput: the budget of 10 ms is met by 6400 berichten a second, or by fewer connections.
/// - *our CPU*: of the server's process alone, for all of the way; Postgres and the load are not in it.
enum IngestBenchmark {
    private static let seconds = 3
    private static let connections = 64
    private static let fixture = "fixtures/zds11/creeer-zaak/1-request.xml"

    private struct Found {
        var inserts: [Double] = []
        var ingested: [Double] = []
        var served: [Double] = []
        var half: [Double] = []
        var late: [Double] = []
        var cpu: [Double] = []
    }

    static func measure(_ length: Benchmark.Length) throws -> Report {
        let runs = length == .full ? 10 : 1
        let root = try Repository.root()
        let bericht = try bericht(root)
        let workplace = try Workplace()
        let database = workplace.cluster.connection
        let mappings = try workplace.mappings(of: root)
        let server = try Server(database: database, mappings: mappings, folder: workplace.folder)
        let pgbench = try Pgbench(workplace, database, body: bericht.utf8.count)
        let connection = try Connection(database)
        var load = try Load(
            to: server.address, connections: connections,
            Requests(bericht, soapAction: soapAction, from: 0))
        var found = Found()
        for run in 0...runs {
            let inserts = try pgbench.run(seconds: seconds)
            let begin = Instant.now
            let cpuBefore = server.cpuTime
            let burst = try load.run(for: .seconds(seconds))
            try waitUntilServed(connection)
            let took = Double((Instant.now - begin).nanoseconds) / 1e9
            guard run > 0 else { continue }
            found.inserts.append(inserts)
            found.ingested.append(burst.perSecond)
            found.served.append(Double(burst.count) / took)
            found.half.append(burst.latency(0.5))
            found.late.append(burst.latency(0.99))
            found.cpu.append((server.cpuTime - cpuBefore) / Double(burst.count))
        }
        return report(found, byteCount: bericht.utf8.count)
    }

    private static func report(_ found: Found, byteCount: Int) -> Report {
        let inserts = Measurement("pgbench, 16 clients", unit: "rows/s", found.inserts)
        let ingested = Measurement("POST to Bv03", unit: "berichten/s", found.ingested)
        let served = Measurement("POST to served", unit: "berichten/s", found.served)
        let late = Measurement("POST to Bv03, p99", unit: "ms", found.late)
        return Report(
            name: "ingest",
            input: "creeerZaak of \(byteCount) bytes over \(connections) connections, \(seconds) s a run",
            measurements: [
                inserts, ingested, served, Measurement("POST to Bv03, p50", unit: "ms", found.half), late,
                Measurement("our CPU, up to served", unit: "µs/bericht", found.cpu),
            ],
            ratios: [
                Ratio(
                    name: "ingest / pgbench", value: ingested.median / inserts.median, budget: .atLeast(1.5)),
                Ratio(name: "served / pgbench", value: served.median / inserts.median, budget: .atLeast(0.5)),
                Ratio(name: "p99 in ms", value: late.median, budget: .atMost(10)),
            ])
    }

    private static let soapAction = "http://www.egem.nl/StUF/sector/zkn/0310/creeerZaak_Lk01"

    /// The fixture's bericht with a mark for its referentienummer and its zaak.
    private static func bericht(_ root: String) throws -> String {
        let bytes = FileManager.default.contents(atPath: "\(root)/\(fixture)") ?? Data()
        let text = String(decoding: bytes, as: UTF8.self)
        let marked = text.replacing(">ref-001<", with: ">\(Requests.mark)<")
            .replacing(">1900000001<", with: ">\(Requests.mark)<")
        guard marked.count(of: Requests.mark) == 2 else {
            throw BenchFailure("\(fixture) has other numbers than it had")
        }
        return marked
    }

    /// Waits until all that was acknowledged is in the store.
    private static func waitUntilServed(_ connection: Connection) throws {
        let deadline = Instant.after(.seconds(300))
        let stop = try StopSignal()
        while deadline > .now {
            let row = try connection.execute(
                """
                SELECT NOT EXISTS (SELECT FROM sluis.bericht WHERE NOT expanded)
                    AND NOT EXISTS (SELECT FROM sluis.delivery WHERE live)
                """
            ).only()
            if try row.bool(0) { return }
            _ = stop.wait(until: .after(.milliseconds(20)))
        }
        throw BenchFailure("not all that was acknowledged was delivered within five minutes")
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
