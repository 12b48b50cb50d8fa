import Diagnostics
import Foundation
import Postgres
import TestSupport
import Testing
import Threads

/// The program `cluster-keeper`, built beside the tests.
enum ClusterKeeperProgram {
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return tests.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/cluster-keeper"
    }()

    struct Output {
        var exit: Threads.Process.Exit
        var text: String
    }

    /// Runs it to its end; as another user where `prefix` says so.
    static func run(
        _ arguments: String..., prefix: [String] = [], environment: [String: String]? = nil
    ) throws -> Output {
        let words = prefix + [path] + arguments
        let output = try Threads.Process.run(
            Command(words[0], Array(words.dropFirst()), environment: environment),
            until: .after(.seconds(120)))
        return Output(
            exit: output.exit, text: String(decoding: output.output + output.errors, as: UTF8.self))
    }

    static let asNobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]

    /// Whether another user can be had, and can run what was built here.
    static let canRunAsNobody: Bool = {
        guard geteuid() == 0,
            let output = try? Threads.Process.run(Command(asNobody[0], asNobody.dropFirst() + [path]))
        else { return false }
        return output.exit == .status(64)
    }()
}

@Suite("The data folder") struct DataFolderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("a b")
    }

    @Test("is made where it is not there, with all above it")
    func made() throws {
        let data = try DataFolder("\(folder.path)/c/d")
        #expect(data.path == "\(folder.path)/c/d")
        let attributes = try FileManager.default.attributesOfItem(atPath: data.path)
        #expect(attributes[.posixPermissions] as? Int == (geteuid() == 0 ? 0o711 : 0o700))
    }

    @Test("has one owner at a time, which a second is told")
    func locked() throws {
        do {
            let first = try DataFolder(folder.path)
            let failure = try expectFailure(.dataFolderInUse) { try DataFolder("\(folder.path)/../a b/") }
            #expect(
                failure.description
                    == "P304 dataFolderInUse at \(first.path): process \(getpid()) has it")
            let other = try ClusterKeeperProgram.run(folder.path, "stop")
            #expect(other.exit == .status(2))
            #expect(other.text.contains("P304 dataFolderInUse at \(first.path): process \(getpid()) has it"))
        }
        _ = try DataFolder(folder.path)
    }

    @Test("goes to one of two that start at once")
    func twoAtOnce() throws {
        let path = folder.path
        let starts = try (0..<2).map { _ in
            try LastingThread("start") { try ClusterKeeperProgram.run(path, "stop") }
        }
        let outputs = try starts.map { try $0.result.get() }
        let winners = outputs.filter { $0.exit.isSuccess }
        #expect(!winners.isEmpty)
        for output in outputs where !output.exit.isSuccess { #expect(output.text.contains("P304")) }
    }

    @Test("says what is in the way", arguments: ["/proc/sluis", "/dev/null/sluis", ""])
    func unusable(_ path: String) throws {
        let failure = try expectFailure(.dataFolderUnusable) { try DataFolder(path) }
        #expect(failure.hint != nil)
    }

    @Test(
        "is that of the user",
        .enabled(if: ClusterKeeperProgram.canRunAsNobody, "needs root, and a build that others can read"),
        arguments: [
            (["XDG_STATE_HOME": "/x", "HOME": "/h"], "/x/sluis\n"),
            (["XDG_STATE_HOME": "x", "HOME": "/h"], "/h/.local/state/sluis\n"),
            (["HOME": "/h"], "/h/.local/state/sluis\n"),
        ])
    func standard(_ environment: [String: String], _ path: String) throws {
        let output = try ClusterKeeperProgram.run(
            "-", "path", prefix: ClusterKeeperProgram.asNobody, environment: environment)
        #expect(output.text == path)
    }

    @Test(
        "of an ordinary user holds a cluster that runs as that user, and survives a kill",
        .enabled(if: ClusterKeeperProgram.canRunAsNobody, "needs root, and a build that others can read"))
    func ordinaryUser() throws {
        unsafe chown(folder.path, 65534, 65534)
        let run = { (end: String) in
            try ClusterKeeperProgram.run(folder.path, end, prefix: ClusterKeeperProgram.asNobody)
        }
        #expect(try run("die").text.contains("rows 1\n"))
        let second = try run("stop")
        #expect(second.text == "rows 2\nstopped\n")
        let owner = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/pg")
        #expect(owner[.ownerAccountName] as? String == "nobody")
        // What one user made, another does not touch.
        let failure = try expectFailure(.dataFolderUnusable) {
            try PrivateCluster.start(in: DataFolder(folder.path))
        }
        #expect(failure.hint == "it is another user's; Postgres runs as postgres here")
    }

    @Test(
        "that the user may not write is refused",
        .enabled(if: ClusterKeeperProgram.canRunAsNobody, "needs root, and a build that others can read"))
    func notWritable() throws {
        let output = try ClusterKeeperProgram.run(
            folder.path, "stop", prefix: ClusterKeeperProgram.asNobody)
        #expect(output.exit == .status(2))
        #expect(output.text == "P303 dataFolderUnusable at \(folder.path)/lock: Permission denied\n")
    }

    @Test(
        "that the cluster's user cannot enter is refused before anything is made",
        .enabled(if: geteuid() == 0, "needs root"))
    func notReachable() throws {
        unsafe chmod(folder.path, 0o700)
        let failure = try expectFailure(.dataFolderUnusable) {
            try PrivateCluster.start(in: DataFolder(folder.path))
        }
        #expect(failure.hint?.contains("user postgres, as which Postgres runs, cannot enter it") == true)
    }

    @Test(
        "with a path too long for a socket has it in a folder of its user, unless that is another's",
        .enabled(if: ClusterKeeperProgram.canRunAsNobody, "needs root, and a build that others can read"))
    func longPath() throws {
        let long = "\(folder.path)/\(String(repeating: "x", count: 100))"
        try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
        unsafe chown(long, 65534, 65534)
        let shared = "/tmp/sluis-65534"
        try? FileManager.default.removeItem(atPath: shared)
        defer { try? FileManager.default.removeItem(atPath: shared) }
        let first = try ClusterKeeperProgram.run(long, "stop", prefix: ClusterKeeperProgram.asNobody)
        #expect(first.text == "rows 1\nstopped\n")
        #expect(FileManager.default.fileExists(atPath: shared))

        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: shared)
        let second = try ClusterKeeperProgram.run(long, "stop", prefix: ClusterKeeperProgram.asNobody)
        #expect(second.exit == .status(2))
        #expect(second.text.hasPrefix("P308 socketFolderUnusable"))
        #expect(second.text.contains("/run is too long; "))
        #expect(second.text.contains(": others own it or can write to it"))
    }
}
