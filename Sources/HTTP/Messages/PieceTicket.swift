private import Synchronization

/// The right to bring the next piece of an answer, once, from any thread.
///
/// One that is let go without a piece breaks the answer off, so that no reader waits for ever.
package final class PieceTicket: Sendable {
    package enum Piece: Sendable {
        case bytes([UInt8])
        case end
        /// It cannot go on: the connection is closed, by which the reader knows that something is missing.
        case broken
    }

    private let take: @Sendable (Piece) -> Void
    private let isUsed = Atomic(false)

    /// - Parameter take: called exactly once, by the thread that brings the piece.
    package init(_ take: @escaping @Sendable (Piece) -> Void) { self.take = take }

    package func bring(_ piece: Piece) {
        guard !isUsed.exchange(true, ordering: .relaxed) else { return }
        take(piece)
    }

    deinit { bring(.broken) }
}
