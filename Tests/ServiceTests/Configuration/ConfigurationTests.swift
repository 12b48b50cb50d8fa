import Diagnostics
private import Foundation
import Service
import Testing

@Suite("A configuration file") struct ConfigurationTests {
    let reader = ConfigurationReader(
        contents: { path in
            switch path {
            case "/run/secrets/db": Array("host=db user=sluis\n".utf8)
            case "/usr/share/zoneinfo/zone.tab": Array("# a table\nNL\t+5222\tEurope/Amsterdam\n".utf8)
            default: nil
            }
        },
        environment: ["DB": "host=other"])

    private func read(_ text: String) -> (configuration: Configuration, findings: [Finding]) {
        reader.read(file: "sluis.conf", bytes: Array(text.utf8))
    }

    @Test("may be empty: every setting has a default")
    func empty() {
        let (configuration, findings) = read("")
        #expect(findings.isEmpty)
        #expect(configuration == Configuration())
        #expect(configuration.listen.description == "127.0.0.1:8080")
    }

    @Test("sets sizes, durations, counts, addresses and secrets from elsewhere")
    func values() {
        let (configuration, findings) = read(
            """
            listen      "[::1]:9000"   # only here
            body-limit  100 MB
            drain       2 min
            workers     16
            database    from file "/run/secrets/db"
            mappings    "/a"
            mappings    "/b"
            """)
        #expect(findings.isEmpty)
        #expect(configuration.listen == .init(host: "::1", port: 9000))
        #expect(configuration.bodyLimit == 104_857_600)
        #expect(configuration.drain == .seconds(120))
        #expect(configuration.workers == 16)
        #expect(configuration.database?.value == "host=db user=sluis")
        #expect(configuration.mappings == ["/a", "/b"])
    }

    @Test("has every limit, and its default stands in the operator's guide")
    func limits() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let guide = try String(contentsOfFile: "/\(root)/deploy/README.md", encoding: .utf8)
        let rows = Setting.limits.map { setting in
            let value = setting.values(Configuration()).joined(separator: ", ")
            return "| `\(setting.key)` | \(value) | \(setting.sentence) |"
        }
        let table = guide.split(separator: "\n").drop { $0 != "## Limits" }
            .filter { $0.hasPrefix("| `") }.prefix(rows.count).map(String.init)
        #expect(table == rows)
        #expect(Setting.limits.allSatisfy { limit in Setting.all.contains { $0.key == limit.key } })
    }

    @Test("keeps a limit within what can be borne")
    func bounds() {
        let (configuration, findings) = read("json-depth 101\nxml-depth 9\nxml-attributes 300\n")
        #expect(
            findings.map(\.description) == [
                "sluis.conf:1:12 C003 `json-depth` takes a number from 3 to 100",
                "sluis.conf:2:11 C003 `xml-depth` takes a number from 10 to 1000",
            ])
        #expect(configuration.xmlAttributes == 300)
    }

    @Test("reports every mistake at its place, with the nearest setting")
    func mistakes() {
        let (_, findings) = read(
            """
            listne     "127.0.0.1:1"
            workers    none
            drain      8 hours
            drain      9 s
            body-limit 0 KB
            database   from environment "NOWHERE"
            tenant     "a" "b"
            zone       "Europe/Amsterdm"
            """)
        #expect(
            findings.map(\.description) == [
                """
                sluis.conf:1:1 C001 `listne` is not a setting: did you mean `listen`?
                    write: listen "127.0.0.1:1"
                """,
                "sluis.conf:2:12 C003 `workers` takes a number, at least 1",
                "sluis.conf:3:12 C003 `drain` takes a number and ms, s or min",
                "sluis.conf:4:1 C002 `drain` is set already at line 3",
                "sluis.conf:5:12 C003 `body-limit` takes a number and KB, MB or GB",
                "sluis.conf:6:29 C004 the secret of `database` is not there or empty",
                "sluis.conf:7:16 M116 `\"b\"` belongs to nothing: the statement ends before it",
                """
                sluis.conf:8:12 C012 this machine knows no zone `Europe/Amsterdm`: did you mean \
                `Europe/Amsterdam`?
                """,
            ])
    }

    @Test("prints whole, can be read again, and never shows a secret")
    func printing() {
        var configuration = Configuration()
        configuration.idleTimeout = .milliseconds(1500)
        configuration.publicBase = "https://sluis.example/\"a\""
        configuration.mappings = ["/a", "/b"]
        let again = read(configuration.printed)
        #expect(again.findings.isEmpty)
        #expect(again.configuration == configuration)
        configuration.database = Secret("password=hidden")
        #expect(!configuration.printed.contains("hidden"))
        #expect(configuration.printed.contains("database ***"))
    }
}
