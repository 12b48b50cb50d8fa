import JSON

/// What one benchmark found, to read or to compare.
struct Report {
    let name: String
    /// What was fed to it, and how much of it.
    let input: String
    let measurements: [Measurement]
    let ratios: [Ratio]
    /// What parts of it cost, each by itself; no budget is about them.
    var parts: [Measurement] = []

    var isMet: Bool { ratios.allSatisfy(\.isMet) }

    var text: String {
        let machine = Machine.this
        var lines = [
            "bench \(name): \(input)",
            "  on \(machine.processor), \(machine.cores) cores, \(machine.memoryMiB) MiB, Linux \(machine.kernel)",
        ]
        let names = (measurements + parts).map(\.name) + ratios.map(\.name)
        let width = names.map(\.count).max() ?? 0
        lines += measurements.map { line($0, width) }
        for ratio in ratios {
            lines.append(
                "  \(padded(ratio.name, width))  \(rounded(ratio.value)), \(ratio.budget.words): "
                    + (ratio.isMet ? "met" : "NOT MET"))
        }
        lines += parts.map { line($0, width) }
        return lines.joined(separator: "\n")
    }

    private func line(_ measurement: Measurement, _ width: Int) -> String {
        "  \(padded(measurement.name, width))  median \(rounded(measurement.median))  "
            + "p95 \(rounded(measurement.p95))  \(measurement.unit), \(measurement.runs) runs"
    }

    /// One object on one line.
    var json: String {
        var json = Writer()
        json.startObject()
        json.key("name")
        json.string(name)
        json.key("input")
        json.string(input)
        write(Machine.this, to: &json)
        json.key("measurements")
        json.startArray()
        for measurement in measurements { write(measurement, to: &json) }
        json.end()
        json.key("ratios")
        json.startArray()
        for ratio in ratios { write(ratio, to: &json) }
        json.end()
        if !parts.isEmpty {
            json.key("parts")
            json.startArray()
            for part in parts { write(part, to: &json) }
            json.end()
        }
        json.end()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ machine: Machine, to json: inout Writer) {
        json.key("machine")
        json.startObject()
        json.key("processor")
        json.string(machine.processor)
        json.key("cores")
        json.number(machine.cores)
        json.key("memoryMiB")
        json.number(machine.memoryMiB)
        json.key("kernel")
        json.string(machine.kernel)
        json.end()
    }

    private func write(_ measurement: Measurement, to json: inout Writer) {
        json.startObject()
        json.key("name")
        json.string(measurement.name)
        json.key("unit")
        json.string(measurement.unit)
        json.key("runs")
        json.number(measurement.runs)
        json.key("median")
        json.number(Array(rounded(measurement.median).utf8)[...])
        json.key("p95")
        json.number(Array(rounded(measurement.p95).utf8)[...])
        json.end()
    }

    private func write(_ ratio: Ratio, to json: inout Writer) {
        json.startObject()
        json.key("name")
        json.string(ratio.name)
        json.key("value")
        json.number(Array(rounded(ratio.value).utf8)[...])
        json.key("budget")
        json.string(ratio.budget.words)
        json.key("isMet")
        json.boolean(ratio.isMet)
        json.end()
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension Ratio.Budget {
    var words: String {
        switch self {
        case .atMost(let most): "at most \(rounded(most))"
        case .atLeast(let least): "at least \(rounded(least))"
        }
    }
}

/// Two decimals; none where they would not be seen.
private func rounded(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = (value * 100).rounded()
    guard abs(hundredths) < 1e5 else { return "\(Int(value.rounded()))" }
    let whole = Int(hundredths)
    let rest = abs(whole % 100)
    return "\(whole / 100).\(rest < 10 ? "0" : "")\(rest)"
}
