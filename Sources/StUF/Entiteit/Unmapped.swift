/// Elements that a bericht has and the model does not know, with how often each was there: for `--loss`, never an
/// error.
package struct Unmapped: Sendable, Equatable {
    private static let limit = 32 * 1024

    package private(set) var counts: [String: Int] = [:]
    /// How many more there were than are kept by name.
    package private(set) var others = 0
    private var byteCount = 0

    package init() {}

    package var paths: [String] { counts.keys.sorted() }

    mutating func add(_ path: String) {
        if let count = counts[path] {
            counts[path] = count + 1
        } else if byteCount + path.utf8.count <= Self.limit {
            byteCount += path.utf8.count
            counts[path] = 1
        } else {
            others += 1
        }
    }

    mutating func add(_ other: Unmapped) {
        for (path, count) in other.counts {
            add(path)
            if counts[path] != nil { counts[path, default: 0] += count - 1 }
        }
        others += other.others
    }
}
