internal import Threads

/// What other threads have to say to a loop.
final class Mailbox: Sendable {
    enum Message: Sendable {
        /// The numbers say whom it is for: descriptors are used again, these never.
        case answer(connection: UInt64, request: UInt64, Response)
        case piece(connection: UInt64, request: UInt64, PieceTicket.Piece)
        case resume(connection: UInt64, request: UInt64)
        case drain(until: Instant)
    }

    private struct State: Sendable {
        var messages: [Message] = []
        var isAsleep = false
    }

    private let state = Monitor(State())
    private let waker: Waker

    init(waker: Waker) { self.waker = waker }

    /// Leaves a message and wakes the loop if it sleeps.
    func post(_ message: Message) {
        let mustWake = state.withLock { state in
            state.messages.append(message)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { waker.wake() }
    }

    func takeAll() -> [Message] {
        state.withLock { state in
            state.isAsleep = false
            let messages = state.messages
            state.messages = []
            return messages
        }
    }

    /// Announces that the loop is about to wait.
    ///
    /// - Returns: false when messages wait already.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.messages.isEmpty
            return state.isAsleep
        }
    }
}
