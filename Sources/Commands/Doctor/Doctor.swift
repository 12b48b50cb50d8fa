import Diagnostics
import FoundationEssentials
import Intake
import Mapping
import Postgres
import Record
import Service
import Threads

/// Looks at all that Sluis needs of this machine and of its configuration, and changes nothing of it: it makes no
/// folder, takes no lock and starts no server.
struct Doctor {
    let home: Home
    let arguments: Arguments
    let configured: Configured
    /// Of the private cluster and the keys; it need not be there yet.
    let dataFolder: String

    var configuration: Configuration { configured.configuration }

    /// - Throws: what makes that nothing can be looked at.
    init(_ home: Home, _ arguments: Arguments) throws(CommandFailure) {
        self.home = home
        self.arguments = arguments
        configured = try Configured.read(home, arguments)
        dataFolder = try configured.dataFolder(home)
    }

    /// Everything that was looked at, in the order in which a start would meet it.
    func examine() -> [Diagnosis] {
        [configurationFile, mappings, timeZone, clock] + storage + [openFiles, address]
    }

    private var configurationFile: Diagnosis {
        let name = configured.file ?? "none: every setting has its default"
        let errors = configured.findings.count { $0.severity == .error }
        guard let first = configured.findings.first, errors > 0 else { return .ok("configuration", name) }
        return Diagnosis(
            subject: "configuration", state: .problem, text: "\(first.location) \(first.code): \(first.text)",
            remedy: errors > 1
                ? "mend this and \(errors - 1) more: `sluis check \(name)`" : first.code.remedy,
            code: first.code)
    }

    private var mappings: Diagnosis {
        let paths: [String]
        do throws(CommandFailure) {
            paths = try configured.mappings(home, arguments)
        } catch {
            return .problem("mappings", error)
        }
        let place = paths.joined(separator: ", ")
        let (rulebook, findings) = Rulebook.load(paths)
        guard let rulebook else {
            let errors = findings.count { $0.severity == .error }
            return .problem(
                "mappings", "\(place): \(Text.count(errors, "error"))", "see `sluis check \(paths[0])`")
        }
        let count = Text.count(rulebook.mappings.mappings.count, "mapping")
        return .ok("mappings", "\(place): \(count)")
    }

    private var timeZone: Diagnosis {
        let zone = configuration.zone
        guard LocalTime.isKnown(zone: zone) else {
            return .problem(
                "time zone", "\(zone) is not in the zone database of this machine",
                "`apt-get install tzdata`, or correct `zone` in the configuration")
        }
        return .ok("time zone", zone)
    }

    private var clock: Diagnosis {
        let now = WallTime.now
        // When this was written; before it, nothing of Sluis can have run.
        guard now.seconds > 1_760_000_000 else {
            return .problem("clock", "it says \(now.text)", "set the clock of this machine")
        }
        guard WallTime.isSynchronised else {
            return .advice(
                "clock", "\(now.text), and no time server keeps it right",
                "`apt-get install systemd-timesyncd`, or see that the host of this container does so")
        }
        return .ok("clock", "\(now.text), kept right by a time server")
    }

    private var openFiles: Diagnosis {
        let needed = UInt(configuration.connections + configuration.workers + 100)
        guard OpenFiles.most >= needed else {
            return .advice(
                "open files", "at most \(OpenFiles.most), for \(configuration.connections) connections",
                "raise the limit to \(needed) (`LimitNOFILE` of the service), or lower `connections`")
        }
        return .ok("open files", "\(configuration.connections) connections fit in the limit")
    }

    private var address: Diagnosis {
        let listen = configuration.listen
        guard listen.isLoopback else {
            return .problem("address", CommandFailure(.notLoopback, at: listen.description))
        }
        do throws(SystemFailure) {
            _ = try Socket.listen(on: .ip(listen.host, port: listen.port))
            return .ok("address", "\(listen) is free")
        } catch {
            if error.code == .addressInUse, let owner = DataFolder.owner(of: dataFolder),
                Sockets.isListening(process: owner, port: listen.port)
            {
                return .ok("address", "\(listen), where the Sluis that runs listens (process \(owner))")
            }
            return .problem("address", error)
        }
    }
}
