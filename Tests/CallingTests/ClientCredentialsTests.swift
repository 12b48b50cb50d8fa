import Calling
import Crypto
import Diagnostics
import HTTP
import Testing
import Threads

@Suite("A token by client credentials") struct ClientCredentialsTests {
    private func client(_ stand: Stand, time: TimeSource = .system) throws -> APIClient {
        let secret = try #require(SharedSecret("ge:heim+"))
        let credentials = ClientCredentials(
            tokenURL: stand.base + "/token", clientID: "sluis app", secret: secret, scope: "zaken.lezen x")
        return APIClient(
            try stand.destination(.clientCredentials(credentials)), over: stand.client, time: time)
    }

    @Test("is asked for once, and used until shortly before it ends")
    func kept() throws {
        let stand = try Stand { seen in
            guard seen.last?.target == "/token" else { return Stand.json(200) }
            let count = seen.filter { $0.target == "/token" }.count
            return Stand.json(
                200, "{\"access_token\": \"t\(count)\", \"token_type\": \"Bearer\", \"expires_in\": 100}")
        }
        defer { stand.stop() }
        let now = Monitor(Instant(nanoseconds: 0))
        let time = TimeSource(instant: { now.withLock { $0 } }, wall: { .now })
        let client = try client(stand, time: time)
        let call = Call(.get, stand.base + "/zaken/api/v1/zaken")
        for _ in 0..<3 { _ = try client.call(call) }
        now.update { $0 = $0 + .seconds(69) }
        _ = try client.call(call)
        now.update { $0 = $0 + .seconds(2) }
        _ = try client.call(call)
        let seen = stand.requests
        #expect(seen.map(\.target).filter { $0 == "/token" }.count == 2)
        #expect(seen[0].body == "grant_type=client_credentials&scope=zaken.lezen+x")
        // "sluis+app:ge%3Aheim%2B"
        #expect(seen[0].fields["Authorization"] == "Basic c2x1aXMrYXBwOmdlJTNBaGVpbSUyQg==")
        #expect(
            seen[1].fields["Authorization"] == "Bearer t1"
                && seen.last?.fields["Authorization"] == "Bearer t2")
    }

    @Test("that the API refuses is asked for anew, once")
    func refused() throws {
        let stand = try Stand { seen in
            if seen.last?.target == "/token" {
                return Stand.json(200, "{\"access_token\": \"t\(seen.count)\", \"token_type\": \"bearer\"}")
            }
            return Stand.json(401)
        }
        defer { stand.stop() }
        let client = try client(stand)
        let failure = failure(client, Call(.post, stand.base + "/zaken/api/v1/zaken", body: [0x7B, 0x7D]))
        #expect(failure?.code == .apiForbids && failure?.effect == CallingFailure.Effect.none)
        #expect(
            stand.requests.map(\.target) == [
                "/token", "/zaken/api/v1/zaken", "/token", "/zaken/api/v1/zaken",
            ])
    }

    @Test(
        "that is no token is not sent",
        arguments: [
            (200, "{}"), (200, "niets"), (200, "{\"access_token\": \"\"}"), (200, "{\"access_token\": 1}"),
            (200, "{\"access_token\": \"a\\r\\nX: y\"}"),
            (200, "{\"access_token\": \"a\", \"token_type\": \"mac\"}"),
            (400, "{\"error\": \"invalid_client\"}"), (302, ""), (503, ""),
        ])
    func hostile(row: (status: Int, body: String)) throws {
        let stand = try Stand(row.status, row.body)
        defer { stand.stop() }
        let failure = failure(try client(stand), Call(.get, stand.base + "/zaken/api/v1/zaken"))
        #expect(failure?.code == .apiTokenRefused && failure?.isPassing == (row.status == 503))
        #expect(stand.requests.map(\.target) == ["/token"])
    }
}
