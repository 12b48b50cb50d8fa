import Diagnostics
import JSON
import Mapping

/// Where each value comes from, for people and for programs.
struct Explanation {
    let lineages: [Lineage]

    init(of lineages: [Lineage]) { self.lineages = lineages }

    /// One line for each value: the target, its sources, the converter, the rule's place, in columns.
    func text(_ console: Console) -> [UInt8] {
        let rows = lineages.map { lineage in
            (
                target: lineage.target, sources: lineage.sources.joined(separator: " | "),
                converter: lineage.converter.map { "as \($0)" } ?? "", rule: lineage.rule.description
            )
        }
        // One long composed source must not push every other line apart.
        let widest = (target: 60, sources: 50, converter: 30)
        let width = (
            target: rows.map(\.target.count).filter { $0 <= widest.target }.max() ?? 0,
            sources: rows.map(\.sources.count).filter { $0 <= widest.sources }.max() ?? 0,
            converter: rows.map(\.converter.count).filter { $0 <= widest.converter }.max() ?? 0
        )
        let lines = rows.map { row in
            console.paint(row.target.padded(to: width.target), .bold) + "  <-  "
                + row.sources.padded(to: width.sources) + "  "
                + console.paint(row.converter.padded(to: width.converter), .yellow) + "  "
                + console.paint(row.rule, .cyan) + "\n"
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
