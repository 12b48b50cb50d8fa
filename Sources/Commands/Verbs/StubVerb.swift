import Crypto
import Diagnostics
import FoundationEssentials
import Postgres
import Service
import Stubs
import Telemetry
import Threads

extension Verb {
    static let stubZGW = Verb(
        "stub zgw", "a strict stand-in for the ZGW APIs, until Ctrl-C",
        operands: .init(form: "[CATALOGUE]", least: 0, most: 1, completion: .files),
        options: [.listen, .data, .mappings],
        details: """
            It answers as Open Zaak 1.30 was seen to answer, from a private Postgres cluster; without
            --data nothing of it is kept. Its types come from CATALOGUE, or from the example beside
            the shipped mappings. It listens on 127.0.0.1:8000 and on no address that others reach:
            everyone knows its client id, `sluis`, and secret, `sluis-stand-in`.

            Make calls go wrong, here the next POST of a rol after it was done, and all slow:
              curl http://127.0.0.1:8000/stub/faults -d '{"latencyMs": 3000,
                "faults": [{"kind": "fail-after", "method": "POST", "collection": "rollen"}]}'
            Kinds: \(Faults.Kind.allCases.map(\.rawValue).joined(separator: ", ")).
            """
    ) { arguments, console in
        let signals = try SignalSource([.terminate, .interrupt])
        let address = arguments.listen ?? .init(host: "127.0.0.1", port: 8000)
        guard address.isLoopback else {
            throw CommandFailure.usage(
                "a stand-in listens on a loopback address only, such as 127.0.0.1:8000")
        }
        guard let catalogue = try readCatalogue(arguments, console) else { return .failed }
        let folder = arguments.data == nil ? try DemoFolder("stub") : nil
        let data = try DataFolder(arguments.data ?? folder?.path ?? "")
        let cluster = try PrivateCluster.start(in: data, progress: { console.report("sluis: \($0)") })
        let secret = SharedSecret("sluis-stand-in")
        let applications = secret.map { [Application(clientID: "sluis", secret: $0)] } ?? []
        let stub: ZGWStub
        do throws(StubsFailure) {
            stub = try ZGWStub(
                on: .ip(address.host, port: address.port), database: cluster.connection,
                settings: .init(catalogue: catalogue, applications: applications), observer: .silent)
        } catch {
            try cluster.stop(until: .after(.seconds(10)))
            throw error
        }
        console.report("sluis: listening on \(stub.base)")
        _ = signals.next()
        stub.stop()
        try cluster.stop(until: .after(.seconds(10)))
        return .done
    }

    /// The catalogue; nil when it has mistakes, which are reported.
    private static func readCatalogue(
        _ arguments: Arguments, _ console: Console
    ) throws(CommandFailure) -> TypeCatalogue? {
        let file: String
        if let given = arguments.operands.first {
            file = given
        } else {
            file = try Home.current.mappings(given: arguments.mappings) + "/zds-zgw/example.catalogue"
        }
        let (catalogue, findings) = CatalogueReader.read(file: file, bytes: try Files.read(file))
        console.report(findings)
        return findings.isEmpty ? catalogue : nil
    }
}
