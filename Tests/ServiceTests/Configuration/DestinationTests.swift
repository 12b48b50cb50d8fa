import Calling
import Crypto
import Diagnostics
private import Foundation
import HTTP
import Service
import TestSupport
import Testing

@Suite("A destination in the configuration") struct DestinationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, mode) in [("secret", 0o600), ("open", 0o644)] {
            let path = "\(folder.path)/\(name)"
            try "geheim-van-de-test\n".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
    }

    private func read(_ text: String) -> (configuration: Configuration, findings: [String]) {
        let reader = ConfigurationReader(
            contents: { _ in nil }, environment: ["SECRET": "geheim", "SPACED": "een geheim"])
        let (configuration, findings) = reader.read(
            file: "sluis.conf", bytes: Array(text.replacing("FOLDER", with: folder.path).utf8))
        return (configuration, findings.map { "\($0)".replacing(folder.path, with: "FOLDER") })
    }

    @Test("says where its APIs are, how it knows us, whom we believe, and how much is asked of it")
    func whole() throws {
        let (configuration, findings) = read(
            """
            destination openzaak {
                api           zaken       "https://openzaak.example.nl/zaken/api/v1/"
                api           documenten  "https://openzaak.example.nl/documenten/api/v1"
                auth          zgw-jwt client "sluis" secret from file "FOLDER/secret"
                authorities   "/etc/sluis/ca.pem"
                certificate   "/etc/sluis/client.pem" key "/etc/sluis/client.key"
                proxy         "http://proxy.example.nl:3128"
                in-flight     4
                time          10 s
                patience      5 s
                answer-limit  8 MB
                grant         "$1$3$abc"
            }
            destination other {
                api   besluiten  "http://127.0.0.1:8000/besluiten/api/v1"
                auth  key "X-Api-Key" secret from environment "SECRET"
            }
            destination third {
                api   catalogi  "https://third.example.nl/catalogi/api/v1"
                auth  client-credentials url "https://id/t" client "s" secret from environment "SECRET" scope "z"
            }
            """)
        #expect(findings == [])
        let destinations = configuration.destinations
        #expect(destinations.map(\.name) == ["openzaak", "other", "third"])
        let first = try #require(destinations.first)
        #expect(first.apis.map(\.name) == ["zaken", "documenten"])
        #expect(first.apis.map(\.speaksCRS) == [true, false])
        #expect(first.root("zaken")?.description == "https://openzaak.example.nl/zaken/api/v1")
        guard case .zgw("sluis", let secret) = first.credential else {
            Issue.record("\(first.credential)")
            return
        }
        #expect(secret.text == "geheim-van-de-test")
        #expect(first.trust.authoritiesFile == "/etc/sluis/ca.pem")
        #expect(first.trust.keyFile == "/etc/sluis/client.key")
        #expect(first.inFlight == 4 && first.time == .seconds(10) && first.patience == .seconds(5))
        #expect(first.responseByteCount == 8 << 20 && first.grantHash == "$1$3$abc")
        let printed = configuration.printed
        #expect(printed.contains("auth zgw-jwt client \"sluis\" secret ***"))
        #expect(!printed.contains("geheim"))
    }

    @Test(
        "is refused where it stands, with the place and the reason",
        arguments: [
            ("destination {\n}", "1:12 M115"),
            ("destination a {\n}", "1:13 C003 `a` has no API"),
            ("destination a {\n  api zaken \"ftp://x/y\"\n}", "2:13 A301"),
            ("destination a {\n  api zaken \"https://u:p@x/y\"\n}", "2:13 A301"),
            ("destination a {\n  apo zaken \"https://x/y\"\n}", "did you mean `api`?"),
            (
                "destination a {\n  api zaken \"https://x/y\"\n  api zaken \"https://x/z\"\n}",
                "3:7 C002 `zaken` is served"
            ),
            (
                "destination a {\n  api zaken \"https://x/y\"\n  auth key \"a b\" secret from file \"f\"\n}",
                "3:12 C003 this is no name of a header field"
            ),
            (
                "destination a {\n  api zaken \"https://x/y\"\n  auth zgw-jwt client \"s\" "
                    + "secret from file \"FOLDER/open\"\n}", "3:44 C055"
            ),
            (
                "destination a {\n  api zaken \"https://x/y\"\n  auth zgw-jwt client \"s\" "
                    + "secret from file \"FOLDER/none\"\n}", "3:44 C054"
            ),
            (
                "destination a {\n  api zaken \"https://x/y\"\n  auth zgw-jwt client \"s\" "
                    + "secret from environment \"SPACED\"\n}", "3:51 C004"
            ),
            ("destination a {\n  api zaken \"https://x/y\"\n  time soon\n}", "3:8 C003"),
            (
                "destination a {\n  api zaken \"https://x/y\"\n}\ndestination b {\n  api zaken \"https://z/y\"\n}",
                "5:7 C002 `zaken` is served"
            ),
        ])
    func refused(_ text: String, _ finding: String) {
        let findings = read(text).findings
        #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }
}
