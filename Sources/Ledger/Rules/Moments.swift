import Threads

extension WallTime {
    static func + (left: Self, right: Duration) -> Self {
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

    static func - (left: Self, right: Duration) -> Self { left + (.zero - right) }
}
