import Intake
import Mapping
import Record
import Resources
import StUF
import Threads
import XML

extension Benchmark {
    static let map = Benchmark(
        name: "map", summary: "bericht to JSON on one thread, beside libxml2 alone",
        measure: { try MapBenchmark.measure() })
}

/// One bericht at a time: read, route, lift, find its objects, write the graph document.
enum MapBenchmark {
    private static let runs = 21
    /// Berichten in one run.
    private static let size = 4000
    private static let received = WallTime(seconds: 1_588_830_963)

    static func measure() throws -> Report {
        let messages = try Messages.load()
        var alone: [Double] = []
        var mapped: [Double] = []
        var produced = 0
        // By turns, so that what else the machine does falls on both.
        for run in 0...runs {
            let sax = try time(messages) { bericht in Yardstick.countEvents(of: bericht) }
            let ours = try time(messages) { bericht in try json(of: bericht, by: messages.judge).count }
            produced = ours.result
            guard run > 0 else { continue }
            alone.append(sax.each)
            mapped.append(ours.each)
        }
        let yardstick = Measurement("libxml2 SAX, counting", unit: "CPU µs/bericht", alone)
        let bericht = Measurement("bericht to JSON", unit: "CPU µs/bericht", mapped)
        return Report(
            name: "map",
            input: "\(messages.berichten.count) \(messages.origin) of \(messages.averageBytes) bytes, "
                + "\(produced / size) bytes of JSON, \(size) berichten a run",
            measurements: [
                yardstick, bericht,
                Measurement("berichten a second", unit: "berichten/s", mapped.map { 1e6 / $0 }),
            ],
            ratios: [
                Ratio(
                    name: "bericht / SAX", value: bericht.median / yardstick.median, budget: .atMost(2.5))
            ])
    }

    /// The JSON of what a kennisgeving says.
    ///
    /// - Throws: when the mappings do not take it.
    static func json(of bericht: [UInt8], by judge: Judge) throws -> [UInt8] {
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
        _ messages: Messages, _ body: ([UInt8]) throws -> Int
    ) throws -> (each: Double, result: Int) {
        var result = 0
        let begin = CPUTime.ofThread
        for index in 0..<size {
            result += try body(messages.berichten[index % messages.berichten.count])
        }
        return ((CPUTime.ofThread - begin) / Double(size), result)
    }
}
