internal import Diagnostics
internal import HTTP
internal import Ledger
internal import Mapping
internal import Record
internal import StUF
internal import Telemetry
internal import Threads

extension Desk {
    /// Someone at the other end of a connection, and the bericht that was sent.
    struct Waiting: Sendable {
        let reading: Reading
        let exchange: Handover<Exchange>
    }

    /// What an answer means, for the log.
    enum Meaning {
        case confirmed, repeated, answered
        case refused(Code)
    }

    // MARK: The end of a kennisgeving

    /// Answers with how the deliveries ended, and writes the answer down: a repeat gets the same.
    ///
    /// What is still going on, or waits for a person, is confirmed: it is committed and nothing of it is lost.
    ///
    /// - Parameter isOwn: else it is how an earlier bericht ended, whose answer is not this one's.
    func conclude(
        _ progress: Progress, _ sequence: Int64, _ waiting: Waiting, isOwn: Bool = true,
        isRecorded: Bool = true
    ) {
        let reading = waiting.reading
        switch isOwn ? progress : progress.withoutReply {
        case .done(let reply?), .dead(_, let reply?), .refused(let reply?):
            guard let known = Reply(decoding: reply) else { return }
            send(known, waiting, .repeated)
        case .done(nil), .held, .open:
            guard let reply = reading.bevestiging else { return }
            let standing = isRecorded ? record(.acknowledged, reply, of: sequence) : reply
            send(standing, waiting, .confirmed)
        case .dead(let causes, nil):
            let cause = causes.first ?? Cause(StUFFailure(.stufOperationUnknown))
            let reply = reading.fault(Self.fault(cause))
            let standing = isRecorded ? record(.refused(cause), reply, of: sequence) : reply
            send(standing, waiting, .refused(Catalogue.code(cause.code) ?? .stufOperationUnknown))
        case .refused(nil):
            let cause = Cause(StUFFailure(.stufOperationUnknown))
            send(reading.fault(Self.fault(cause)), waiting, .refused(.stufOperationUnknown))
        }
    }

    /// StUF055 for what is wrong in the bericht, StUF019 for one that comes too late, StUF058 for what is wrong behind it.
    private static func fault(_ cause: Cause) -> Fout {
        if cause.code == Code.changeOlder.number { return Fout(.stuf019, details: cause.text) }
        if cause.code == Code.objectIsNotThere.number { return Fout(.stuf064, details: cause.text) }
        // What an API refuses is in the bericht; why it cannot be asked is not.
        let isInBericht = cause.code.hasPrefix("M2") || cause.code == Code.apiRefuses.number
        return Fout(isInBericht ? .stuf055 : .stuf058, details: cause.text)
    }

    /// - Returns: the answer that stands.
    private func record(_ answer: BerichtAnswer, _ reply: Reply, of sequence: Int64) -> Reply {
        do throws(LedgerFailure) {
            let standing = try ledger.answer(sequence, answer, with: reply.encoded(), now: time.wall())
            return Reply(decoding: standing) ?? reply
        } catch {
            // It is true all the same; a repeat will come to the same end.
            observer.observe(.internalFault(room: "Intake", code: error.code))
            return reply
        }
    }

    // MARK: Vragen

    /// Puts a vraag to the source and answers it. It changes nothing, so it is not kept.
    func ask(_ asked: Asked, _ waiting: Waiting) {
        let isTaken = questions.offer { [self] in
            do {
                let (antwoord, contents) = try answer(asked, waiting.reading)
                send(response(antwoord, contents), 200, waiting, .answered)
            } catch {
                let failure = error as? any Failure ?? LedgerFailure(.ledgerUnavailable, isPassing: true)
                send(waiting.reading.fault(failure), waiting, .refused(failure.code))
            }
        }
        if !isTaken { notNow(.full, waiting) }
    }

    private func answer(_ asked: Asked, _ reading: Reading) throws -> (Antwoord, Contents) {
        guard isAtRest(asked) else { throw StUFFailure(.writesOpen, isPassing: true) }
        let source = try source(asked.destination)
        let antwoord = try asked.reply(
            try asked.harvest(from: source), envelope: reading.header.envelope,
            isInParts: reading.arrival.dialect.multipart != nil, identity: reading.identity)
        var contents = Contents(ledger: ledger)
        // Said now: what has begun to be sent can only be broken off.
        for content in antwoord.contents { try contents.find(content, from: source) }
        return (antwoord, contents)
    }

