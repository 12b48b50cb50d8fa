/// An answer: to a request, or from the other side of a call.
package struct Response: Sendable {
    /// What an answer carries.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces that the loop asks for, one at a time, as fast as the reader takes them; nil is the end.
        /// Called on the loop's thread: it must not block.
        case pieces(@Sendable () -> [UInt8]?)
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
}
