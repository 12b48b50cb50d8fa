internal import Diagnostics
internal import HTTP
internal import Ledger
internal import Mapping
internal import Record
internal import StUF
internal import Telemetry
internal import Threads

/// Takes a bericht from its last byte to its answer. Blocks nobody: what waits does so in the ledger, or on the desk's
/// own threads.
final class Desk: Sendable {
    let ledger: any Ledger
    let settings: Endpoint.Settings
    let observer: Observer
    let time: TimeSource
    let source: any Source
    let api: (any Source)?
    let questions: Workers
    let answers: Workers
    private let patience: Patience
    let expand: @Sendable (Expansion, String) -> Void

    init(
        ledger: any Ledger, source: any Source, api: (any Source)?, questions: Workers, answers: Workers,
        patience: Patience,
        settings: Endpoint.Settings, observer: Observer, time: TimeSource,
        expand: @escaping @Sendable (Expansion, String) -> Void
    ) {
        self.ledger = ledger
        self.source = source
        self.api = api
        self.questions = questions
        self.answers = answers
        self.patience = patience
        self.settings = settings
        self.observer = observer
        self.time = time
        self.expand = expand
    }

    /// A request that is over the limit, of which nothing was kept.
    func tooLarge(_ dialect: Dialect) -> Response {
        let failure = StUFFailure(.stufBodyTooLarge)
        let response = refused(failure, .contentTooLarge, dialect)
        observer.observe(
            .berichtRefused(
                referentienummer: "", berichtcode: "", code: failure.code, status: response.status.code))
        return response
    }

    /// Refuses a request before its bericht was read: with the fault that its sender looks for, and the status of HTTP
    /// that says how far it came.
    ///
    /// - Parameters:
    ///   - dialect: nil when the head does not say it.
    ///   - root: of a bericht that is sent to the same address, to know whether the sender waits for the effect.
    func refused(
        _ failure: any Failure, _ status: Status, _ dialect: Dialect?, root: String? = nil
    ) -> Response {
        var header = Header()
        header.envelope = dialect?.envelope ?? .soap11
        header.soapAction = dialect?.soapAction.map { $0.replacing("\"", with: "") }
        header.root = root ?? ""
        let code = header.refusal
        let identity = Stuurgegevens.Identity(answering: header, content: [], received: time.wall())
        var reply = BerichtWriter(envelope: header.envelope).fout(
            Fout(failure, as: code), as: code, to: header, identity: identity)
        reply.status = status.code
        return Response(reply)
    }

    /// The bericht is complete.
    func receive(_ reading: Reading, _ exchange: Handover<Exchange>) {
        observer.observe(
            .berichtReceived(
                referentienummer: reading.referentienummer, berichtcode: reading.berichtcode,
                byteCount: Int(reading.byteCount)))
        let waiting = Waiting(reading: reading, exchange: exchange)
        do {
            let bericht = try reading.outcome.get()
            let decision = try reading.arrival.judge.decide(
                bericht, received: reading.arrival.received, content: { reading.digests[$0.id] ?? [] })
            switch decision {
            case .accepted(let accepted):
                try check(reading, accepted.route)
                keep(accepted, waiting)
            case .question(let asked):
                try check(reading, asked.route)
                ask(asked, waiting)
            case .noted: note(waiting)
            case .confirmed:
                if let reply = reading.bevestiging { send(reply, waiting, .confirmed) }
            }
        } catch let failure as any Failure {
            refuse(failure, waiting)
        } catch {
            refuse(StUFFailure(.stufNoBericht), waiting)
        }
    }

    // MARK: Refused

    /// Answers with a fault. What was a bericht at all is kept as it came in, unless the trouble is only that it cannot
    /// be kept now.
    private func refuse(_ failure: any Failure, _ waiting: Waiting) {
        let reading = waiting.reading
        let fault = reading.fault(failure)
        guard reading.header.isBericht, !failure.isPassing else {
            return send(fault, waiting, .refused(failure.code))
        }
        let cause = Cause(Told(failure, by: reading.arrival.judge.rulebook))
        let entry = entry(reading, nil, refusal: cause, reply: fault)
        patience.keep(entry) { [self] result in
            switch result {
            case .success(.stored), .success(.retried): send(fault, waiting, .refused(failure.code))
            // What could not be read to its end can be compared with no earlier bericht.
            case .success where !reading.isRead: send(fault, waiting, .refused(failure.code))
            case .success(let receipt): settle(receipt, waiting, nil)
            case .failure(let failure): notNow(failure, waiting)
            }
        }
    }

    // MARK: Accepted

