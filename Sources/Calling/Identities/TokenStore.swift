private import Crypto
private import Diagnostics
internal import HTTP
private import JSON
internal import Threads

/// Asks for tokens by client credentials (RFC 6749, 4.4) and keeps the last one until shortly before it ends.
final class TokenStore: Sendable {
    private struct Token: Sendable {
        var text: String
        var end: Instant
    }

    /// One that ends sooner is asked for again: a call may take a while.
    private static let margin = Duration.seconds(30)
    /// For a server that does not say how long its tokens last.
    private static let usual = 300
    private static let longest = 86_400

    private let credentials: ClientCredentials
    private let token = Monitor<Token?>(nil)
    /// Held while a token is asked for, so that many threads ask once.
    private let asking = Monitor(false)
    private let time: TimeSource

    init(_ credentials: ClientCredentials, time: TimeSource) {
        self.credentials = credentials
        self.time = time
    }

    /// A token that lasts; asks for one when there is none.
    ///
    /// - Parameter send: makes the call.
    func current(
        _ send: (Request) throws(HTTPFailure) -> Response, deadline: Instant
    ) throws(CallingFailure) -> String {
        if let text = lasting { return text }
        let mayAsk = asking.wait(until: deadline) { isAsking -> Bool? in
            guard !isAsking else { return nil }
            isAsking = true
            return true
        }
        guard mayAsk != nil else {
            throw CallingFailure(.apiFull, hint: "a token is waited for", isPassing: true)
        }
        defer { asking.update { $0 = false } }
        if let text = lasting { return text }
        let new = try ask(send)
        token.withLock { $0 = new }
        return new.text
    }

    /// The destination refuses this token: it is not used again.
    func forget(_ text: String) {
        token.withLock { if $0?.text == text { $0 = nil } }
    }

    private var lasting: String? {
        let now = time.instant()
        return token.withLock { token in
            guard let token, now + Self.margin < token.end else { return nil }
            return token.text
        }
    }

    private func ask(_ send: (Request) throws(HTTPFailure) -> Response) throws(CallingFailure) -> Token {
        var body = "grant_type=client_credentials"
        if let scope = credentials.scope { body += "&scope=" + Form.encoded(scope) }
        // The id and secret are form-encoded before they are joined (RFC 6749, 2.3.1).
        let pair = Form.encoded(credentials.clientID) + ":" + Form.encoded(credentials.secret.text)
        let fields = [
            Field("Authorization", "Basic " + Form.base64(pair)), Field("Accept", "application/json"),
            Field("Content-Type", "application/x-www-form-urlencoded"),
        ]
        let request = Request(
            .post, credentials.tokenURL, fields: fields, body: Array(body.utf8), time: .seconds(10),
            responseByteCount: 65_536)
        let asked = time.instant()
        let response: Response
        do throws(HTTPFailure) {
            response = try send(request)
        } catch {
            // Asking twice for a token harms nothing.
            throw CallingFailure(
                error.code, at: error.place, hint: "asking for a token", isPassing: error.isPassing)
        }
        guard response.status == .ok else {
            let isPassing = response.status.code >= 500 || response.status == .tooManyRequests
            throw CallingFailure(
                .apiTokenRefused, at: "POST \(request.destination)", hint: "status \(response.status.code)",
                isPassing: isPassing)
        }
        guard let answer = try? Value(response.bytes), let text = answer["access_token"]?.text, !text.isEmpty,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            answer["token_type"]?.text?.lowercased() ?? "bearer" == "bearer"
        else {
            throw CallingFailure(.apiTokenRefused, at: "POST \(request.destination)", hint: "no bearer token")
        }
        let seconds = min(max(answer["expires_in"]?.integer ?? Self.usual, 0), Self.longest)
        return Token(text: text, end: asked + .seconds(seconds))
    }
}
