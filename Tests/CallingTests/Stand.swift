import Calling
import Crypto
import HTTP
import Telemetry
import Testing
import Threads

/// A listener that answers with what a test says, and remembers what it was sent.
final class Stand: Sendable {
    struct Seen: Sendable {
        var method: HTTP.Method
        var target: String
        var fields: [String: String]
        var body: String
    }

    let listener: Listener
    let client: Client
    private let seen = Monitor<[Seen]>([])
    private static let interesting = [
        "Accept", "Content-Type", "Accept-Crs", "Content-Crs", "Authorization", "X-Audit-Toelichting",
        "traceparent", "Fsc-Grant-Hash", "Fsc-Transaction-Id", "X-Api-Key",
    ]

    /// - Parameter answer: gets what was sent before, this one included.
    init(_ answer: @escaping @Sendable (_ seen: [Seen]) -> Response) throws {
        client = try Client()
        let seen = seen
        listener = try Listener(on: .ip("127.0.0.1", port: 0), loops: 1, limits: Limits(), observer: .silent)
        {
            head, _ in
            .handle(
                WholeBody { body, exchange in
                    var fields: [String: String] = [:]
                    for name in Self.interesting { fields[name] = head[name] }
                    let target = String(decoding: head.path, as: UTF8.self)
                    let query = head.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
                    let all = seen.update { seen in
                        seen.append(
                            Seen(
                                method: head.method, target: target + query, fields: fields,
                                body: String(decoding: body, as: UTF8.self)))
                        return seen
                    }
                    exchange.reply(answer(all))
                }, bodyByteCount: nil)
        }
    }

    /// An answer that is always the same.
    convenience init(_ status: Int, _ body: String = "{}", fields: [HTTP.Field] = []) throws {
        try self.init { _ in Self.json(status, body, fields: fields) }
    }

    static func json(_ status: Int, _ body: String = "{}", fields: [HTTP.Field] = []) -> Response {
        let hasType = fields["Content-Type"] != nil
        return Response(
            Status(status),
            fields: fields + (hasType ? [] : [HTTP.Field("Content-Type", "application/json")]),
            body: Array(body.utf8))
    }

    var base: String { "http://\(listener.address)" }
    var requests: [Seen] { seen.withLock { $0 } }

    /// Waits until it was asked something.
    func awaitRequest() {
        _ = seen.wait(until: .after(.seconds(20))) { $0.isEmpty ? nil : true }
    }

    func destination(_ credential: Credential = .none) throws -> Destination {
        Destination(
            "zgw",
            apis: [
                .init("zaken", try Root(base + "/zaken/api/v1"), speaksCRS: true),
                .init("catalogi", try Root(base + "/catalogi/api/v1")),
            ], credential: credential)
    }

    func stop() {
        client.stop()
        listener.drain(until: .after(.seconds(5)))
    }
}

/// Why the call failed; nil when it did not.
func failure(_ client: APIClient, _ call: Call) -> CallingFailure? {
    do throws(CallingFailure) {
        _ = try client.call(call)
        return nil
    } catch {
        return error
    }
}
