import Diagnostics
import Glibc
import Testing
import Threads

@Suite("A started program") struct ProcessTests {
    @Test("gives what it wrote and how it ended")
    func output() throws {
        let result = try Process.run(
            Command(
                "sh", ["-c", "echo \"$A $PWD\"; echo fout >&2; exit 3"], environment: ["A": "b"],
                workingDirectory: "/"))
        #expect(result.exit == .status(3))
        #expect(!result.exit.isSuccess)
        #expect(String(decoding: result.output, as: UTF8.self) == "b /\n")
        #expect(String(decoding: result.errors, as: UTF8.self) == "fout\n")
        #expect(!result.isTruncated)
    }

    @Test("is kept from filling the memory")
    func truncated() throws {
        let result = try Process.run(Command("head", ["-c", "1000000", "/dev/zero"]), limit: 1000)
        #expect(result.exit.isSuccess)
        #expect(result.output.count == 1000)
        #expect(result.isTruncated)
    }

    @Test(
        "is killed at the deadline, whether it writes or not",
        arguments: ["exec sleep 600", "yes", "exec >&- 2>&-; exec sleep 600"])
    func deadline(script: String) throws {
        let result = try Process.run(
            Command("sh", ["-c", "exec sh -c '\(script)'"]), until: .after(.milliseconds(50)))
        #expect(result.exit == .signal(SIGKILL))
    }

    @Test("runs beside us until it is told to end")
    func signalled() throws {
        let process = try Process.start(Command("sleep", ["600"], ownGroup: true))
        #expect(process.isRunning)
        #expect(process.wait(until: .after(.milliseconds(1))) == nil)
        process.signal(.terminate)
        #expect(process.wait() == .signal(SIGTERM))
        #expect(process.wait() == .signal(SIGTERM))
        #expect(!process.isRunning)
        process.signal(.kill)
    }

    @Test("writes to files, appending")
    func files() throws {
        let path = "/tmp/sluis-process-\(UInt32.random(in: 0...(.max)))"
        defer { unsafe unlink(path) }
        for _ in 0..<2 {
            let process = try Process.start(Command("echo", ["regel"], output: .file(path), errors: .nothing))
            #expect(process.wait()?.isSuccess == true)
        }
        let back = try Process.run(Command("cat", input: .file(path)))
        #expect(String(decoding: back.output, as: UTF8.self) == "regel\nregel\n")
    }

    @Test("gets none of our descriptors and no blocked signal")
    func inheritance() throws {
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let open = try Process.run(Command("ls", ["/proc/self/fd/\(listener.descriptor.number)"]))
        #expect(!open.exit.isSuccess)
        let mask = try Process.run(Command("grep", ["SigBlk", "/proc/self/status"]))
        #expect(String(decoding: mask.output, as: UTF8.self) == "SigBlk:\t0000000000000000\n")
    }

    @Test("that does not exist is named")
    func missing() {
        do {
            _ = try Process.run(Command("sluis-no-such-program"))
            Issue.record("it ran")
        } catch {
            #expect(error.code == .programNotFound)
            #expect(error.description.contains("sluis-no-such-program"))
        }
        #expect(throws: SystemFailure.self) { _ = try Process.start(Command("echo", ["a\0b"])) }
        #expect(throws: SystemFailure.self) {
            _ = try Process.start(Command("echo", workingDirectory: "/no/such/folder"))
        }
    }
}

@Suite("A folder's lock") struct FileLockTests {
    @Test("keeps a second owner out until the first is gone")
    func exclusive() throws {
        let path = "/tmp/sluis-lock-\(UInt32.random(in: 0...(.max)))"
        defer { unsafe unlink(path) }
        func refusal() -> Code? {
            do {
                _ = try FileLock(path: path)
                return nil
            } catch {
                return error.code
            }
        }
        do {
            let lock = try FileLock(path: path)
            #expect(refusal() == .fileLocked)
            withExtendedLifetime(lock) {}
        }
        #expect(refusal() == nil)
        #expect(throws: SystemFailure.self) { _ = try FileLock(path: "/no/such/folder/lock") }
    }

    @Test("is not kept by a program that we started")
    func notInherited() throws {
        let path = "/tmp/sluis-lock-\(UInt32.random(in: 0...(.max)))"
        defer { unsafe unlink(path) }
        let process: Process
        do {
            let lock = try FileLock(path: path)
            process = try Process.start(Command("sleep", ["600"]))
            withExtendedLifetime(lock) {}
        }
        defer {
            process.signal(.kill)
            _ = process.wait()
        }
        _ = try FileLock(path: path)
    }
}

@Suite("Signals to us") struct SignalTests {
    @Test("are read like events")
    func reading() throws {
        let source = try SignalSource([.hangup])
        #expect(source.next(until: .after(.milliseconds(1))) == nil)
        // To this thread alone: other threads of the test do not block it.
        pthread_kill(pthread_self(), SIGHUP)
        #expect(source.next() == .hangup)
        let stop = try StopSignal()
        stop.set()
        #expect(source.next(orStop: stop) == nil)
    }
}
