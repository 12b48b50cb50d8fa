private import Diagnostics
package import Threads

extension Event {
    /// The event as one JSON object on one line: `ts`, `level`, `event`, then its fields in their order.
    package func line(at time: WallTime) -> [UInt8] {
        var line = Line()
        line.open()
        line.member("ts", text: timestamp(time))
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

/// RFC 3339 in UTC, to the millisecond.
private func timestamp(_ time: WallTime) -> String {
    let (date, clock) = (civil(day: floorDivide(time.seconds, 86_400)), floorRemainder(time.seconds, 86_400))
    func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    let hour = "\(padded(clock / 3600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))"
    return "\(day)T\(hour).\(padded(Int64(time.nanoseconds / 1_000_000), 3))Z"
}

/// The date of a day counted from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
private func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

private func floorDivide(_ number: Int64, _ by: Int64) -> Int64 {
    number >= 0 ? number / by : (number + 1) / by - 1
}

private func floorRemainder(_ number: Int64, _ by: Int64) -> Int64 {
    number - floorDivide(number, by) * by
}
