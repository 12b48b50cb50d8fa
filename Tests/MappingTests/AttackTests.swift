import Diagnostics
import Language
import Mapping
import Model
import Record
import TestSupport
import Testing

@Suite("A hostile input") struct AttackTests {
    private static let shipped = SourceFiles.bytes(of: "/\(Shipped.root)/mappings/zds-zgw/zaak.map") ?? []

    @Test(
        "that is a damaged mapping gets findings, or is a mapping; it never ends the process",
        arguments: Seed.series(60))
    func damagedMapping(_ seed: Seed) {
        var random = seed.generator
        var words = String(decoding: Self.shipped, as: UTF8.self).split(
            separator: " ", omittingEmptySubsequences: false)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let place = Int.random(in: 0..<words.count, using: &random)
            let other = words[Int.random(in: 0..<words.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: words.remove(at: place)
            case 1: words.insert(other, at: place)
            case 2: words[place] = other
            default: words[place] = Substring(words[place].shuffled(using: &random).map(String.init).joined())
            }
        }
        let read = Shipped.read(
            words.joined(separator: " "),
            tables: ["rsin.csv": "a;b\n1900;001900006", "rechtsvorm.csv": "a;b\nx;stichting"])
        #expect(read.mapping != nil || read.findings.contains { $0.severity == .error })
        #expect(read.findings == read.findings.sortedForReading())
    }

    @Test("that is a record of values no model allows is converted or refused", arguments: Seed.series(60))
    func wildRecord(_ seed: Seed) throws {
        let mapping = try Shipped.zaak()
        var random = seed.generator
        for layout in [mapping.legacyLayout, mapping.apiLayout] {
            var record = Record(layout)
            fill(&record, Record.root, &random, depth: 0)
            let isLegacy = layout === mapping.legacyLayout
            for context in [gemeente, change] {
                _ =
                    isLegacy
                    ? try? mapping.lift(record, context: context)
                    : try? mapping.lower(record, context: context)
            }
            _ = isLegacy ? try? mapping.lift(record, over: Record(mapping.apiLayout), context: change) : nil
        }
    }

    private func fill(
        _ record: inout Record, _ frame: Record.Frame, _ random: inout SeededGenerator, depth: Int
    ) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            guard Bool.random(using: &random) else { continue }
            if node.isRepeat {
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    fill(&record, record.appendItem(index, in: frame), &random, depth: depth + 1)
                }
            } else if node.type == .group {
                record.set(index, in: frame, to: Standing.allCases.randomElement(using: &random) ?? .value)
            } else if node.type != .content {
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                let precision = Precision.allCases.randomElement(using: &random) ?? .full
                record.set(index, in: frame, to: bytes, precision: precision)
            }
        }
    }

    @Test("never shows its values in a failure", arguments: Seed.series(20))
    func failuresHoldNoValues(_ seed: Seed) throws {
        let mapping = try #require(
            SmallModels.mapping("kaal <-> bsn as digits(9)\nkort <-> kort\ndag <-> dag").mapping)
        let secret = "geheim\(seed.value)"
        for path in ["kaal", "kort"] {
            let record = try RecordText.record(mapping.legacy, "nummer = 1\n\(path) = \(secret)")
            let failure = #expect(throws: MappingFailure.self) { try mapping.lift(record, context: gemeente) }
            #expect(failure?.description.contains(secret) == false)
        }
    }

    @Test("of ten mistakes gives ten findings")
    func tenMistakes() {
        let rules = """
            naan <-> naam
            dag <-> naam
            naam <-> krap
            deeldag <-> dag
            soort <-> soort
            kaal <-> bsn
            vlag <-> aantal
            regel <-> labels
            kort <-> kort as codes onbekend
            @zender/naam -> titel
            """
        let lines = Set(SmallModels.mapping(rules).findings.map(\.location.line))
        #expect(lines == Set(3...12))
    }

    @Test("of fragments that double at every level ends")
    func doubling() {
        let levels = (0..<30).map { "fragment f\($0) {\nuse f\($0 + 1)\nuse f\($0 + 1)\n}" }
        let rules = (levels + ["fragment f30 { naam <-> naam }", "use f0"]).joined(separator: "\n")
        let findings = SmallModels.mapping(rules).findings
        #expect(findings.contains { $0.text == "fragments are written out more than 10000 times" })
    }
}
