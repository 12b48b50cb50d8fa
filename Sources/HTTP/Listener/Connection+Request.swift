private import Diagnostics
private import Telemetry
internal import Threads

extension Connection {
    // MARK: One request, from its head to its answer

    /// The head is complete: asks what to do with the request.
    func begin(_ head: RequestHead, hasMore: Bool) throws(HTTPFailure) {
        request += 1
        method = head.method
        self.head = head
        version = head.version
        keepsAlive = head.keepsAlive
        switch loop.router(head, context()) {
        case .answer(let response):
            // A body that nobody reads cannot be told from the next request.
            if head.framing != .none { keepsAlive = false }
            respond(response)
        case .handle(let handler, let limit):
            self.handler = handler
            let decoder = try BodyDecoder(
                head.framing, limit: limit ?? loop.limits.bodyByteCount, limits: loop.limits)
            guard head.framing != .none else { return finishBody() }
            self.decoder = decoder
            phase = .body
            bodyDeadline = loop.now + loop.limits.bodyTime
            waitForBody()
            if head.expectsContinue, !hasMore { output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        }
    }

    /// A piece of the body has come.
    func take(_ chunk: ArraySlice<UInt8>) {
        waitForBody()
        switch handler?.receive(chunk) {
        case .more, nil: break
        case .pause:
            isPaused = true
            pausedAt = loop.now
            deadline = nil
        case .answer(let response):
            handler = nil
            keepsAlive = false
            respond(response)
        }
    }

    /// The body is complete: the handler takes over.
    func finishBody() {
        let handler = handler
        self.handler = nil
        decoder = nil
        phase = .waiting
        deadline = nil
        let mailbox = loop.mailbox
        let id = id
        let request = request
        handler?.finish(Exchange { mailbox.post(.answer(connection: id, request: request, $0)) })
    }

    /// Someone answered a request of this connection.
    func answered(_ number: UInt64, _ response: Response) {
        guard number == request, phase == .waiting else { return }
        respond(response)
        drive()
    }

    /// Someone wants the body to come in again.
    func resume(_ number: UInt64) {
        guard number == request, isPaused else { return }
        isPaused = false
        if let pausedAt, let end = bodyDeadline { bodyDeadline = end + (loop.now - pausedAt) }
        waitForBody()
        // Even when nothing waits: the body may have ended where the handler paused.
        consumeInput()
        drive()
    }

    /// Answers a request that is no request, and ends the connection.
    func refuse(_ failure: HTTPFailure) {
        // Of a head that has not come as a whole there may be enough to know whom it was for.
        if phase == .head, refusedPath.isEmpty { refusedPath = HeadScanner.path(in: input[...]) }
        abandon()
        keepsAlive = false
        loop.observer.observe(.requestRefused(code: failure.code, status: failure.status.code))
        respond(loop.refuser(failure, RefusedRequest(path: head?.path ?? refusedPath, head: head)))
    }

    /// Tells a handler that waits for more that nothing more comes.
    func abandon() {
        let handler = handler
        self.handler = nil
        decoder = nil
        isPaused = false
        handler?.abandon()
    }

    private func context() -> RequestContext {
        let mailbox = loop.mailbox
        let id = id
        let request = request
        return RequestContext(peer: peer) { mailbox.post(.resume(connection: id, request: request)) }
    }

    private func waitForBody() {
        let next = loop.now + loop.limits.bodyPause
        deadline = bodyDeadline.map { min($0, next) } ?? next
    }

    // MARK: Writing

    /// Puts an answer behind what is still to be written.
    private func respond(_ response: Response) {
        if case .hangUp = response.body { return loop.close(self) }
        if loop.isDraining { keepsAlive = false }
        let hasBody = method != .head && !response.status.hasNoBody
        var isChunked = false
        if case .pieces = response.body, hasBody {
            isChunked = version == .http11
            if !isChunked { keepsAlive = false }
        }
        var head: [UInt8] = []
        head.reserveCapacity(512)
        ResponseWriter.write(response, date: loop.date, closes: !keepsAlive, isChunked: isChunked, to: &head)
        output.append(head)
        guard hasBody else { return endAnswer() }
        switch response.body {
        case .hangUp: break
        case .bytes(let bytes):
            output.append(bytes)
            endAnswer()
        case .pieces(let next):
            pieces = next
            piecesAreChunked = isChunked
            isPieceAsked = false
            phase = .streaming
            deadline = nil
        }
    }

    private func endAnswer() {
        phase = keepsAlive ? .idle : .closing
        deadline = loop.now + loop.limits.idleTime
    }

    /// Writes what the other side takes now.
    func flush() {
        while true {
            let (progress, isMoving) = output.write(to: socket)
            switch progress {
            case .broken: return loop.close(self)
            case .blocked:
                return waitForWriting(isMoving)
            case .finished:
                if isBlocked { unblock() }
                return phase == .streaming ? askForPiece() : afterFlush()
            }
        }
    }

    /// What there was is taken: only then is there memory for more.
    private func askForPiece() {
        guard !isPieceAsked, let pieces else { return }
        isPieceAsked = true
        let mailbox = loop.mailbox
        let id = id
        let request = request
        pieces(PieceTicket { mailbox.post(.piece(connection: id, request: request, $0)) })
    }

    /// Someone brought the next piece of an answer.
    func brought(_ piece: PieceTicket.Piece, for number: UInt64) {
        guard number == request, phase == .streaming, isPieceAsked else { return }
        isPieceAsked = false
        switch piece {
        case .bytes(let bytes): append(piece: bytes)
        case .end:
            pieces = nil
            if piecesAreChunked { output.append(Array("0\r\n\r\n".utf8)) }
            endAnswer()
        case .broken: return loop.close(self)
        }
        drive()
    }

    private func append(piece: [UInt8]) {
        guard piecesAreChunked else { return output.append(piece) }
        var chunk: [UInt8] = []
        chunk.reserveCapacity(piece.count + 16)
        ResponseWriter.writeChunk(piece, to: &chunk)
        output.append(chunk)
    }

    /// Everything is written: an ending connection now says so, and reads on for a while.
    private func afterFlush() {
        guard phase == .closing else { return }
        phase = .lingering
        input = []
        socket.shutdownWriting()
        deadline = loop.now + loop.limits.lingerTime
    }

    /// The other side took everything: what is waited for now follows from the phase again.
    private func unblock() {
        isBlocked = false
        switch phase {
        case .body: waitForBody()
        case .head: deadline = loop.now + loop.limits.headTime
        case .waiting, .streaming: deadline = nil
        case .idle, .closing, .lingering, .closed: deadline = loop.now + loop.limits.idleTime
        }
    }

    private func waitForWriting(_ isMoving: Bool) {
        if isMoving || !isBlocked { deadline = loop.now + loop.limits.writePause }
        isBlocked = true
    }
}
