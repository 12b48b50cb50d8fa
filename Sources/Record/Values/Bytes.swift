private import Diagnostics

/// Numbers and byte strings one after the other, as records and changes are stored.
package struct ByteWriter {
    package init() {}

    /// With room for so many bytes.
    package init(byteCount: Int) { bytes.reserveCapacity(byteCount) }

    package private(set) var bytes: [UInt8] = []

    package mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Seven bits a byte, the least significant first.
    package mutating func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func number(_ value: some BinaryInteger) { number(UInt64(truncatingIfNeeded: value)) }

    package mutating func string(_ value: some Collection<UInt8>) {
        number(value.count)
        bytes.append(contentsOf: value)
    }
}

/// Reads what ``ByteWriter`` wrote; bytes that it cannot have written are refused, whatever they are.
package struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var isAtEnd: Bool { position == bytes.count }

    package mutating func byte() throws(RecordFailure) -> UInt8 {
        guard position < bytes.count else { throw Self.failure(position) }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func number() throws(RecordFailure) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else { throw Self.failure(position) }
            value |= UInt64(next & 0x7F) << shift
            guard next >= 0x80 else { return value }
            shift += 7
        }
    }

    /// A number of things that each take at least one byte: never more than there are bytes left.
    package mutating func count() throws(RecordFailure) -> Int {
        let number = try number()
        guard number <= UInt64(bytes.count - position) else { throw Self.failure(position) }
        return Int(number)
    }

    package mutating func string() throws(RecordFailure) -> ArraySlice<UInt8> {
        let count = try count()
        defer { position += count }
        return bytes[position..<position + count]
    }

    package mutating func text() throws(RecordFailure) -> String {
        String(decoding: try string(), as: UTF8.self)
    }

    package func failure() -> RecordFailure { Self.failure(position) }

    private static func failure(_ position: Int) -> RecordFailure {
        RecordFailure(.encodingUnknown, at: "byte \(position)")
    }
}
