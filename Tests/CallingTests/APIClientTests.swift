import Calling
import Crypto
import Diagnostics
import HTTP
import Testing
import Threads

@Suite("A call of an API") struct APIClientTests {
    private static let onBehalf = OnBehalf(
        user: "SUITE/beheerder", representation: "Suite", toelichting: "regel een\r\nX-Kwaad: ja")

    @Test("says who calls, for whom, why, and in which coordinates")
    func said() throws {
        let stand = try Stand(201, fields: [Field("Location", "http://x/1"), Field("ETag", "\"a\"")])
        defer { stand.stop() }
        let secret = try #require(SharedSecret("geheim-van-de-test"))
        var destination = try stand.destination(.zgw(clientID: "sluis", secret: secret))
        destination.grantHash = "$1$4$hash"
        let client = APIClient(
            destination, over: stand.client, time: .fixed(WallTime(seconds: 1_764_000_000)))
        var call = Call(
            .post, stand.base + "/zaken/api/v1/zaken", body: Array("{}".utf8), onBehalf: Self.onBehalf)
        call.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let answer = try client.call(call)
        #expect(answer.status == 201 && answer.location == "http://x/1" && answer.etag == "\"a\"")
        let fields = try #require(stand.requests.first).fields
        #expect(fields["Accept-Crs"] == "EPSG:4326" && fields["Content-Crs"] == "EPSG:4326")
        #expect(fields["X-Audit-Toelichting"] == "regel een  X-Kwaad: ja")
        #expect(fields["traceparent"] == call.traceparent && fields["Fsc-Grant-Hash"] == "$1$4$hash")
        #expect(fields["Fsc-Transaction-Id"]?.count == 36)
        let token = try #require(fields["Authorization"]?.dropFirst(7)).description
        #expect(SignedToken.isSigned(token, with: secret))
        let claims = String(decoding: SignedToken.parts(token)?.claims ?? [], as: UTF8.self)
        #expect(claims.contains("\"user_id\":\"SUITE/beheerder\"") && claims.contains("\"iat\":1764000000"))
    }

    @Test("that only asks says neither why nor what a body is")
    func asked() throws {
        let stand = try Stand(200)
        defer { stand.stop() }
        let client = APIClient(try stand.destination(), over: stand.client)
        _ = try client.call(Call(.get, stand.base + "/zaken/api/v1/zaken?page=2", onBehalf: Self.onBehalf))
        _ = try client.call(Call(.get, stand.base + "/catalogi/api/v1/zaaktypen"))
        _ = try client.call(Call(.delete, stand.base + "/zaken/api/v1/zaken/1"))
        let (zaken, catalogi, deleted) = (stand.requests[0], stand.requests[1], stand.requests[2])
        #expect(zaken.target == "/zaken/api/v1/zaken?page=2")
        #expect(zaken.fields == ["Accept": "application/json", "Accept-Crs": "EPSG:4326"])
        #expect(catalogi.fields == ["Accept": "application/json"])
        #expect(deleted.fields == ["Accept": "application/json"])
    }

    @Test("outside the roots is not made, so that a token goes nowhere else")
    func elsewhere() throws {
        let stand = try Stand(200)
        let other = try Stand(200)
        defer { stand.stop() }
        defer { other.stop() }
        let secret = try #require(SharedSecret("sleutel"))
        let client = APIClient(
            try stand.destination(.key(field: "X-Api-Key", secret: secret)), over: stand.client)
        for url in [
            other.base + "/zaken/api/v1/zaken", stand.base + "/anders/zaken",
            stand.base + "/zaken/api/v1/../x",
            stand.base.replacing("http://", with: "http://a@") + "/zaken/api/v1/zaken",
        ] {
            let failure = failure(client, Call(.get, url))
            #expect(failure?.code == .apiOutsideRoot && failure?.effect == CallingFailure.Effect.none)
        }
        #expect(stand.requests.isEmpty && other.requests.isEmpty)
        _ = try client.call(Call(.get, stand.base + "/zaken/api/v1/zaken"))
        #expect(stand.requests.first?.fields["X-Api-Key"] == "sleutel")
    }

    struct Meaning: Sendable {
        var status: Int
        var code: Code
        var isPassing: Bool
        var effect: CallingFailure.Effect
    }

