#if DEBUG
private import Glibc
private import Synchronization

/// Places at which a test lets the process die, as if it was killed there:
/// `SLUIS_CRASH_AT=ledger.afterCommit` dies when the place is reached first,
/// `SLUIS_CRASH_AT=ledger.afterCommit:7` the seventh time.
///
/// In release builds there are none.
package enum CrashPoint {
    private struct Armed {
        var name: String
        var count: Int
    }

    private static let armed: Armed? = {
        guard let value = unsafe getenv("SLUIS_CRASH_AT") else { return nil }
        let parts = unsafe String(cString: value).split(separator: ":", maxSplits: 1)
        guard let name = parts.first else { return nil }
        return Armed(name: String(name), count: parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }()

    private static let reachedCount = Atomic<Int>(0)

    /// Dies here, at once and without a word, when this place is armed.
    package static func reached(_ name: String) {
        guard let armed, armed.name == name else { return }
        guard reachedCount.wrappingAdd(1, ordering: .relaxed).newValue == armed.count else { return }
        kill(getpid(), SIGKILL)
    }
}
#else
/// See the debug build.
package enum CrashPoint {
    @inline(__always) package static func reached(_ name: StaticString) {}
}
#endif
