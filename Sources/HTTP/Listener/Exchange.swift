private import Diagnostics
private import Synchronization

/// The right to answer one request, once, from any thread.
///
/// One that is let go without an answer answers 500, so that no sender waits for ever.
package struct Exchange: ~Copyable, Sendable {
    private let ticket: Ticket

    /// - Parameter answer: called exactly once, by the thread that answers.
    package init(_ answer: @escaping @Sendable (Response) -> Void) {
        ticket = Ticket(answer)
    }

    package consuming func reply(_ response: Response) {
        ticket.use(response)
    }
}

/// What an exchange owns; a class because a struct with a `deinit` cannot give up what it holds.
private final class Ticket: Sendable {
    private let answer: @Sendable (Response) -> Void
    private let isUsed = Atomic(false)

    init(_ answer: @escaping @Sendable (Response) -> Void) { self.answer = answer }

    func use(_ response: Response) {
        guard !isUsed.exchange(true, ordering: .relaxed) else { return }
        answer(response)
    }

    deinit { use(HTTPFailure(.requestUnanswered).response) }
}
