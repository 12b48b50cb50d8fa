private import Diagnostics

/// Parameters in the server's binary form (an untyped one as text), one after the other in one array of bytes that is used again and
/// again.
@safe struct ParameterBuffer: ~Copyable {
    private(set) var types: [UInt32] = []
    private var bytes: [UInt8] = []
    /// Where each value starts; -1 for NULL.
    private var starts: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    /// Filled anew for each call; kept for its capacity.
    private var values: [UnsafePointer<CChar>?] = unsafe []

    /// Replaces what the buffer held.
    mutating func fill(_ parameters: [Parameter]) throws(PostgresFailure) {
        removeAll()
        // A server takes at most this many; the wire has two bytes for the count.
        guard parameters.count <= 65_535 else { throw PostgresFailure(.parametersUnexpected) }
        for parameter in parameters {
            let start = bytes.count
            types.append(parameter.type.oid)
            bytes.append(binary: parameter)
            starts.append(parameter.value == nil ? -1 : start)
            guard let length = Int32(exactly: bytes.count - start) else {
                removeAll()
                bytes = []
                throw PostgresFailure(.parametersUnexpected)
            }
            lengths.append(length)
            formats.append(parameter.type == .untyped ? 0 : 1)
        }
    }

    private mutating func removeAll() {
        types.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        // One large document must not stay in memory until the connection closes.
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
        // So that the address of an empty value is never nil, which would mean NULL.
        bytes.append(0)
    }

    /// What libpq asks for; the pointers are good within `body` only, and libpq copies what it needs.
    @unsafe struct Pointers {
        let count: Int32
        let types: UnsafePointer<UInt32>?
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    mutating func withPointers<Result>(_ body: (Pointers) -> Result) -> Result {
        let (types, bytes, starts, lengths, formats) = (types, bytes, starts, lengths, formats)
        return unsafe bytes.withUnsafeBytes { raw in
            unsafe values.removeAll(keepingCapacity: true)
            let base = unsafe raw.assumingMemoryBound(to: CChar.self).baseAddress
            for start in starts {
                unsafe values.append(start < 0 ? nil : base.map { unsafe $0 + start })
            }
            return unsafe types.withUnsafeBufferPointer { types in
                unsafe values.withUnsafeBufferPointer { values in
                    unsafe lengths.withUnsafeBufferPointer { lengths in
                        unsafe formats.withUnsafeBufferPointer { formats in
                            unsafe body(
                                Pointers(
                                    count: Int32(truncatingIfNeeded: types.count),
                                    types: types.baseAddress, values: values.baseAddress,
                                    lengths: lengths.baseAddress, formats: formats.baseAddress))
                        }
                    }
                }
            }
        }
    }
}

/// The server's binary forms ("send" and "recv" functions of each type).
extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        let width = type(of: value).bitWidth
        var shift = width - 8
        while shift >= 0 {
            append(UInt8(truncatingIfNeeded: value >> shift))
            shift -= 8
        }
    }

    /// Nothing for NULL.
    mutating func append(binary parameter: Parameter) {
        switch parameter.value {
        case nil: break
        case .bool(let value): append(value ? 1 : 0)
        case .int(let value): append(bigEndian: value)
        case .double(let value): append(bigEndian: value.bitPattern)
        case .text(let value): append(contentsOf: value.utf8)
        case .bytes(let value): append(contentsOf: value)
        // libpq reads a text form up to its NUL.
        case .untyped(let value): append(contentsOf: value.prefix { $0 != 0 } + [0])
        case .timestamp(let value): append(bigEndian: value &- postgresEpoch)
        case .ints(let values):
            append(array: values, of: .int8) { bytes, value in
                bytes.append(bigEndian: Int32(8))
                bytes.append(bigEndian: value)
            }
        case .texts(let values):
            append(array: values, of: .text) { bytes, value in bytes.append(element: value?.utf8) }
        case .byteStrings(let values):
            append(array: values, of: .bytea) { bytes, value in bytes.append(element: value) }
        }
    }

    private mutating func append(element: (some Collection<UInt8>)?) {
        guard let element else {
            append(bigEndian: Int32(-1))
            return
        }
        append(bigEndian: Int32(truncatingIfNeeded: element.count))
        append(contentsOf: element)
    }

    /// `array_send`: dimensions, whether NULLs occur, element type; then length and lower bound of the
    /// dimension.
    private mutating func append<Value>(
        array values: [Value], of type: PostgresType, element: (inout Self, Value) -> Void
    ) {
        append(bigEndian: Int32(values.isEmpty ? 0 : 1))
        append(bigEndian: Int32(1))
        append(bigEndian: type.oid)
        guard !values.isEmpty else { return }
        append(bigEndian: Int32(truncatingIfNeeded: values.count))
        append(bigEndian: Int32(1))
        for value in values { element(&self, value) }
    }
}
