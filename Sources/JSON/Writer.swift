/// Writes a JSON document as UTF-8 bytes, compact or with an indentation of two spaces.
///
/// The order of keys is the caller's. Commas, colons and line feeds come by themselves.
package struct Writer: Sendable {
    private struct Level: Sendable {
        var isObject: Bool
        var isEmpty = true
    }

    package private(set) var bytes: [UInt8] = []
    private var open: [Level] = []
    private var isBehindKey = false
    private let isPretty: Bool

    package init(isPretty: Bool = false) {
        self.isPretty = isPretty
        bytes.reserveCapacity(1024)
        open.reserveCapacity(8)
    }

    package mutating func startObject() { start(UInt8(ascii: "{"), isObject: true) }
    package mutating func startArray() { start(UInt8(ascii: "["), isObject: false) }

    /// Ends the object or array that was started last.
    package mutating func end() {
        guard let level = open.popLast() else { return }
        if isPretty, !level.isEmpty { newLine() }
        bytes.append(level.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        if isPretty, open.isEmpty { bytes.append(0x0A) }
    }

    package mutating func key(_ key: [UInt8]) { self.key(key[...]) }
    package mutating func key(_ key: ArraySlice<UInt8>) {
        unsafe key.withUnsafeBufferPointer { unsafe writeKey($0) }
    }

    package mutating func key(_ key: String) {
        var key = key
        key.withUTF8 { unsafe writeKey($0) }
    }

    /// - Parameter text: UTF-8.
    package mutating func string(_ text: [UInt8]) { string(text[...]) }

    package mutating func string(_ text: ArraySlice<UInt8>) {
        separate()
        unsafe text.withUnsafeBufferPointer { unsafe quote($0) }
    }

    package mutating func string(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { unsafe quote($0) }
    }

    /// - Parameter text: a number as JSON spells it; not checked.
    package mutating func number(_ text: ArraySlice<UInt8>) {
        separate()
        bytes += text
    }

    package mutating func number(_ value: Int) { number(Array(String(value).utf8)[...]) }

    package mutating func boolean(_ value: Bool) {
        separate()
        bytes += Array((value ? "true" : "false").utf8)
    }

    package mutating func null() {
        separate()
        bytes += Array("null".utf8)
    }

    /// Puts a whole value, already written compactly, in this place; not checked.
    package mutating func raw(_ json: [UInt8]) {
        separate()
        bytes += json
    }

    private mutating func start(_ bracket: UInt8, isObject: Bool) {
        separate()
        bytes.append(bracket)
        open.append(Level(isObject: isObject))
    }

    private mutating func separate() {
        guard !isBehindKey else { return isBehindKey = false }
        guard let last = open.indices.last else { return }
        if !open[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[last].isEmpty = false
        if isPretty { newLine() }
    }

    private mutating func newLine() {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * open.count))
    }

    private mutating func writeKey(_ key: UnsafeBufferPointer<UInt8>) {
        separate()
        unsafe quote(key)
        bytes.append(UInt8(ascii: ":"))
        if isPretty { bytes.append(0x20) }
        isBehindKey = true
    }

    /// Appends whole stretches; only what must be escaped goes byte by byte.
    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<text.count {
            let byte = unsafe text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
            escape(byte)
            start = index + 1
        }
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            bytes += [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), byte >> 4 + UInt8(ascii: "0")]
            bytes.append(byte & 15 < 10 ? byte & 15 + UInt8(ascii: "0") : byte & 15 - 10 + UInt8(ascii: "a"))
        default: bytes.append(byte)
        }
    }
}
