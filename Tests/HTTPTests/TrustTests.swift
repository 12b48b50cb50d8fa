import Diagnostics
import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// A TLS server of OpenSSL's own, with certificates of an authority made for it.
private final class SecureServer {
    static let program = "/usr/bin/openssl"
    let folder: TemporaryFolder
    private let process: Threads.Process
    let base: String

    func file(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// - Parameter asksCertificate: whether it talks only to who has a certificate of the authority.
    init(asksCertificate: Bool, version: String = "-tls1_3") throws {
        folder = try TemporaryFolder()
        let path = folder.path
        let port = try #require(try Socket.listen(on: .ip("127.0.0.1", port: 0)).localAddress.port)
        base = "https://127.0.0.1:\(port)"
        for name in ["authority", "other"] {
            try Self.run([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2",
                "-subj", "/CN=\(name)", "-keyout", "\(path)/\(name).key", "-out", "\(path)/\(name).pem",
            ])
        }
        for name in ["server", "client"] {
            try Self.run([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-addext",
                "basicConstraints=critical,CA:FALSE", "-CA", "\(path)/authority.pem", "-CAkey",
                "\(path)/authority.key", "-keyout", "\(path)/\(name).key", "-out", "\(path)/\(name).pem",
            ])
        }
        let asking = asksCertificate ? ["-Verify", "1", "-verify_return_error"] : []
        process = try .start(
            Command(
                Self.program,
                [
                    "s_server", "-accept", "127.0.0.1:\(port)", "-www", "-quiet", version, "-cert",
                    "\(path)/server.pem", "-key", "\(path)/server.key", "-CAfile", "\(path)/authority.pem",
                ] + asking, output: .nothing, errors: .nothing))
    }

    private static func run(_ arguments: [String]) throws {
        let output = try Threads.Process.run(Command(program, arguments), until: .after(.seconds(30)))
        try #require(output.exit.isSuccess, "\(String(decoding: output.errors, as: UTF8.self))")
    }

    func stop() {
        process.signal(.kill)
        _ = process.wait()
    }
}

@Suite(
    "Trust between a call and a server",
    .enabled(if: FileManager.default.isExecutableFile(atPath: SecureServer.program), "there is no openssl"))
struct TrustTests {
    /// The status; or why not. Asks again until the server listens.
    private func outcome(_ client: Client, _ server: SecureServer, _ trust: Trust) -> Result<Int, HTTPFailure>
    {
        let request = Request(.get, server.base + "/", time: .seconds(10), trust: trust)
        let end = Instant.after(.seconds(20))
        while true {
            do throws(HTTPFailure) {
                return .success(try client.call(request).status.code)
            } catch {
                guard error.code == .callUnreachable, Instant.now < end else { return .failure(error) }
            }
        }
    }

    @Test("is given to the configured authority and to no other")
    func authority() throws {
        let server = try SecureServer(asksCertificate: false)
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        let good = Trust(authoritiesFile: server.file("authority.pem"))
        #expect(outcome(client, server, good) == .success(200))
        for trust in [
            Trust(), Trust(authoritiesFile: server.file("other.pem")), Trust(authoritiesFile: "/niets"),
        ] {
            guard case .failure(let failure) = outcome(client, server, trust) else {
                Issue.record("believed")
                continue
            }
            #expect(failure.code == .callTLSRefused && !failure.isPassing)
        }
        // A connection of one trust does not serve another.
        #expect(outcome(client, server, good) == .success(200))
    }

    @Test("is got with a client certificate", arguments: ["-tls1_2", "-tls1_3"])
    func clientCertificate(version: String) throws {
        let server = try SecureServer(asksCertificate: true, version: version)
        defer { server.stop() }
        let client = try Client()
        defer { client.stop() }
        let good = Trust(
            authoritiesFile: server.file("authority.pem"), certificateFile: server.file("client.pem"),
            keyFile: server.file("client.key"))
        #expect(outcome(client, server, good) == .success(200))
        let anonymous = Trust(authoritiesFile: server.file("authority.pem"))
        guard case .failure = outcome(client, server, anonymous) else {
            Issue.record("let in without a certificate")
            return
        }
        let stranger = Trust(
            authoritiesFile: server.file("authority.pem"), certificateFile: server.file("other.pem"),
            keyFile: server.file("other.key"))
        guard case .failure = outcome(client, server, stranger) else {
            Issue.record("let in with a certificate of another authority")
            return
        }
    }
}
