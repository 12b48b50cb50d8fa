private import Diagnostics
internal import HTTP
internal import Ledger
internal import StUF
internal import Threads

/// One large bericht on its way in: pieces come from a loop, a reader thread reads them and puts them in the ledger.
///
/// At most one thread works on it at a time; between pieces it occupies none.
final class Upload: Sendable {
    private struct Inbox: Sendable {
        var chunks: [[UInt8]] = []
        var byteCount = 0
        var isPaused = false
        /// A reader has it, or will have it.
        var isScheduled = false
        var exchange: Handover<Exchange>?
        var isAbandoned = false
    }

    /// What is being read; only the one thread that works on it comes here.
    private struct Work: ~Copyable {
        var reader: BerichtReader?
        var contents: StagedContents?
        var body: Pieces?
        /// Of a body in parts: then ``body`` is kept without the documents, which are parts themselves.
        var mtom: MTOMBody?
        var byteCount: Int64 = 0
        /// Why it cannot be read or kept.
        var failure: StUFFailure?
    }

    private let arrival: Arrival
    private let desk: Desk
    private let readers: Workers
    private let context: RequestContext
    private let inbox = Monitor(Inbox())
    private let work = Monitor(Work())

    init(_ arrival: Arrival, desk: Desk, readers: Workers, context: RequestContext) {
        self.arrival = arrival
        self.desk = desk
        self.readers = readers
        self.context = context
    }

    // MARK: From the loop

    /// Takes the next piece of the body.
    ///
    /// - Returns: whether there is room for more; else reading is resumed when there is.
    func add(_ chunk: [UInt8]) -> Bool {
        let hasRoom = inbox.update { inbox in
            inbox.chunks.append(chunk)
            inbox.byteCount += chunk.count
            inbox.isPaused = inbox.byteCount > desk.settings.lagByteCount
            return !inbox.isPaused
        }
        schedule()
        return hasRoom
    }

    /// The body is complete.
    func finish(_ exchange: Handover<Exchange>) {
        inbox.update { $0.exchange = exchange }
        schedule()
    }

    /// The rest will not come; what is in the ledger already is swept away later.
    func abandon() {
        inbox.update { inbox in
            inbox.isAbandoned = true
            inbox.chunks = []
        }
        schedule()
    }

    private func schedule() {
        let isNew = inbox.update { inbox in
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        guard isNew, !readers.offer({ self.run() }) else { return }
        // Too many are being read: the sender hears so when all has come in.
        let exchange = inbox.update { inbox in
            inbox.isScheduled = false
            inbox.chunks = []
            inbox.byteCount = 0
            inbox.isPaused = false
            return inbox.exchange.take()
        }
        work.withLock { $0.failure = StUFFailure(.stufContentNotStored, isPassing: true) }
        if let exchange { complete(exchange) }
        context.resume()
    }

    // MARK: On a reader thread

    private enum Next {
        case chunks([[UInt8]], resume: Bool)
        case complete(Handover<Exchange>)
        case nothing
        case end
    }

    private func run() {
        while true {
            switch next() {
            case .chunks(let chunks, let mustResume):
                if mustResume { context.resume() }
                for chunk in chunks { work.withLock { read(chunk, &$0) } }
            case .complete(let exchange): return complete(exchange)
            case .nothing: return
            case .end: return work.withLock { $0 = Work() }
            }
        }
    }

    private func next() -> Next {
        inbox.update { inbox in
            if inbox.isAbandoned { return .end }
            if !inbox.chunks.isEmpty {
                defer {
                    inbox.chunks = []
                    inbox.byteCount = 0
                    inbox.isPaused = false
                }
                return .chunks(inbox.chunks, resume: inbox.isPaused)
            }
            if let exchange = inbox.exchange.take() { return .complete(exchange) }
            inbox.isScheduled = false
            return .nothing
        }
    }

    /// Reads one piece, and keeps it: also what cannot be read is kept as it was received.
    private func read(_ chunk: [UInt8], _ work: inout Work) {
        work.byteCount += Int64(chunk.count)
        if work.failure == nil {
            do throws(StUFFailure) {
                try open(&work)
                if let contents = work.contents, work.mtom != nil {
                    try work.mtom?.feed(chunk[...], contents)
                } else {
                    try work.reader?.feed(chunk[...])
                }
            } catch {
                work.failure = error
            }
        }
        if let failure = work.failure, failure.isPassing { return }
        if arrival.dialect.multipart == nil { keep(chunk, &work) }
    }

    private func keep(_ chunk: [UInt8], _ work: inout Work) {
        do throws(LedgerFailure) {
            if work.body == nil {
                work.body = try Pieces(
                    desk.ledger, pieceByteCount: desk.settings.pieceByteCount, now: arrival.received)
            }
            try work.body?.write(chunk[...])
        } catch {
            work.failure = StUFFailure(.stufContentNotStored, hint: error.description, isPassing: true)
        }
    }

    private func open(_ work: inout Work) throws(StUFFailure) {
        guard work.contents == nil else { return }
        let contents = StagedContents(
            desk.ledger, hash: arrival.judge.hash, pieceByteCount: desk.settings.pieceByteCount,
            now: arrival.received)
        work.contents = contents
        if let type = arrival.dialect.multipart { work.mtom = try MTOMBody(type) }
        work.reader = try arrival.reader(contents)
    }

    private func complete(_ exchange: Handover<Exchange>) {
        let reading = work.withLock { work in
            let reading = end(&work)
            work = Work()
            return reading
        }
        desk.receive(reading, exchange)
    }

    /// All parts have come: now the bericht itself can be read, for it says which of them it holds.
    private func endParts(_ work: inout Work) {
        guard arrival.dialect.multipart != nil, work.failure == nil else { return }
        do throws(StUFFailure) {
            try open(&work)
            try work.mtom?.finish()
            try work.reader?.feed((work.mtom?.root ?? [])[...])
        } catch {
            work.failure = error
        }
        if work.failure?.isPassing != true { keep(work.mtom?.root ?? [], &work) }
    }

    private func end(_ work: inout Work) -> Reading {
        endParts(&work)
        var failure = work.failure
        do throws(LedgerFailure) {
            try work.body?.end()
        } catch {
            failure = StUFFailure(.stufContentNotStored, hint: error.description, isPassing: true)
        }
        let body = work.body.map { Entry.Body.upload($0.id) } ?? .bytes([])
        if let failure {
            let header = work.reader?.header ?? Header()
            let hash = work.reader?.contentHash ?? []
            return Reading(
                arrival, header, hash, .failure(failure), body, byteCount: work.byteCount,
                contents: work.contents?.ids ?? [])
        }
        let outcome: Result<Bericht, StUFFailure>
        do throws(StUFFailure) {
            try open(&work)
            guard let bericht = try work.reader?.finish() else {
                throw StUFFailure(.stufNoBericht)
            }
            outcome = .success(bericht)
        } catch {
            outcome = .failure(error)
        }
        return Reading(
            arrival, work.reader?.header ?? Header(), work.reader?.contentHash ?? [], outcome, body,
            byteCount: work.byteCount, contents: work.contents?.ids ?? [],
            digests: work.contents?.digests ?? [:])
    }
}