    private func keep(_ accepted: Accepted, _ waiting: Waiting) {
        let reading = waiting.reading
        let early = accepted.route.reply == .afterStore ? reading.bevestiging : nil
        let entry = entry(reading, accepted, refusal: nil, reply: early)
        CrashPoint.reached("intake.afterAccept")
        patience.keep(entry) { [self] result in
            switch result {
            case .success(let receipt): settle(receipt, waiting, accepted)
            case .failure(let failure): notNow(failure, waiting)
            }
        }
    }

    /// Keeps what goes nowhere, and confirms it.
    private func note(_ waiting: Waiting) {
        let reading = waiting.reading
        let entry = entry(reading, nil, refusal: nil, reply: reading.bevestiging)
        patience.keep(entry) { [self] result in
            switch result {
            case .success(.stored(let sequence)), .success(.retried(let sequence)):
                expand(Expansion(sequence: sequence, deliveries: []), reading.referentienummer)
                if let reply = reading.bevestiging { send(reply, waiting, .confirmed) }
            case .success(let receipt): settle(receipt, waiting, nil)
            case .failure(let failure): notNow(failure, waiting)
            }
        }
    }

    private func entry(
        _ reading: Reading, _ accepted: Accepted?, refusal: Cause?, reply: Reply?
    ) -> Entry {
        var entry = Entry(
            reading.header, content: reading.contentHash, accepted, refusal: refusal,
            judge: reading.arrival.judge, received: reading.arrival.received, body: reading.body,
            contents: reading.contents, reply: reply?.encoded())
        // One without a number can be no repeat: it is kept under the number of our answer.
        if entry.referentienummer.isEmpty { entry.referentienummer = reading.identity.referentienummer }
        return entry
    }

    /// The ledger has said what became of it. On a thread of the ledger.
    private func settle(_ receipt: Receipt, _ waiting: Waiting, _ accepted: Accepted?) {
        let reading = waiting.reading
        switch receipt {
        case .stored(let sequence), .retried(let sequence):
            observer.observe(
                .berichtAccepted(
                    referentienummer: reading.referentienummer, berichtcode: reading.berichtcode,
                    took: time.instant() - reading.arrival.began))
            guard let accepted else { return }
            expand(
                Expansion(sequence: sequence, deliveries: accepted.deliveries(sequence)),
                reading.referentienummer)
            follow(sequence, for: sequence, waiting, accepted.route.reply)
        case .duplicate(let sequence, _, let reply): repeated(reply, sequence, waiting, accepted)
        case .underWay(let sequence): repeated(nil, sequence, waiting, accepted)
        case .redriven(let sequence, let reply): repeated(reply, sequence, waiting, accepted)
        case .known(let sequence, let first, _):
            observeDuplicate(reading)
            follow(first, for: sequence, waiting, accepted?.route.reply)
        case .differs:
            let failure = StUFFailure(.stufReferentienummerReused)
            send(reading.fault(failure), waiting, .refused(failure.code))
        case .conflicts(let sequence, let first):
            conclude(.dead([Self.conflict(first)], reply: nil), sequence, waiting)
        }
    }

    private static func conflict(_ first: Int64) -> Cause {
        Cause(LedgerFailure(.objectExists, hint: "bericht \(first) created it with other values"))
    }

    /// It came before: the same answer, which may have to be waited for.
    private func repeated(_ reply: [UInt8]?, _ sequence: Int64, _ waiting: Waiting, _ accepted: Accepted?) {
        observeDuplicate(waiting.reading)
        if let reply = reply.flatMap(Reply.init(decoding:)) { return send(reply, waiting, .repeated) }
        let policy = accepted.map(\.route.reply)
        follow(sequence, for: sequence, waiting, policy == .afterStore ? nil : policy)
    }

    /// Answers as the route says: now, or when the deliveries of `watched` have come to an end.
    private func follow(
        _ watched: Int64, for sequence: Int64, _ waiting: Waiting, _ policy: Route.Reply?
    ) {
        let within: Duration
        switch policy {
        case .afterStore:
            guard let reply = waiting.reading.bevestiging else { return }
            return send(reply, waiting, .confirmed)
        case .afterEffect(let time): within = time
        case nil: within = settings.join
        }
        ledger.watch(watched, within: within) { [self] progress in
            // Writing the answer down blocks, and this thread is the ledger's.
            let isOwn = watched == sequence
            if !answers.offer({ self.conclude(progress, sequence, waiting, isOwn: isOwn) }) {
                conclude(progress, sequence, waiting, isOwn: isOwn, isRecorded: false)
            }
        }
    }

    private func observeDuplicate(_ reading: Reading) {
        observer.observe(
            .berichtDuplicate(
                referentienummer: reading.referentienummer, berichtcode: reading.berichtcode))
    }
}
