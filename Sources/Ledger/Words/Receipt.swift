/// What became of a bericht that was offered to ``Inbox/keep(_:done:)``.
package enum Receipt: Sendable, Equatable {
    /// New, and committed under this sequence number. An accepted one goes on to ``Outbox/expand(_:now:)``.
    case stored(Int64)
    /// Known with this content, and answered before: the same answer again. Nothing was stored.
    case duplicate(Int64, state: BerichtState, reply: [UInt8])
    /// Known with this content, not answered yet: join it with ``Outbox/watch(_:within:done:)``.
    case underWay(Int64)
    /// It was refused before and is committed anew as an attempt under this sequence number; goes on as
    /// ``stored(_:)``.
    case retried(Int64)
    /// It died before; its deliveries wait again. The answer it got stands; without one, join it.
    case redriven(Int64, reply: [UInt8]?)
    /// The referentienummer is in use for other content (`Fo03` StUF016). Nothing was stored.
    case differs(Int64)
    /// A new referentienummer for an object that an earlier bericht created with an equal record. Stored
    /// under `sequence`, and needs no deliveries: it shares the fate of `first`, which is joined when it has
    /// no reply.
    case known(Int64, first: Int64, state: BerichtState)
    /// A new referentienummer for an object that an earlier bericht created with another record: stored under
    /// `sequence` as refused; say the answer with ``Inbox/answer(_:_:with:now:)``.
    case conflicts(Int64, first: Int64)

    /// The sequence number of the bericht itself.
    package var sequence: Int64 {
        switch self {
        case .stored(let sequence), .underWay(let sequence), .retried(let sequence), .differs(let sequence),
            .duplicate(let sequence, _, _), .redriven(let sequence, _), .known(let sequence, _, _),
            .conflicts(let sequence, _):
            sequence
        }
    }
}
