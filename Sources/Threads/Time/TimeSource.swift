private import CLinux
private import Glibc

/// A moment on the wall clock, in UTC.
package struct WallTime: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z.
    package var seconds: Int64
    /// 0 to 999 999 999.
    package var nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    package static var now: WallTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    /// Whether the kernel knows its clock to be kept by a time server.
    package static var isSynchronised: Bool { sluis_clock_is_synchronised() != 0 }

    package static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    package static func + (left: Self, right: Duration) -> Self {
        let (seconds, nanoseconds) = right.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var sum = WallTime(
            seconds: left.seconds &+ seconds, nanoseconds: left.nanoseconds &+ Int32(nanoseconds))
        if sum.nanoseconds >= 1_000_000_000 {
            sum.seconds &+= 1
            sum.nanoseconds -= 1_000_000_000
        } else if sum.nanoseconds < 0 {
            sum.seconds &-= 1
            sum.nanoseconds += 1_000_000_000
        }
        return sum
    }

    package static func - (left: Self, right: Duration) -> Self { left + (.zero - right) }
}

/// Where a room reads the time: the machine's clocks, or those of a test or a replay.
package struct TimeSource: Sendable {
    /// The monotone clock.
    package var instant: @Sendable () -> Instant
    /// The date and time of day.
    package var wall: @Sendable () -> WallTime

    package init(instant: @escaping @Sendable () -> Instant, wall: @escaping @Sendable () -> WallTime) {
        self.instant = instant
        self.wall = wall
    }

    package static let system = TimeSource(instant: { .now }, wall: { .now })

    /// A time that stands still.
    package static func fixed(_ wall: WallTime) -> TimeSource {
        TimeSource(instant: { Instant(nanoseconds: 0) }, wall: { wall })
    }
}
