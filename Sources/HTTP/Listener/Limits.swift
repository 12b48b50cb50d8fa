/// What a listener accepts and how long it waits.
package struct Limits: Sendable {
    /// Request line and fields together. Beyond: 431.
    package var headByteCount = 16 * 1024
    /// Fields of one head. Beyond: 431.
    package var fieldCount = 100
    /// The target. Beyond: 414.
    package var targetByteCount = 8 * 1024
    /// A body, decoded; a route may allow less or more. Beyond: 413.
    package var bodyByteCount: Int64 = 64 * 1024 * 1024

    /// Connections at the same time. Beyond: 503.
    package var connectionCount = 4096
    /// Connections at the same time from one address. Beyond: 503.
    package var connectionCountPerAddress = 1024

    /// From the first byte of a request until its head is complete. Beyond: 408.
    package var headTime = Duration.seconds(10)
    /// Between two pieces of a body. Beyond: 408.
    package var bodyPause = Duration.seconds(20)
    /// For a whole body; time in which we did not read does not count. Beyond: 408.
    package var bodyTime = Duration.seconds(300)
    /// Between two requests of a connection; then it is closed.
    package var idleTime = Duration.seconds(60)
    /// Between two pieces that the other side takes of an answer; then the connection is closed.
    package var writePause = Duration.seconds(30)
    /// How long what still comes in is read and dropped after an answer that ends the connection, so that the answer
    /// is not lost to a reset.
    package var lingerTime = Duration.seconds(2)

    package init() {}

    /// How often connections are looked at for their deadlines.
    var tick: Duration {
        let shortest = [headTime, bodyPause, bodyTime, idleTime, writePause, lingerTime].min() ?? .seconds(1)
        return max(.milliseconds(5), min(.seconds(1), shortest / 4))
    }
}
