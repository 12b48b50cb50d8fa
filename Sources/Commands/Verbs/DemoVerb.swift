import Diagnostics
import FoundationEssentials
import Service
import Telemetry
import Threads

extension Verb {
    static let demo = Verb(
        "demo", "the whole flow on this machine, with shipped fixtures",
        options: [.flag("once", "end after the tour", \.once), .config, .listen, .data, .mappings],
        details: """
            Starts Sluis with a private cluster in a folder of its own, posts berichten to it as an
            old application would, and shows what the API then serves. Without --once it stays, so
            that you can try the addresses by hand; Ctrl-C ends it.
            """
    ) { arguments, console in
        let signals = try SignalSource([.terminate, .interrupt])
        let configured = try Configured.read(.current, arguments)
        var configuration = try configured.usable(console)
        guard let fixtures = Home.current.fixtures else { throw CommandFailure(.fixturesMissing) }
        let mappings = try configured.mappings(.current, arguments)
        let folder = arguments.data == nil ? try DemoFolder("demo") : nil
        if let folder { configuration.data = folder.path }
        if arguments.listen == nil, arguments.once { configuration.listen.port = 0 }
        let log = LineLog.standardError(minimum: .warning)
        let service = try Service(
            configuration, mappings: mappings, version: Product.version,
            observer: Observer([log], time: .system), progress: { console.report("sluis: \($0)") },
            found: { console.report($0) })
        console.print("Sluis listens on \(service.base), with a private Postgres cluster.")
        console.flush()
        let isGood = try Demo(base: service.base, fixtures: fixtures) { line in
            console.print(line)
            console.flush()
        }.run()
        console.print("")
        console.print(isGood ? "Every answer was as it must be." : "Not every answer was as it must be.")
        if !arguments.once {
            console.print(Self.byHand(service.base))
            console.flush()
        }
        console.flush()
        let left = arguments.once ? service.stop() : try service.run(until: signals, reloaded: { _ in })
        return isGood && left == 0 ? .done : .no
    }

    private static func byHand(_ base: String) -> String {
        """

        Try it by hand; Ctrl-C ends it:
          curl -s \(base)/zaken/api/v1/zaken
          curl -s '\(base)/zaken/api/v1/zaken?identificatie=1900000001'
          curl -s \(base)/readyz
          curl -s -H 'Content-Type: text/xml' --data-binary @fixtures/zds11/creeer-zaak/1-request.xml \(base)/stuf
        """
    }
}

/// A data folder for one demo or stand-in, removed with everything in it at the end.
final class DemoFolder {
    let path: String

    init(_ name: String) throws {
        let base = FileManager.default.temporaryDirectory.path
        path = "\(base)/sluis-\(name)-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // What is left lies in the system's folder for temporary files.
        }
    }
}
