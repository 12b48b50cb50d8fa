private import Diagnostics
package import Threads

extension Event {
    /// The event as one JSON object on one line: `ts`, `level`, `event`, then its fields in their order.
    package func line(at time: WallTime) -> [UInt8] {
        var line = Line()
        line.open()
        line.member("ts", text: time.text)
        line.member("level", text: level.name)
        let (kind, fields) = described
        line.member("event", text: kind.rawValue)
        for field in fields { line.member(field) }
        line.close()
        return line.bytes
    }
}

/// Writes one JSON object of text, numbers and flags. This room stands below the JSON room and needs no more.
private struct Line {
    /// No text of a line is longer, whatever a sender puts into its referentienummer.
    private static let limit = 200
    private(set) var bytes: [UInt8] = []

    mutating func open() { bytes.append(UInt8(ascii: "{")) }
    mutating func close() { bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")] }

    mutating func member(_ field: Field) {
        switch field.value {
        case .reference(let text), .word(let text): member(field.name, text: text)
        case .number(let number): member(field.name, literal: String(number))
        case .flag(let flag): member(field.name, literal: flag ? "true" : "false")
        case .duration(let duration): member("\(field.name)_ms", literal: milliseconds(duration))
        case .code(let code): member(field.name, text: code.description)
        case .words(let words): member(field.name, words: words)
        }
    }

    mutating func member(_ name: String, text: String) {
        begin(name)
        append(quoted: text)
    }

    private mutating func member(_ name: String, literal: String) {
        begin(name)
        bytes += literal.utf8
    }

    private mutating func member(_ name: String, words: [String]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, word) in words.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(quoted: word)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ name: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        append(quoted: name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Escapes what JSON must, and all else that is no printable ASCII and could upset a terminal.
    private mutating func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars.prefix(Self.limit) {
            switch scalar {
            case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
            case " "..."~": bytes.append(UInt8(scalar.value))
            default:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    bytes += "\\u".utf8
                    bytes += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
                    bytes += digits.utf8
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Milliseconds with microseconds as their fraction: `12.5`, `0.031`, `3`.
private func milliseconds(_ duration: Duration) -> String {
    let microseconds = duration.nanoseconds / 1000
    let whole = "\(microseconds < 0 ? "-" : "")\((microseconds / 1000).magnitude)"
    let fraction = (microseconds % 1000).magnitude
    guard fraction > 0 else { return whole }
    var digits = String(1000 + fraction).dropFirst()
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
}
