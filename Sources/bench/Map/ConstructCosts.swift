import Diagnostics
import Language
import Mapping
import Model
import Record

/// What each construct of the mapping language costs, lifted and lowered.
///
/// Two mappings convert the same record by turns: one with the construct sixteen times, one with no more than the rule
/// for the key. A sixteenth of the difference is what one evaluation costs.
enum ConstructCosts {
    static func measure(_ length: Benchmark.Length) throws -> [Measurement] {
        let (runs, size) = length == .full ? (11, 2000) : (1, 20)
        let models = try models()
        return try Construct.all.flatMap { construct in
            let mapping = try compile(construct.mapping(hasRules: true), construct.name, models)
            let bare = try compile(construct.mapping(hasRules: false), construct.name, models)
            let legacy = try record(construct, mapping.legacy)
            let lifted = try mapping.lift(legacy, context: context).record
            var costs = [
                try cost("\(construct.name), up", runs, size, mapping, bare) { mapping in
                    try mapping.lift(legacy, context: context)
                }
            ]
            if construct.isTwoWay {
                costs.append(
                    try cost("\(construct.name), down", runs, size, mapping, bare) { mapping in
                        try mapping.lower(lifted, context: context)
                    })
            }
            return costs
        }
    }

    private static let context = Context(
        zender: .init(organisatie: "0392", applicatie: "GWS4all"), ontvangen: "2020-05-07T05:56:03Z",
        isNew: true)

    private static func cost(
        _ name: String, _ runs: Int, _ size: Int, _ mapping: CompiledMapping, _ bare: CompiledMapping,
        _ convert: (CompiledMapping) throws -> Converted
    ) throws -> Measurement {
        func time(_ mapping: CompiledMapping) throws -> Double {
            let begin = CPUTime.ofThread
            for _ in 0..<size {
                guard try convert(mapping).omissions.isEmpty else { throw BenchFailure("\(name): omitted") }
            }
            return CPUTime.ofThread - begin
        }
        var costs: [Double] = []
        for run in 0...runs {
            let difference = try time(mapping) - time(bare)
            if run > 0 { costs.append(difference * 1000 / Double(size * Construct.copies)) }
        }
        return Measurement(name, unit: "CPU ns/evaluation", costs)
    }

    private static func models() throws -> Models {
        let documents = Construct.models.map { parse("bench.model", $0) }
        let (models, findings) = Models.read(documents.map(\.document))
        try check(documents.flatMap(\.findings) + findings, "the models")
        return models
    }

    private static func compile(_ text: String, _ name: String, _ models: Models) throws -> CompiledMapping {
        let (document, problems) = parse("bench.map", text)
        let (library, findings) = MappingLibrary.read([document], models: models, table: { _ in nil })
        try check(problems + findings, name)
        guard let mapping = library.mappings.first else { throw BenchFailure("\(name): no mapping") }
        return mapping
    }

    private static func parse(_ file: String, _ text: String) -> (document: Document, findings: [Finding]) {
        Parser.parse(file: file, bytes: Array(text.utf8))
    }

    private static func check(_ findings: [Finding], _ name: String) throws {
        guard let error = findings.first(where: { $0.severity == .error }) else { return }
        throw BenchFailure("\(name): \(error)")
    }

    /// A record that says what the construct reads, in each of its copies.
    private static func record(_ construct: Construct, _ entity: Entity) throws -> Record {
        var record = Record(entity.layout)
        try set("nummer", to: "12345", in: &record)
        for number in 1...Construct.copies {
            for (path, value) in construct.said {
                try set(path.replacing("#", with: "\(number)"), to: value, in: &record)
            }
        }
        return record
    }

    private static func set(_ path: String, to value: String, in record: inout Record) throws {
        let parts = path.split(separator: "[]/").map(String.init)
        guard let outer = record.layout.node(parts[0]) else { throw BenchFailure("no \(path)") }
        if parts.count == 1 {
            if let group = record.layout.nodes[outer].parent { record.set(group, to: .value) }
            return record.set(outer, to: value)
        }
        guard let inner = record.layout.nodes[outer].items?.node(parts[1]) else {
            throw BenchFailure("no \(path)")
        }
        let item = record.firstItem(outer) ?? record.appendItem(outer)
        record.set(inner, in: item, to: value)
    }
}
