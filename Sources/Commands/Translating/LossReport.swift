import Diagnostics
import JSON
import Mapping

/// What became of everything that a file said, for people and for programs.
struct LossReport {
    let loss: Loss

    func text(_ console: Console) -> [UInt8] {
        var lines: [String] = []
        section("lost", loss.lost.map { [$0] }, .red, console, &lines)
        section(
            "omitted", loss.omitted.map { [$0.place, "\($0.code)", $0.rule.description] }, .yellow, console,
            &lines)
        let kept = loss.kept.map { [$0.path, $0.reason, $0.rule.description] }
        if !kept.isEmpty { section("kept", kept, .cyan, console, &lines) }
        section(
            "ignored", loss.ignored.map { [$0.path, $0.reason, $0.rule.description] }, .cyan, console, &lines)
        lines.append("\(console.paint("mapped", .green)) \(loss.mapped.count)")
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private func section(
        _ title: String, _ rows: [[String]], _ paint: Paint, _ console: Console, _ lines: inout [String]
    ) {
        lines.append("\(console.paint(title, rows.isEmpty ? .green : paint)) \(rows.count)")
        lines += Text.columns(rows).map { "    \($0)" }
    }

    var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startObject()
        list("lost", loss.lost, &json) { path, json in json.string(path) }
        list("omitted", loss.omitted, &json) { omission, json in
            object(
                [
                    ("place", omission.place), ("code", omission.code.number),
                    ("rule", omission.rule.description),
                ],
                &json)
        }
        for (key, passed) in [("kept", loss.kept), ("ignored", loss.ignored)] {
            list(key, passed, &json) { passed, json in
                object(
                    [("path", passed.path), ("reason", passed.reason), ("rule", passed.rule.description)],
                    &json)
            }
        }
        list("mapped", loss.mapped, &json) { path, json in json.string(path) }
        json.end()
        return json.bytes
    }

    private func list<Item>(
        _ key: String, _ items: [Item], _ json: inout Writer, _ write: (Item, inout Writer) -> Void
    ) {
        json.key(key)
        json.startArray()
        for item in items { write(item, &json) }
        json.end()
    }

    private func object(_ members: [(String, String)], _ json: inout Writer) {
        json.startObject()
        for (key, value) in members {
            json.key(key)
            json.string(value)
        }
        json.end()
    }
}
