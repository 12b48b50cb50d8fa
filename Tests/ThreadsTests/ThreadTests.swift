import Testing
import Threads

@Suite("A thread") struct ThreadTests {
    @Test("is counted as running until it has ended, and joined by whoever asks")
    func lifetime() throws {
        let gate = OneShot<Bool>()
        let result = OneShot<Int>()
        let thread = try Thread.start("thread-lifetime") {
            _ = gate.wait()
            result.fulfil(42)
        }
        #expect(Thread.running.contains("thread-lifetime"))
        #expect(!thread.join(until: .now))
        gate.fulfil(true)
        #expect(thread.join())
        #expect(thread.join())
        #expect(result.wait() == 42)
        #expect(!Thread.running.contains("thread-lifetime"))
    }

    @Test("may be joined by several threads at once")
    func manyJoiners() throws {
        let gate = OneShot<Bool>()
        let first = try Thread.start("joined") { _ = gate.wait() }
        let joiners = try (0..<4).map { index in try Thread.start("joiner-\(index)") { first.join() } }
        gate.fulfil(true)
        for joiner in joiners { joiner.join() }
        #expect(!Thread.running.contains { $0.hasPrefix("join") })
    }

    @Test("takes along what cannot be copied")
    func handover() throws {
        struct Once: ~Copyable, Sendable { let number: Int }
        let handover = Handover(Once(number: 7))
        let result = OneShot<Int>()
        try Thread.start("handover") {
            switch handover.take() {
            case .some(let once): result.fulfil(once.number)
            case .none: result.fulfil(0)
            }
        }.join()
        #expect(result.wait() == 7)
        let isGone = handover.take() == nil
        #expect(isGone)
    }
}

@Suite("A stop signal") struct StopSignalTests {
    @Test("ends every wait, now and later")
    func stops() throws {
        let stop = try StopSignal()
        #expect(!stop.wait(until: .after(.milliseconds(1))))
        let threads = try (0..<3).map { index in
            try Thread.start("stop-\(index)") { _ = stop.wait(until: nil) }
        }
        stop.set()
        for thread in threads { thread.join() }
        #expect(stop.isSet)
        #expect(stop.wait(until: nil))
    }

    @Test("interrupts a wait on a socket")
    func interrupts() throws {
        let stop = try StopSignal()
        let listener = try Socket.listen(on: .ip("127.0.0.1", port: 0))
        let result = OneShot<Descriptor.Wait>()
        let number = listener.descriptor.number
        let thread = try Thread.start("stop-socket") {
            result.fulfil(Descriptor.wait(for: number, .reading, until: nil, orStop: stop))
        }
        stop.set()
        thread.join()
        #expect(result.wait() == .stopped)
        let late = Descriptor.wait(for: number, .reading, until: .after(.milliseconds(1)))
        #expect(late == .late)
    }
}

@Suite("A one-shot value") struct OneShotTests {
    @Test("keeps the first value and gives it to all")
    func first() {
        let value = OneShot<String>()
        #expect(value.wait(until: .now) == nil)
        #expect(value.fulfil("a"))
        #expect(!value.fulfil("b"))
        #expect(value.wait() == "a")
        #expect(value.wait() == "a")
    }
}

@Suite("Time") struct TimeTests {
    @Test("adds and subtracts without overflow")
    func arithmetic() {
        let start = Instant(nanoseconds: 5)
        #expect((start + .seconds(2)).nanoseconds == 2_000_000_005)
        #expect((start + .seconds(2)) - start == .seconds(2))
        #expect((start + .seconds(Int64.max)).nanoseconds == .max)
        #expect(Instant(nanoseconds: .min) + .seconds(-1) == Instant(nanoseconds: .min))
        #expect(start < start + .nanoseconds(1))
    }

    @Test("stands still in a fixed source")
    func fixed() {
        let source = TimeSource.fixed(WallTime(seconds: 1_583_737_264))
        #expect(source.wall() == source.wall())
        #expect(source.instant() == source.instant())
        #expect(TimeSource.system.wall() > source.wall())
    }
}