    /// An answer with documents is sent while they are read, one piece in memory at a time.
    private func response(_ antwoord: Antwoord, _ contents: Contents) -> Response {
        let fields = [Field("Content-Type", antwoord.contentType)]
        guard !antwoord.contents.isEmpty else { return Response(.ok, fields: fields, body: antwoord.bytes) }
        let pieces = Monitor(Antwoord.Pieces(antwoord))
        return Response(
            .ok, fields: fields,
            content: .pieces { [self] ticket in
                _ = questions.offer {
                    // Of what cannot be read the reader sees that it is cut off.
                    guard let next = try? pieces.withLock({ try $0.next(contents.piece) }) else {
                        return ticket.bring(pieces.withLock { $0.isAtEnd } ? .end : .broken)
                    }
                    ticket.bring(.bytes(next))
                }
            })
    }

    private func source(_ destination: Route.Destination) throws(StUFFailure) -> any Source {
        guard case .api(let name) = destination else { return source }
        guard let api else { throw StUFFailure(.apiOutsideRoot, hint: "no destination serves `\(name)`") }
        return api
    }

    /// Waits, bounded, until nothing is on its way about the object that the vraag names: an answer is never older than
    /// what its zender wrote before.
    private func isAtRest(_ asked: Asked) -> Bool {
        guard let named = asked.named else { return true }
        let outcome = OneShot<Bool>()
        ledger.watch([named], target: asked.destination.name, within: settings.readYourWrites) {
            outcome.fulfil($0)
        }
        return outcome.wait() ?? false
    }

    // MARK: Sending

    /// The ledger cannot take it: the sender hears "not now" and repeats it.
    func notNow(_ failure: LedgerFailure, _ waiting: Waiting) {
        if failure.code == .ledgerFull { observer.observe(.queueFull(queue: "ledger")) }
        let reading = waiting.reading
        send(reading.fault(failure), waiting, .refused(failure.code))
    }

    func send(_ reply: Reply, _ waiting: Waiting, _ meaning: Meaning) {
        send(Response(reply), reply.status, waiting, meaning)
    }

    private func send(_ response: Response, _ status: Int, _ waiting: Waiting, _ meaning: Meaning) {
        let reading = waiting.reading
        let (number, code) = (reading.referentienummer, reading.berichtcode)
        switch meaning {
        case .confirmed, .answered:
            observer.observe(
                .berichtAnswered(
                    referentienummer: number, berichtcode: code,
                    took: time.instant() - reading.arrival.began))
        case .refused(let reason):
            observer.observe(
                .berichtRefused(referentienummer: number, berichtcode: code, code: reason, status: status))
        case .repeated: break
        }
        switch waiting.exchange.take() {
        case .some(let exchange): exchange.reply(response)
        case .none: break
        }
    }
}

/// Where the documents of an answer come from: pieces of the ledger, or an API that gave one whole.
private struct Contents: Sendable {
    let ledger: any Ledger
    private var whole: [Int64: [UInt8]] = [:]

    init(ledger: any Ledger) { self.ledger = ledger }

    /// Makes sure of one document before anything is sent.
    mutating func find(_ content: Record.Content, from source: any Source) throws {
        if let bytes = try source.content(content) {
            whole[content.id] = bytes
        } else if try piece(content.id, 0) == nil {
            throw StUFFailure(.stufContentNotStored)
        }
    }

    func piece(_ content: Int64, _ piece: Int) throws(StUFFailure) -> [UInt8]? {
        if let bytes = whole[content] { return piece == 0 ? bytes : nil }
        do throws(LedgerFailure) {
            return try ledger.content(content, piece: piece)
        } catch {
            throw StUFFailure(error.code, at: error.place, isPassing: error.isPassing)
        }
    }
}

extension Progress {
    fileprivate var withoutReply: Progress {
        switch self {
        case .done: .done(reply: nil)
        case .dead(let causes, _): .dead(causes, reply: nil)
        case .refused: .refused(reply: nil)
        case .held, .open: self
        }
    }
}
