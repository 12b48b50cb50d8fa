import Record

/// A table of codes compiled for one direction: bytes in, bytes out, over flat arrays.
struct CodeLookup: Sendable {
    struct Literal: Hashable, Sendable {
        var standing: Standing
        var bytes: [UInt8]
    }

    struct Entry: Sendable {
        var keyStart: Int32
        var keyCount: Int32
        var valueStart: Int32
        var valueCount: Int32
        var keyStanding: Standing
        var standing: Standing
    }

    let isAnyCase: Bool
    /// The entry of a pair that gives geenWaarde, also the other way.
    private var cleared: Int?
    /// Keys and values, one behind the other; keys in small letters when any case will do.
    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []
    /// Open addressing over ``entries``: index + 1, or 0. A power of two long; empty for a table that is
    /// searched from top to bottom.
    private var buckets: [Int32] = []

    init(isAnyCase: Bool) { self.isAnyCase = isAnyCase }

    /// The first meaning of a key counts.
    mutating func add(_ key: Literal, _ value: Literal, isPair: Bool) {
        if isPair, value.standing == .geenWaarde, cleared == nil { cleared = entries.count }
        let keyStart = bytes.count
        bytes += isAnyCase ? key.bytes.map(CodeLookup.lowered) : key.bytes
        let valueStart = bytes.count
        bytes += value.bytes
        entries.append(
            Entry(
                keyStart: Int32(keyStart), keyCount: Int32(key.bytes.count), valueStart: Int32(valueStart),
                valueCount: Int32(value.bytes.count), keyStanding: key.standing, standing: value.standing))
    }

    /// Makes a table that is too long to search from top to bottom quick to find in.
    mutating func seal() {
        guard entries.count > 8 else { return }
        var size = 16
        while size < entries.count * 2 { size *= 2 }
        buckets = Array(repeating: 0, count: size)
        for (index, entry) in entries.enumerated() where entry.keyStanding == .value {
            let key = bytes[Int(entry.keyStart)..<Int(entry.keyStart + entry.keyCount)]
            var place = hash(of: key) & (size - 1)
            while buckets[place] != 0 { place = (place + 1) & (size - 1) }
            buckets[place] = Int32(index + 1)
        }
    }

    /// The entry of a value.
    func entry(for key: ArraySlice<UInt8>) -> Entry? {
        guard !buckets.isEmpty else { return entries.first { $0.keyStanding == .value && matches($0, key) } }
        var place = hash(of: key) & (buckets.count - 1)
        while buckets[place] != 0 {
            let entry = entries[Int(buckets[place]) - 1]
            if matches(entry, key) { return entry }
            place = (place + 1) & (buckets.count - 1)
        }
        return nil
    }

    /// The entry of a kind of no value. An API writes geenWaarde as null or as an empty text; where the table itself
    /// gives geenWaarde, that is what every way of saying so becomes.
    func entry(for standing: Standing) -> Entry? {
        if let entry = entries.first(where: { $0.keyStanding == standing }) { return entry }
        guard standing.clears else { return nil }
        return entries.first { $0.keyStanding == .geenWaarde } ?? cleared.map { entries[$0] }
    }

    /// FNV-1a.
    private func hash(of key: ArraySlice<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key {
            hash = (hash ^ UInt64(isAnyCase ? CodeLookup.lowered(byte) : byte)) &* 0x100_0000_01b3
        }
        return Int(truncatingIfNeeded: hash >> 1)
    }

    private func matches(_ entry: Entry, _ key: ArraySlice<UInt8>) -> Bool {
        guard Int(entry.keyCount) == key.count else { return false }
        var place = Int(entry.keyStart)
        for byte in key {
            if bytes[place] != (isAnyCase ? CodeLookup.lowered(byte) : byte) { return false }
            place += 1
        }
        return true
    }

    /// Capitals of ASCII only: codes have no others.
    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
