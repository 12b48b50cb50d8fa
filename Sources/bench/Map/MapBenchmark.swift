import Intake
import Mapping
import Model
import Record
import Resources
import StUF
import Threads
import XML

extension Benchmark {
    static let map = Benchmark(
        name: "map", summary: "bericht to JSON on one thread, beside libxml2 alone",
        measure: { try MapBenchmark.measure($0) })
}

/// One bericht at a time, on one thread, from its bytes to the bytes of a JSON document.
///
/// Three things are timed over the same berichten, by turns:
///
/// - *libxml2 SAX, counting*: the yardstick. A parser is made, reads the bericht, calls back for every element and text,
///   and is freed; the callbacks only count.
/// - *bericht to JSON*: our parser reads it, the StUF form makes a record of it (old and new object merged), the route is
///   chosen by what it says, its mapping lifts the record, and the graph document is written. This is what the budget
///   of design section 11 is about.
/// - *and judged*: the same, and what intake needs besides before it may commit: the keyed hash of the canonical content
///   by which a repeat is known, the keys of every object it touches, and of a new object the hash of what it says.
///
/// Besides them what each construct of the mapping language costs (``ConstructCosts``).
enum MapBenchmark {
    private static let received = WallTime(seconds: 1_588_830_963)

    static func measure(_ length: Benchmark.Length) throws -> Report {
        let runs = length == .full ? 21 : 1
        let size = length == .full ? 4000 : 96
        let messages = try Messages.load()
        var alone: [Double] = []
        var mapped: [Double] = []
        var judged: [Double] = []
        var produced = 0
        // By turns, so that what else the machine does falls on all.
        for run in 0...runs {
            let sax = try time(messages, size) { bericht in Yardstick.countEvents(of: bericht) }
            let ours = try time(messages, size) { bericht in try json(of: bericht, by: messages.judge).count }
            let all = try time(messages, size) { bericht in
                try judgedJSON(of: bericht, by: messages.judge).count
            }
            produced = ours.result
            guard run > 0 else { continue }
            alone.append(sax.each)
            mapped.append(ours.each)
            judged.append(all.each)
        }
        let yardstick = Measurement("libxml2 SAX, counting", unit: "CPU µs/bericht", alone)
        let bericht = Measurement("bericht to JSON", unit: "CPU µs/bericht", mapped)
        return Report(
            name: "map",
            input: "\(messages.berichten.count) \(messages.origin) of \(messages.averageBytes) bytes, "
                + "\(produced / size) bytes of JSON, \(size) berichten a run",
            measurements: [
                yardstick, bericht, Measurement("and judged", unit: "CPU µs/bericht", judged),
                Measurement("berichten a second", unit: "berichten/s", mapped.map { 1e6 / $0 }),
            ],
            ratios: [
                Ratio(
                    name: "bericht / SAX", value: bericht.median / yardstick.median, budget: .atMost(2.5))
            ], parts: try ConstructCosts.measure(length))
    }

    /// The JSON of what a kennisgeving says.
    ///
    /// - Throws: when the mappings do not take it.
    static func json(of bericht: [UInt8], by judge: Judge) throws -> [UInt8] {
        let read = try BerichtReader.read(
            bericht, judge.rulebook.forms, soapAction: nil, hash: nil, contents: MemoryContents())
        guard let (record, mapping) = try judge.lift(read, received: received),
            let resource = judge.rulebook.resources.resource(mapping.api.qualifiedName)
        else { throw BenchFailure("the bericht is no kennisgeving") }
        return GraphDocument.write(record, of: resource.shape, isPretty: false)
    }

    /// The same of a bericht that is hashed and judged as intake does.
    private static func judgedJSON(of bericht: [UInt8], by judge: Judge) throws -> [UInt8] {
        let read = try BerichtReader.read(
            bericht, judge.rulebook.forms, soapAction: nil, hash: judge.hash, contents: MemoryContents())
        guard case .accepted(let accepted) = try judge.decide(read, received: received, content: { _ in [] }),
            let after = accepted.change.after, let object = accepted.change.objects.first,
            let resource = judge.rulebook.resources.resource(object.resource)
        else { throw BenchFailure("the bericht is no kennisgeving") }
        return GraphDocument.write(after, of: resource.shape, isPretty: false)
    }

    /// Runs `body` over the messages by turns, `size` times.
    private static func time(
        _ messages: Messages, _ size: Int, _ body: ([UInt8]) throws -> Int
    ) throws -> (each: Double, result: Int) {
        var result = 0
        let begin = CPUTime.ofThread
        for index in 0..<size {
            result += try body(messages.berichten[index % messages.berichten.count])
        }
        return ((CPUTime.ofThread - begin) / Double(size), result)
    }
}
