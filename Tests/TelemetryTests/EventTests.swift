import Diagnostics
import Telemetry
import Testing
import Threads

/// One event of each kind. The switch has no default, so that a new event does not compile until it stands here.
enum Sample {
    static func event(_ kind: Event.Kind) -> Event {
        let name = "ref-1"
        let took = Duration.milliseconds(12)
        let code = Code.keyFileTooOpen
        return switch kind {
        case .berichtReceived: .berichtReceived(referentienummer: name, berichtcode: "Lk01", byteCount: 3000)
        case .berichtAccepted: .berichtAccepted(referentienummer: name, berichtcode: "Lk01", took: took)
        case .berichtAnswered: .berichtAnswered(referentienummer: name, berichtcode: "Lv01", took: took)
        case .berichtRefused:
            .berichtRefused(referentienummer: name, berichtcode: "Lk01", code: code, status: 500)
        case .berichtUnschematic:
            .berichtUnschematic(referentienummer: name, berichtcode: "Lk01", place: "line 7")
        case .berichtDuplicate: .berichtDuplicate(referentienummer: name, berichtcode: "Lk01")
        case .berichtExpanded: .berichtExpanded(referentienummer: name, deliveries: 1, took: took)
        case .berichtNotExpanded: .berichtNotExpanded(referentienummer: name, code: code)
        case .deliveryClaimed: .deliveryClaimed(referentienummer: name, target: "store", attempt: 1)
        case .deliveryDone:
            .deliveryDone(referentienummer: name, target: "store", attempt: 1, changed: true, took: took)
        case .deliveryRetried:
            .deliveryRetried(
                referentienummer: name, target: "store", attempt: 2, code: code, wait: .seconds(2))
        case .deliveryDead:
            .deliveryDead(
                referentienummer: name, target: "store", attempt: 2, code: code, place: "rollen.roltype")
        case .deliveryParked: .deliveryParked(referentienummer: name, target: "store", attempt: 2, code: code)
        case .deliveryFenced: .deliveryFenced(referentienummer: name, target: "store")
        case .deliveriesInterrupted: .deliveriesInterrupted(code: code, wait: .seconds(1))
        case .clusterStarted: .clusterStarted(version: "15.20", took: took)
        case .clusterStopped: .clusterStopped(took: took)
        case .clusterIsPrivate: .clusterIsPrivate(folder: "/var/lib/sluis/pg")
        case .connectionLost: .connectionLost(to: "ledger", code: code)
        case .connectionRestored: .connectionRestored(to: "ledger", attempts: 3, took: took)
        case .ledgerMigrated: .ledgerMigrated(from: 0, to: 1, took: took)
        case .recovered: .recovered(berichten: 3, deliveries: 2, took: took)
        case .partsSwept: .partsSwept(count: 2)
        case .listenerStarted: .listenerStarted(address: "127.0.0.1", port: 8080)
        case .listenerStopped: .listenerStopped(address: "127.0.0.1", port: 8080)
        case .requestRefused: .requestRefused(code: code, status: 400)
        case .requestAnswered: .requestAnswered(method: "GET", route: "/zaken", status: 200, took: took)
        case .connectionsFull: .connectionsFull(limit: 1000)
        case .queueFull: .queueFull(queue: "ledger")
        case .serviceStarted: .serviceStarted(version: "0.1", digest: "ab12", took: took)
        case .configurationReloaded: .configurationReloaded(digest: "ab12")
        case .configurationRefused: .configurationRefused(problems: 10)
        case .drainStarted: .drainStarted(deadline: .seconds(10))
        case .drainEnded: .drainEnded(left: 0, took: took)
        case .serviceStopped: .serviceStopped(took: took)
        case .internalFault: .internalFault(room: "Delivery", code: code)
        case .linesDropped: .linesDropped(count: 7)
        }
    }
}

@Suite("An event") struct EventTests {
    static let time = WallTime(seconds: 1_583_737_264, nanoseconds: 250_999_999)

