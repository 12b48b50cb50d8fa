import Testing
import Threads

@Suite("A crew") struct CrewTests {
    @Test("is started and joined together, and says who has not ended")
    func together() throws {
        let crew = Crew("crew-together", count: 3)
        #expect(crew.join(until: .now) == 0, "nobody was started")
        let gate = OneShot<Bool>()
        try crew.start { _ = gate.wait() }
        #expect(Thread.running.filter { $0.hasPrefix("crew-together-") }.count == 3)
        #expect(crew.join(until: .now) == 3)
        gate.fulfil(true)
        #expect(crew.join(until: nil) == 0)
        #expect(!Thread.running.contains { $0.hasPrefix("crew-together") })
    }

    @Test("of one carries the name alone")
    func alone() throws {
        let crew = Crew("crew-alone", count: 0)
        let gate = OneShot<Bool>()
        try crew.start { _ = gate.wait() }
        #expect(Thread.running.contains("crew-alone"))
        gate.fulfil(true)
        crew.join(until: nil)
    }
}

@Suite("Workers") struct WorkersTests {
    @Test("do what waits before they end, and nothing after that")
    func drain() throws {
        let workers = Workers("workers-drain", threads: 2, capacity: 8)
        let done = Monitor(0)
        for _ in 1...8 { #expect(workers.offer { done.update { $0 += 1 } }) }
        #expect(!workers.offer {}, "there is room for eight")
        try workers.start()
        #expect(workers.stop(until: .after(.seconds(60))) == 0)
        #expect(done.withLock { $0 } == 8)
        #expect(!workers.offer {})
        #expect(!Thread.running.contains { $0.hasPrefix("workers-drain") })
    }

    @Test("that were never started end at once")
    func unstarted() {
        #expect(Workers("workers-unstarted", threads: 4, capacity: 1).stop(until: .now) == 0)
    }

    @Test("say how many are still busy at the deadline")
    func busy() throws {
        let workers = Workers("workers-busy", threads: 1, capacity: 1)
        try workers.start()
        let gate = OneShot<Bool>()
        #expect(workers.offer { _ = gate.wait() })
        #expect(workers.stop(until: .now) == 1)
        gate.fulfil(true)
        #expect(workers.stop(until: .after(.seconds(60))) == 0)
    }
}
