/// The keys of the objects that are open, to find one that comes twice.
///
/// A few keys are compared by their hashes one by one; an object with many keys gets a set of its own. Hashes are
/// seeded per process, so that nobody can make keys that collide; two that do are told apart by their bytes.
struct Keys: Sendable {
    private struct Entry: Sendable {
        var hash: Int
        var key: ArraySlice<UInt8>
    }

    private struct Object: Sendable {
        var first: Int
        var many: Set<ArraySlice<UInt8>>?
    }

    private static let few = 40
    private var entries: [Entry] = []
    private var objects: [Object] = []

    mutating func open() { objects.append(Object(first: entries.count, many: nil)) }

    mutating func close() {
        guard let object = objects.popLast() else { return }
        entries.removeLast(entries.count - object.first)
    }

    /// - Returns: whether it was new.
    mutating func insert(_ key: ArraySlice<UInt8>) -> Bool {
        guard let last = objects.indices.last else { return true }
        if objects[last].many != nil { return objects[last].many?.insert(key).inserted ?? true }
        var hasher = Hasher()
        unsafe key.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        for entry in entries[objects[last].first...] where entry.hash == hash && entry.key == key {
            return false
        }
        entries.append(Entry(hash: hash, key: key))
        if entries.count - objects[last].first > Self.few {
            objects[last].many = Set(entries[objects[last].first...].map(\.key))
            entries.removeLast(entries.count - objects[last].first)
        }
        return true
    }
}