    private func line(_ event: Event, at time: WallTime = time) -> String {
        String(decoding: event.line(at: time), as: UTF8.self)
    }

    @Test("knows its own kind, a name of its own, and a level", arguments: Event.Kind.allCases)
    func kind(_ kind: Event.Kind) {
        #expect(Sample.event(kind).kind == kind)
        #expect(kind.rawValue.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil)
    }

    @Test(
        "says only what is on the list: names we chose, references, numbers", arguments: Event.Kind.allCases)
    func noPersonalData(_ kind: Event.Kind) {
        let allowed: Set = [
            "referentienummer", "berichtcode", "bytes", "took", "code", "status", "deliveries", "target",
            "attempt", "changed", "wait", "place", "version", "folder", "to", "attempts", "from", "berichten",
            "count", "address", "port", "method", "route", "limit", "queue", "digest", "problems", "deadline",
            "left", "room",
        ]
        let fields = Sample.event(kind).fields
        #expect(fields.allSatisfy { allowed.contains($0.name) })
        #expect(Set(fields.map(\.name)).count == fields.count)
        for field in fields {
            if case .reference = field.value { #expect(field.name == "referentienummer") }
        }
    }

    @Test("is one line of one JSON object, in fixed order")
    func lines() {
        #expect(
            line(Sample.event(.deliveryDone))
                == #"{"ts":"2020-03-09T07:01:04.250Z","level":"info","event":"delivery.done","#
                + #""referentienummer":"ref-1","target":"store","attempt":1,"changed":true,"took_ms":12}"#
                + "\n")
        #expect(
            line(Sample.event(.deliveryRetried))
                == #"{"ts":"2020-03-09T07:01:04.250Z","level":"warning","event":"delivery.retried","#
                + #""referentienummer":"ref-1","target":"store","attempt":2,"code":"C051 keyFileTooOpen","#
                + #""wait_ms":2000}"# + "\n")
    }

    @Test(
        "escapes whatever a sender put into its referentienummer, and cuts it off",
        arguments: [
            (#"a"b\c"#, #""a\"b\\c""#), ("a\nb\u{0}\u{1B}[31m", #""a\u000ab\u0000\u001b[31m""#),
            ("é😀\u{2028}", #""\u00e9\ud83d\ude00\u2028""#),
            (String(repeating: "x", count: 100_000), "\"" + String(repeating: "x", count: 200) + "\""),
        ])
    func escapes(_ name: String, _ written: String) {
        let text = line(.berichtDuplicate(referentienummer: name, berichtcode: "Lk01"))
        #expect(text.contains(#""referentienummer":\#(written),"#))
        #expect(text.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(text.utf8.allSatisfy { $0 < 0x7F })
    }

    @Test(
        "tells durations in milliseconds",
        arguments: [
            (Duration.zero, "0"), (.nanoseconds(999), "0"), (.microseconds(31), "0.031"),
            (.microseconds(12_500), "12.5"), (.seconds(3), "3000"), (.microseconds(-1500), "-1.5"),
            (.seconds(Int64.max), "9223372036854.775"),
        ])
    func durations(_ duration: Duration, _ text: String) {
        #expect(line(.clusterStopped(took: duration)).contains(#""took_ms":\#(text)}"#))
    }

    @Test(
        "tells its moment in RFC 3339, UTC",
        arguments: [
            (Int64(0), "1970-01-01T00:00:00.250Z"), (951_782_400, "2000-02-29T00:00:00.250Z"),
            (-1, "1969-12-31T23:59:59.250Z"), (4_102_444_799, "2099-12-31T23:59:59.250Z"),
        ])
    func moments(_ seconds: Int64, _ text: String) {
        let time = WallTime(seconds: seconds, nanoseconds: 250_000_000)
        #expect(line(.clusterStopped(took: .zero), at: time).hasPrefix(#"{"ts":"\#(text)","#))
    }
}
