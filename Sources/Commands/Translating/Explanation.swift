import Diagnostics
import JSON
import Mapping

/// Where each value comes from, for people and for programs.
struct Explanation {
    let lineages: [Lineage]

    init(of lineages: [Lineage]) { self.lineages = lineages }

    /// One line for each value: the rule's place, the target, its sources, the converter.
    func text(_ console: Console) -> [UInt8] {
        let width = lineages.map(\.rule.description.count).max() ?? 0
        let lines = lineages.map { lineage in
            let place = console.paint(lineage.rule.description.padded(to: width), .cyan)
            let converter = lineage.converter.map { "  as \($0)" } ?? ""
            let sources = lineage.sources.joined(separator: " | ")
            return "\(place)  \(console.paint(lineage.target, .bold)) <- \(sources)\(converter)\n"
        }
        return Array(lines.joined().utf8)
    }

    var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startArray()
        for lineage in lineages {
            json.startObject()
            json.key("target")
            json.string(lineage.target)
            json.key("sources")
            json.startArray()
            for source in lineage.sources { json.string(source) }
            json.end()
            json.key("converter")
            if let converter = lineage.converter { json.string(converter) } else { json.null() }
            json.key("rule")
            json.string(lineage.rule.description)
            json.end()
        }
        json.end()
        return json.bytes
    }
}
