internal import Threads

/// An answer: to a request, or from the other side of a call.
package struct Response: Sendable {
    /// What an answer carries.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces that are asked for one at a time, as fast as the reader takes them. Called on the loop's thread, where
        /// nothing may block: another thread brings the piece to the ticket.
        case pieces(@Sendable (PieceTicket) -> Void)
        /// No answer at all: the connection is closed, as by a server that dies. For stand-ins.
        case hangUp
    }

    package var status: Status
    /// Without Content-Length, Transfer-Encoding, Connection and Date: the listener writes those.
    package var fields: [Field]
    package var body: Body

    package init(_ status: Status, fields: [Field] = [], body: [UInt8] = []) {
        self.init(status, fields: fields, content: .bytes(body))
    }

    package init(_ status: Status, fields: [Field] = [], content: Body) {
        self.status = status
        self.fields = fields
        self.body = content
    }

    /// An answer in plain text, for the few that no form has words for.
    package init(_ status: Status, text: String) {
        self.init(
            status, fields: [Field("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    /// The body, when it is at hand as a whole; empty when it comes in pieces.
    package var bytes: [UInt8] {
        if case .bytes(let bytes) = body { return bytes }
        return []
    }

    /// The body as a whole, for whoever has no listener: waits for its pieces, as far as they come.
    package var whole: [UInt8] {
        guard case .pieces(let ask) = body else { return bytes }
        var all: [UInt8] = []
        while true {
            let next = OneShot<PieceTicket.Piece>()
            ask(PieceTicket { next.fulfil($0) })
            guard case .bytes(let bytes)? = next.wait(until: nil) else { return all }
            all += bytes
        }
    }
}
