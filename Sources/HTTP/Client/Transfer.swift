internal import Diagnostics
internal import Threads

/// A call on its way from the thread that asks to the client's thread, and its answer back.
struct Job: Sendable {
    let request: Request
    let result = OneShot<Result<Response, HTTPFailure>>()

    func fail(_ code: Code, hint: String? = nil) {
        result.fulfil(
            .failure(HTTPFailure(code, at: "\(request.method.rawValue) \(request.destination)", hint: hint)))
    }
}

/// What libcurl tells about one call; owned by the client's thread.
final class Transfer {
    let job: Job
    private var fields: [Field] = []
    private var body: [UInt8] = []
    private var headByteCount = 0
    private(set) var isTooLarge = false
    /// How often the request was about to be written.
    private var attempts = 0

    init(_ job: Job) { self.job = job }

    var wasSent: Bool { attempts > 0 }

    /// Takes one line of the answer's head. Each status line starts a new answer: 100 comes before the real one, and
    /// they share one limit, so that a server cannot go on with them.
    ///
    /// - Returns: false when it is too much.
    func takeLine(_ line: UnsafeRawBufferPointer) -> Bool {
        headByteCount += line.count
        guard headByteCount <= job.request.responseHeadByteCount, fields.count < 200 else {
            isTooLarge = true
            return false
        }
        let text = unsafe String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") { fields = [] }
        guard let colon = text.firstIndex(of: ":") else { return true }
        let value = text[text.index(after: colon)...].drop(while: \.isWhitespace)
        let end = value.lastIndex { !$0.isWhitespace }.map(value.index(after:)) ?? value.startIndex
        fields.append(Field(String(text[..<colon]), String(value[..<end])))
        return true
    }

    /// Takes a piece of the answer's body.
    ///
    /// - Returns: false when it is too much.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= job.request.responseByteCount - body.count else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: bytes)
        return true
    }

    /// Whether the request may be written now. A second time only when doing it twice is doing it once: libcurl
    /// repeats by itself what got no answer on a connection that was used before, though the other side may have
    /// done it.
    func maySend() -> Bool {
        attempts += 1
        switch job.request.method {
        case .post, .patch: return attempts == 1
        case .get, .head, .put, .delete, .options, .trace, .query: return true
        }
    }

    func succeed(status: Int) {
        job.result.fulfil(.success(Response(Status(status), fields: fields, body: body)))
    }
}
