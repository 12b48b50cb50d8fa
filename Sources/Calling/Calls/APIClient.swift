private import Crypto
private import Diagnostics
package import HTTP
package import Threads

/// Calls the APIs of one destination, from any thread; waits for its turn and for the answer.
package final class APIClient: Sendable {
    package let destination: Destination
    private let client: Client
    private let gate: Gate
    private let tokens: TokenStore?
    private let time: TimeSource

    package init(_ destination: Destination, over client: Client, time: TimeSource = .system) {
        self.destination = destination
        self.client = client
        self.time = time
        gate = Gate(limit: destination.inFlight)
        tokens =
            if case .clientCredentials(let credentials) = destination.credential {
                TokenStore(credentials, time: time)
            } else {
                nil
            }
    }

    /// Makes the call once. Redirects are not followed, and nothing goes to a URL outside the destination's roots.
    ///
    /// - Throws: ``CallingFailure`` for every answer but 2xx and 304, with what is known of the effect.
    package func call(_ call: Call) throws(CallingFailure) -> Answer {
        guard let location = Location(call.url),
            let api = destination.apis.first(where: { $0.root.contains(location) })
        else { throw CallingFailure(.apiOutsideRoot, at: "\(call.method.rawValue) \(destination.name)") }
        guard gate.enter(until: .after(destination.patience)) else {
            throw CallingFailure(.apiFull, at: "\(call.method.rawValue) \(destination.name)", isPassing: true)
        }
        defer { gate.leave() }
        let token = try token()
        let first = try send(call, to: api, location, token)
        // A token can end before its time: the call was refused, so making it again repeats nothing.
        guard first.status == .unauthorized, let token, let tokens else {
            return try answer(first, to: call, api)
        }
        tokens.forget(token)
        return try answer(send(call, to: api, location, try self.token()), to: call, api)
    }

    private func token() throws(CallingFailure) -> String? {
        try tokens?.current(
            { [self] request throws(HTTPFailure) in
                var request = request
                request.trust = destination.trust
                return try client.call(request)
            }, deadline: .after(destination.patience))
    }

    private func send(
        _ call: Call, to api: Destination.API, _ location: Location, _ token: String?
    ) throws(CallingFailure) -> Response {
        let request = Request(
            call.method, location.text, fields: fields(call, api, token), body: call.body ?? [],
            time: destination.time, responseByteCount: destination.responseByteCount, trust: destination.trust
        )
        do throws(HTTPFailure) {
            return try client.call(request)
        } catch {
            throw CallingFailure(error, of: call.method)
        }
    }

    // MARK: What is said

    private func fields(_ call: Call, _ api: Destination.API, _ token: String?) -> [Field] {
        var fields = [Field("Accept", call.expectsJSON ? "application/json" : "*/*")]
        if call.body != nil { fields.append(Field("Content-Type", "application/json")) }
        if api.speaksCRS, call.method != .delete {
            fields.append(Field("Accept-Crs", "EPSG:4326"))
            if call.body != nil { fields.append(Field("Content-Crs", "EPSG:4326")) }
        }
        switch destination.credential {
        case .none: break
        case .zgw(let clientID, let secret):
            let token = ZGWToken.text(
                clientID: clientID, secret: secret, onBehalf: call.onBehalf, at: time.wall())
            fields.append(Field("Authorization", "Bearer \(token)"))
        case .key(let field, let secret): fields.append(Field(field, secret.text))
        case .clientCredentials: fields.append(Field("Authorization", "Bearer \(token ?? "")"))
        }
        if call.changes, let toelichting = call.onBehalf?.toelichting {
            fields.append(Field("X-Audit-Toelichting", Self.plain(toelichting)))
        }
        if let traceparent = call.traceparent { fields.append(Field("traceparent", traceparent)) }
        if let grantHash = destination.grantHash {
            fields.append(Field("Fsc-Grant-Hash", grantHash))
            fields.append(Field("Fsc-Transaction-Id", call.transaction ?? UUID.random().description))
        }
        return fields
    }

    /// On one line: what a bericht says must not end a field.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(500).map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    // MARK: What is answered

    private func answer(
        _ response: Response, to call: Call, _ api: Destination.API
    ) throws(CallingFailure) -> Answer {
        let status = response.status.code
        let place = "\(call.method.rawValue) \(api.root.origin)"
        guard (200...299).contains(status) || status == 304 else {
            throw Refusal.failure(response, to: call, at: place)
        }
        let hasBody = !response.bytes.isEmpty && call.method != .head
        if call.expectsJSON, hasBody, !Self.isJSON(response) {
            throw CallingFailure(
                .apiAnswerUnreadable, at: place, hint: "status \(status) without JSON",
                effect: call.changes ? .unknown : .none, isPassing: true)
        }
        return Answer(
            status: status, location: response.fields["Location"], etag: response.fields["ETag"],
            body: response.bytes)
    }

    private static func isJSON(_ response: Response) -> Bool {
        let type = (response.fields["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        let plain = type.filter { !$0.isWhitespace }
        return plain == "application/json" || plain.hasPrefix("application/") && plain.hasSuffix("+json")
    }
}

extension Call {
    /// Whether it is meant to change something.
    var changes: Bool { method != .get && method != .head && method != .options && !url.hasSuffix("/_zoek") }
}
