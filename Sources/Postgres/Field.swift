/// The bytes of one field in the server's binary form, borrowed from its ``Rows``.
///
/// Each reader gives nil where the type or the length is another than it reads. Safe, because only ``Row``
/// makes one, and holds on to the rows for as long as it reads.
@safe struct Field {
    let type: PostgresType
    let bytes: UnsafeBufferPointer<UInt8>

    static func int(_ field: Field) -> Int64? {
        switch field.type {
        case .int8: field.bigEndian(Int64.self)
        case .int4: field.bigEndian(Int32.self).map(Int64.init)
        case .int2: field.bigEndian(Int16.self).map(Int64.init)
        case .oid: field.bigEndian(UInt32.self).map(Int64.init)
        default: nil
        }
    }

    static func bool(_ field: Field) -> Bool? {
        unsafe field.type == .bool && field.bytes.count == 1 ? field.bytes[0] != 0 : nil
    }

    static func double(_ field: Field) -> Double? {
        switch field.type {
        case .float8: field.bigEndian(UInt64.self).map(Double.init(bitPattern:))
        case .float4: field.bigEndian(UInt32.self).map { Double(Float(bitPattern: $0)) }
        default: nil
        }
    }

    static func timestamp(_ field: Field) -> Int64? {
        switch field.type {
        // The ends of the scale stand for "infinity"; they stay the ends.
        case .timestamptz, .timestamp:
            field.bigEndian(Int64.self).map { $0.addingReportingOverflow(postgresEpoch) }
                .map { $0.overflow ? .max : $0.partialValue }
        default: nil
        }
    }

    static func bytes(_ field: Field) -> [UInt8]? { unsafe Array(field.bytes) }

    static func text(_ field: Field) -> String? {
        switch field.type {
        case .text, .varchar, .bpchar, .name, .json, .xml, .unknown:
            unsafe String(decoding: field.bytes, as: UTF8.self)
        // A version number stands in front.
        case .jsonb: unsafe String(decoding: field.bytes.dropFirst(), as: UTF8.self)
        default: nil
        }
    }

    static func ints(_ field: Field) -> [Int64]? { field.elements(of: [.int8, .int4], Field.int) }
    static func texts(_ field: Field) -> [String]? { field.elements(of: [.text, .varchar], Field.text) }
    static func byteStrings(_ field: Field) -> [[UInt8]]? { field.elements(of: [.bytea], Field.bytes) }

    private func bigEndian<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        guard unsafe bytes.count == MemoryLayout<Value>.size else { return nil }
        return unsafe UnsafeRawBufferPointer(bytes).loadUnaligned(as: Value.self).bigEndian
    }

    /// `array_send`, of no or one dimension and without NULLs.
    private func elements<Element>(
        of types: [PostgresType], _ read: (Field) -> Element?
    ) -> [Element]? {
        var rest = unsafe bytes[...]
        /// Takes so many bytes off the front.
        func take(_ count: Int) -> UnsafeBufferPointer<UInt8>? {
            guard count >= 0, unsafe rest.count >= count else { return nil }
            defer { unsafe rest = rest.dropFirst(count) }
            return unsafe UnsafeBufferPointer(rebasing: rest.prefix(count))
        }
        func number() -> Int? {
            guard let bytes = unsafe take(4) else { return nil }
            return unsafe Field(type: .int4, bytes: bytes).bigEndian(Int32.self).map(Int.init)
        }
        guard let dimensions = number(), number() != nil, let oid = number(),
            let type = types.first(where: { Int($0.oid) == oid })
        else { return nil }
        guard dimensions == 1 else { return dimensions == 0 ? [] : nil }
        guard let count = number(), number() != nil else { return nil }
        var elements: [Element] = []
        for _ in 0..<max(count, 0) {
            guard let length = number(), let bytes = unsafe take(length),
                let element = unsafe read(Field(type: type, bytes: bytes))
            else { return nil }
            elements.append(element)
        }
        return elements
    }
}
