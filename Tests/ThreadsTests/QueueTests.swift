import Testing
import Threads

@Suite("A bounded queue") struct QueueTests {
    @Test("gives its elements in order, singly or in batches")
    func order() {
        let queue = Queue<Int>(capacity: 4)
        for number in 1...4 { #expect(queue.offer(number) == .accepted) }
        #expect(queue.offer(5) == .full)
        #expect(queue.put(5, until: .now) == .full)
        #expect(queue.take() == 1)
        #expect(queue.takeAll(upTo: 2) == [2, 3])
        #expect(queue.put(6) == .accepted)
        #expect(queue.count == 2)
        #expect(queue.takeAll(upTo: 10) == [4, 6])
        #expect(queue.take(until: .after(.milliseconds(1))) == nil)
        #expect(queue.takeAll(upTo: 3, until: .now).isEmpty)
        #expect(queue.takeAll(upTo: 0).isEmpty)
    }

    @Test("that is closed accepts nothing, gives what it holds and then says so")
    func closing() {
        let queue = Queue<Int>(capacity: 1)
        #expect(queue.offer(1) == .accepted)
        queue.close()
        #expect(queue.isClosed)
        #expect(queue.offer(2) == .closed)
        #expect(queue.put(2) == .closed)
        #expect(queue.take() == 1)
        #expect(queue.take() == nil)
        #expect(queue.takeAll(upTo: 5).isEmpty)
    }

    @Test("wakes writers and readers when it is closed")
    func closingWakes() throws {
        let full = Queue<Int>(capacity: 1)
        let empty = Queue<Int>(capacity: 1)
        #expect(full.offer(1) == .accepted)
        let refused = OneShot<Queue<Int>.Offer>()
        let writer = try Thread.start("queue-writer") { refused.fulfil(full.put(2)) }
        let reader = try Thread.start("queue-reader") { _ = empty.take() }
        full.close()
        empty.close()
        writer.join()
        reader.join()
        #expect(refused.wait() == .closed)
    }

    @Test("loses and doubles nothing between many writers and readers", arguments: [1, 3, 64])
    func concurrent(capacity: Int) throws {
        let queue = Queue<Int>(capacity: capacity)
        let seen = Monitor<[Int]>([])
        let readers = try (0..<3).map { index in
            try Thread.start("q\(capacity)-reader-\(index)") {
                while true {
                    let batch = index == 0 ? queue.take().map { [$0] } ?? [] : queue.takeAll(upTo: 5)
                    guard !batch.isEmpty else { return }
                    seen.withLock { $0 += batch }
                }
            }
        }
        let writers = try (0..<4).map { writer in
            try Thread.start("q\(capacity)-writer-\(writer)") {
                for number in 0..<500 { _ = queue.put(writer * 500 + number) }
            }
        }
        for writer in writers { writer.join() }
        queue.close()
        for reader in readers { reader.join() }
        #expect(seen.withLock { $0.sorted() } == Array(0..<2000))
    }
}

@Suite("A monitor") struct MonitorTests {
    @Test("wakes those who wait for a state")
    func waits() throws {
        let count = Monitor(0)
        let threads = try (0..<8).map { index in
            try Thread.start("monitor-\(index)") {
                for _ in 0..<100 { count.update { $0 += 1 } }
            }
        }
        #expect(count.wait(until: nil) { $0 == 800 ? $0 : nil } == 800)
        for thread in threads { thread.join() }
        #expect(count.wait(until: .after(.milliseconds(1))) { $0 > 800 ? true : nil } == nil)
    }

    @Test("passes on what its body throws and is free again")
    func throwing() {
        struct Refused: Error {}
        let monitor = Monitor(1)
        #expect(throws: Refused.self) { try monitor.withLock { _ throws(Refused) in throw Refused() } }
        #expect(monitor.withLock { $0 } == 1)
    }
}
