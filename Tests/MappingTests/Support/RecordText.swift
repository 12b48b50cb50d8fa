import Model
import Record
import Testing

/// Records as lines that a person reads: `kenmerk[1]/bron = GWS4all`, `omschrijving: geenWaarde`,
/// `geboortedatum (month) = 1965-07-01`. Items are numbered from 1; `*` behind an item is its verwerkingssoort.
enum RecordText {
    /// - Parameter lines: `path = value`, `path: standing`, or `path[1] * toevoegen`.
    static func record(_ entity: Entity, _ lines: String) throws -> Record {
        var record = Record(entity.layout)
        for line in lines.split(separator: "\n").map({ $0.drop { $0 == " " } }) where !line.isEmpty {
            try read(String(line), into: &record, entity.separator)
        }
        return record
    }

    private static func read(_ line: String, into record: inout Record, _ separator: Character) throws {
        if let equals = line.firstRange(of: " = ") {
            var path = String(line[..<equals.lowerBound])
            var precision = Precision.full
            if let open = path.firstRange(of: " (") {
                let name = path[open.upperBound...].dropLast()
                precision = try #require(Precision.allCases.first { "\($0)" == name })
                path = String(path[..<open.lowerBound])
            }
            let (node, frame) = try place(path, in: &record, separator)
            record.set(node, in: frame, to: String(line[equals.upperBound...]), precision: precision)
        } else if let star = line.firstRange(of: " * ") {
            let soort = try #require(
                Marks.Verwerkingssoort.allCases.first { "\($0)" == line[star.upperBound...] })
            var marks = Marks()
            marks.verwerkingssoort = soort
            let (_, frame) = try place(
                String(line[..<star.lowerBound]) + "\(separator)", in: &record, separator)
            record.setMarks(marks, of: frame)
        } else {
            let colon = try #require(line.firstRange(of: ": "), "no value in \(line)")
            let standing = try #require(Standing.allCases.first { "\($0)" == line[colon.upperBound...] })
            let (node, frame) = try place(String(line[..<colon.lowerBound]), in: &record, separator)
            record.set(node, in: frame, to: standing)
        }
    }

    /// Finds a place, making the items and groups on its way.
    private static func place(
        _ path: String, in record: inout Record, _ separator: Character
    ) throws -> (node: Int, frame: Record.Frame) {
        var frame = Record.root
        var layout = record.layout
        var own = ""
        let steps = path.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        for (index, step) in steps.enumerated() {
            let isLast = index == steps.count - 1
            if isLast, step.isEmpty { return (0, frame) }
            let open = step.firstIndex(of: "[")
            let name = open.map { String(step[..<$0]) } ?? step
            own = own.isEmpty ? name : "\(own)\(separator)\(name)"
            let node = try #require(layout.node(own), "no \(own) in \(layout.name)")
            guard let open else {
                if isLast { return (node, frame) }
                record.set(node, in: frame, to: .value)
                continue
            }
            let number = try #require(Int(step[step.index(after: open)...].dropLast()))
            while Array(record.items(node, in: frame)).count < number {
                _ = record.appendItem(node, in: frame)
            }
            frame = Array(record.items(node, in: frame))[number - 1]
            layout = try #require(layout.nodes[node].items)
            own = ""
            if isLast { return (try #require(layout.node(".")), frame) }
        }
        throw TestProblem.noSuchPlace
    }

    enum TestProblem: Error { case noSuchPlace }

    /// Everything that is said, in the order of the layout.
    static func text(_ record: Record, _ entity: Entity) -> String {
        var lines: [String] = []
        write(record, Record.root, "", entity.separator, &lines)
        return lines.joined(separator: "\n")
    }

    private static func write(
        _ record: Record, _ frame: Record.Frame, _ prefix: String, _ separator: Character,
        _ lines: inout [String]
    ) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            let slot = record.slot(index, in: frame)
            let path = node.path == "." ? String(prefix.dropLast()) : prefix + node.path
            if slot.marks.verwerkingssoort != .none {
                lines.append("\(path) * \(slot.marks.verwerkingssoort)")
            }
            guard slot.standing == .value else {
                if slot.standing.isSaid { lines.append("\(path): \(slot.standing)") }
                continue
            }
            if node.isRepeat {
                if slot.count == 0 { lines.append("\(path): value") }
                for (number, item) in record.items(index, in: frame).enumerated() {
                    let soort = record.marks(of: item).verwerkingssoort
                    if soort != .none { lines.append("\(path)[\(number + 1)] * \(soort)") }
                    write(record, item, "\(path)[\(number + 1)]\(separator)", separator, &lines)
                }
            } else if node.type == .content {
                lines.append("\(path) = content \(record.content(index, in: frame)?.id ?? -1)")
            } else if node.type != .group {
                let precision = slot.precision == .full ? "" : " (\(slot.precision))"
                lines.append("\(path)\(precision) = \(record.text(index, in: frame) ?? "")")
            }
        }
    }
}
