private import CLibPQ
private import Diagnostics
package import Threads

/// What one session told all that listen. Given at commit, never for a transaction that was undone.
package struct Notification: Sendable, Equatable {
    package var channel: String
    /// At most 8000 bytes; no place for personal data, as every session of the database may listen.
    package var payload: String

    package init(channel: String, payload: String) {
        self.channel = channel
        self.payload = payload
    }
}

extension Connection {
    /// Asks for the notifications of a channel; they come from the next commit on.
    package func listen(to channel: Identifier) throws(PostgresFailure) {
        try execute("LISTEN \(channel)")
    }

    /// Tells all that listen to `channel`, when the transaction commits.
    package func notify(_ channel: String, payload: String = "") throws(PostgresFailure) {
        try execute("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)])
    }

    /// The next notification, waiting for one.
    ///
    /// It is a hint that there may be work, never the work itself: what was told while nobody listened is
    /// gone, so look for work before the first wait and after every new connection.
    ///
    /// - Returns: nil when the deadline has passed or a stop was asked.
    /// - Throws: `P104` when the server is gone; a wait also finds that out.
    package func nextNotification(
        until deadline: Instant?, orStop stop: StopSignal? = nil
    ) throws(PostgresFailure) -> Notification? {
        while true {
            if let notification = takeNotification() { return notification }
            let socket = unsafe withSession { (session) in unsafe PQsocket(session) }
            guard socket >= 0 else { throw PostgresFailure(.connectionLost, subject: address) }
            guard Descriptor.wait(for: socket, .reading, until: deadline, orStop: stop) == .ready else {
                return nil
            }
            let isRead = unsafe withSession { (session) in unsafe PQconsumeInput(session) == 1 }
            guard isRead else { throw PostgresFailure(.connectionLost, subject: address) }
        }
    }

    private func takeNotification() -> Notification? {
        unsafe withSession { (session) -> Notification? in
            guard let notification = unsafe PQnotifies(session) else { return nil }
            defer { unsafe PQfreemem(notification) }
            return unsafe Notification(
                channel: notification.pointee.relname.map { unsafe String(cString: $0) } ?? "",
                payload: notification.pointee.extra.map { unsafe String(cString: $0) } ?? "")
        }
    }
}
