import Glibc
import Telemetry
import Testing
import Threads

@Suite("An observer") struct ObserverTests {
    @Test("tells all its sinks, at the time it is given")
    func sinks() {
        let (first, second) = (Recorder(), Recorder())
        let observer = Observer([first, second], time: .fixed(WallTime(seconds: 1)))
        observer.observe(.partsSwept(count: 1))
        #expect(first.events.map(\.kind) == [.partsSwept])
        #expect(second.events.map(\.kind) == [.partsSwept])
        Observer.silent.observe(.partsSwept(count: 1))
    }

    @Test("may be used by many threads at once")
    func threads() throws {
        let (recorder, counters) = (Recorder(), Counters())
        let observer = Observer([recorder, counters], time: .system)
        let threads = try (0..<4).map { number in
            try Thread.start("observer-\(number)") {
                for _ in 0..<500 { observer.observe(.partsSwept(count: number)) }
            }
        }
        for thread in threads { thread.join() }
        #expect(recorder.events.count == 2000)
        #expect(counters.count(.partsSwept) == 2000)
    }
}

@Suite("The counters") struct CountersTests {
    @Test("give each event, also one that never happened, in Prometheus' text format")
    func text() {
        let counters = Counters()
        counters.take(Sample.event(.deliveryDone), at: .now)
        counters.take(Sample.event(.deliveryDone), at: .now)
        counters.take(.linesDropped(count: 7), at: .now)
        let lines = counters.text.split(separator: "\n")
        #expect(lines[1] == "# TYPE sluis_events_total counter")
        #expect(lines.contains(#"sluis_events_total{event="delivery.done",level="info"} 2"#))
        #expect(lines.contains(#"sluis_events_total{event="delivery.dead",level="error"} 0"#))
        #expect(lines.contains(#"sluis_events_total{event="log.dropped",level="warning"} 7"#))
        #expect(lines.count == Event.Kind.allCases.count + 2)
    }
}

@Suite("The log") struct LineLogTests {
    /// A pipe that nobody reads until the test does.
    final class Pipe {
        let reader: Int32
        let writer: Int32

        init() {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            _ = unsafe pipe(&ends)
            (reader, writer) = (ends[0], ends[1])
        }

        deinit {
            close(reader)
            close(writer)
        }

        /// All that is in the pipe now.
        func drain() -> String {
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            _ = fcntl(reader, F_SETFL, O_NONBLOCK)
            while true {
                let count = unsafe read(reader, &buffer, buffer.count)
                guard count > 0 else { return String(decoding: text, as: UTF8.self) }
                text += buffer.prefix(count)
            }
        }
    }

    @Test("writes lines at once, and leaves out what is less urgent")
    func lines() {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.writer, minimum: .info, capacity: 4096)
        log.take(Sample.event(.deliveryClaimed), at: EventTests.time)
        log.take(Sample.event(.deliveryDone), at: EventTests.time)
        #expect(
            pipe.drain()
                == String(decoding: Sample.event(.deliveryDone).line(at: EventTests.time), as: UTF8.self))
    }

    @Test("never waits for a reader that stands still, and tells afterwards how much it threw away")
    func blocked() {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.writer, minimum: .debug, capacity: 10_000)
        for _ in 0..<5000 { log.take(Sample.event(.deliveryDone), at: EventTests.time) }
        var text = ""
        while true {
            let more = pipe.drain()
            if more.isEmpty { break }
            text += more
            log.flush(until: .now)
        }
        log.take(Sample.event(.deliveryDone), at: EventTests.time)
        text += pipe.drain()
        let lines = text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        let report = lines.filter { $0.contains("log.dropped") }
        #expect(report.count == 1)
        let dropped = report.first.flatMap { $0.firstMatch(of: /"count":(\d+)/) }.flatMap { Int($0.1) } ?? 0
        #expect(dropped > 0)
        #expect(lines.count - 1 + dropped == 5001)
        #expect(lines.last?.contains("delivery.done") == true)
    }

    @Test("gives up on a reader that is gone")
    func gone() {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.writer, minimum: .debug, capacity: 10_000)
        close(pipe.reader)
        log.take(Sample.event(.deliveryDone), at: EventTests.time)
        #expect(log.flush(until: .now))
    }
}