    @Test(
        "that is refused says whether it can help to make it again, and what may have happened",
        arguments: [
            Meaning(status: 302, code: .apiRedirects, isPassing: false, effect: .none),
            Meaning(status: 400, code: .apiRefuses, isPassing: false, effect: .none),
            Meaning(status: 401, code: .apiForbids, isPassing: false, effect: .none),
            Meaning(status: 403, code: .apiForbids, isPassing: false, effect: .none),
            Meaning(status: 404, code: .apiNotThere, isPassing: false, effect: .none),
            Meaning(status: 409, code: .apiRefuses, isPassing: false, effect: .none),
            Meaning(status: 410, code: .apiNotThere, isPassing: false, effect: .none),
            Meaning(status: 412, code: .apiRefuses, isPassing: false, effect: .none),
            Meaning(status: 429, code: .apiBusy, isPassing: true, effect: .none),
            Meaning(status: 500, code: .apiFails, isPassing: true, effect: .unknown),
            Meaning(status: 502, code: .apiFails, isPassing: true, effect: .unknown),
            Meaning(status: 503, code: .apiFails, isPassing: true, effect: .unknown),
        ])
    func refused(_ row: Meaning) throws {
        let stand = try Stand(row.status, "<html>", fields: [Field("Retry-After", "7")])
        defer { stand.stop() }
        let client = APIClient(try stand.destination(), over: stand.client)
        let url = stand.base + "/zaken/api/v1/zaken"
        let write = failure(client, Call(.post, url, body: [0x7B, 0x7D]))
        #expect(write?.code == row.code && write?.isPassing == row.isPassing && write?.effect == row.effect)
        #expect(write?.retryAfter == .seconds(7) && write?.problem?.status == row.status)
        #expect(write?.place == "POST \(stand.base)")
        #expect(failure(client, Call(.get, url))?.effect == CallingFailure.Effect.none)
    }

    @Test("keeps the names and codes of what an API finds fault with, and none of its values")
    func problem() throws {
        let stand = try Stand(
            400,
            """
            {"type": "x", "code": "invalid", "title": "Invalid input.", "status": 400, "detail": "999990019",
             "invalidParams": [{"name": "kenmerken.0.kenmerk", "code": "max_length", "reason": "999990019"},
                               {"name": "999990019", "code": "een waarde", "reason": ""}]}
            """, fields: [Field("Content-Type", "application/problem+json")])
        defer { stand.stop() }
        let client = APIClient(try stand.destination(), over: stand.client)
        let refused = failure(client, Call(.post, stand.base + "/zaken/api/v1/zaken", body: [0x7B, 0x7D]))
        let failure = try #require(refused)
        #expect(failure.problem?.says("max_length", about: "kenmerken.0.kenmerk") == true)
        #expect(failure.problem?.says("invalid") == true && failure.problem?.says("unique") == false)
        #expect(
            !"\(failure)".contains("999990019")
                && failure.description.contains("kenmerken.0.kenmerk: max_length"))
    }

    @Test("whose answer is no JSON may have taken effect: a gateway or a login page answered")
    func html() throws {
        let stand = try Stand(200, "<html>", fields: [Field("Content-Type", "text/html")])
        defer { stand.stop() }
        let client = APIClient(try stand.destination(), over: stand.client)
        let url = stand.base + "/zaken/api/v1/zaken"
        let write = failure(client, Call(.post, url, body: [0x7B, 0x7D]))
        #expect(write?.code == .apiAnswerUnreadable && write?.effect == .unknown && write?.isPassing == true)
        var content = Call(.get, url)
        content.expectsJSON = false
        #expect(try client.call(content).body == Array("<html>".utf8))
    }

    @Test("waits for its turn: no more go to a destination at once than it is allowed")
    func inFlight() throws {
        let stand = try Stand(200)
        defer { stand.stop() }
        var destination = try stand.destination()
        destination.inFlight = 2
        destination.patience = .seconds(20)
        let client = APIClient(destination, over: stand.client)
        let url = stand.base + "/zaken/api/v1/zaken"
        let threads = try (0..<8).map { number in
            try Thread.start("caller-\(number)") {
                for _ in 0..<10 { _ = try? client.call(Call(.get, url)) }
            }
        }
        for thread in threads { thread.join() }
        // Connections stay open: there were never more of them.
        #expect(stand.requests.count == 80 && stand.listener.connectionCount <= 2)
    }

    @Test("that gets no turn in time was not made")
    func full() throws {
        let held = Monitor(false)
        let stand = try Stand { _ in
            _ = held.wait(until: .after(.seconds(20))) { $0 ? true : nil }
            return Stand.json(200)
        }
        defer { stand.stop() }
        var destination = try stand.destination()
        destination.inFlight = 1
        destination.patience = .milliseconds(1)
        let client = APIClient(destination, over: stand.client)
        let url = stand.base + "/zaken/api/v1/zaken"
        let first = try Thread.start("first") { _ = try? client.call(Call(.get, url)) }
        // The first is inside when the stand has seen it.
        stand.awaitRequest()
        let failure = failure(client, Call(.post, url, body: [0x7B, 0x7D]))
        #expect(
            failure?.code == .apiFull && failure?.isPassing == true
                && failure?.effect == CallingFailure.Effect.none)
        held.update { $0 = true }
        first.join()
        #expect(stand.requests.count == 1)
    }
}
