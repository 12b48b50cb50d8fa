package import Threads

/// Takes one request in, on the thread of the loop that owns the connection. Nothing in it may block.
///
/// The listener never holds a whole body: content is handed on as it arrives.
package protocol RequestHandler: AnyObject {
    /// Takes the next piece of the body; never empty. Whoever keeps the slice keeps the loop's whole buffer.
    func receive(_ chunk: ArraySlice<UInt8>) -> Flow

    /// The body is complete. Whoever takes the exchange answers, here or later, on any thread.
    func finish(_ exchange: consuming Exchange)

    /// The rest will not come: the connection broke, the time or the limit was reached. Called at most once, and
    /// never after `finish` or an answer.
    func abandon()
}

/// What a handler wants after a piece of the body.
package enum Flow: Sendable {
    case more
    /// Nothing until ``RequestContext/resume()``; the sender then feels that we do not read.
    case pause
    /// This answer, now; the rest of the body is not wanted and the connection ends.
    case answer(Response)
}

/// What is done with a request whose head is complete.
package enum Decision {
    /// The handler takes the body, of at most that many bytes (nil: the listener's limit), and answers.
    case handle(any RequestHandler, bodyByteCount: Int64?)
    /// Answered at once; a body is not read.
    case answer(Response)
}

/// Where a request comes from.
package struct RequestContext: Sendable {
    package let peer: Address
    private let resumeReading: @Sendable () -> Void

    package init(peer: Address, resume: @escaping @Sendable () -> Void) {
        self.peer = peer
        resumeReading = resume
    }

    /// Lets the body of this request come in again after ``Flow/pause``; from any thread, at any time.
    package func resume() { resumeReading() }
}

/// What is known of a request that is refused before anyone is asked about it.
package struct RefusedRequest: Sendable {
    /// The one that was asked for as far as it came, not decoded; empty when it is not known.
    package var path: ArraySlice<UInt8>
    /// Nil when it did not come as a whole, or was none.
    package var head: RequestHead?

    package init(path: ArraySlice<UInt8>, head: RequestHead? = nil) {
        self.path = path
        self.head = head
    }
}

/// Spells the answer to what is refused before anyone is asked about it: a head that is none, a body beyond its limit.
package typealias Refuser = @Sendable (HTTPFailure, RefusedRequest) -> Response

/// Decides about each request; called on the loops' threads, several at once.
package typealias Router = @Sendable (RequestHead, RequestContext) -> Decision

/// Collects a small body and hands it on as a whole.
package final class WholeBody: RequestHandler {
    private var bytes: [UInt8] = []
    private let complete: (_ body: [UInt8], _ exchange: consuming Exchange) -> Void

    package init(_ complete: @escaping (_ body: [UInt8], _ exchange: consuming Exchange) -> Void) {
        self.complete = complete
    }

    package func receive(_ chunk: ArraySlice<UInt8>) -> Flow {
        bytes += chunk
        return .more
    }

    package func finish(_ exchange: consuming Exchange) { complete(bytes, exchange) }
    package func abandon() {}
}
