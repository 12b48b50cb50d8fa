import Foundation
import HTTP
import Postgres
import TestSupport
import Testing
import Threads

/// How often it is killed at each place.
private let rounds = ProcessInfo.processInfo.environment["SLUIS_KILL_ROUNDS"].flatMap(Int.init) ?? 20

@Suite(
    "A Sluis that is killed", .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["SLUIS_SANITIZED"] == nil,
        "sanitizers slow the program down too much to be killed often"))
struct KillTests {
    @Test(
        "has every acknowledged bericht once, and brings all to the store in order",
        arguments: [
            "intake.afterAccept", "ledger.beforeCommit", "ledger.afterCommit", "ledger.afterExpand",
            "ledger.afterClaim", "delivery.afterEffect", "ledger.afterSettle",
        ])
    func atPoint(_ point: String) throws {
        let seed = Seed.series(1)[0]
        var chance = seed.generator
        let counts = (0..<rounds).map { _ in Int.random(in: 1...25, using: &chance) }
        try Assault(senders: 6).run(counts.map { .at(point, count: $0) })
    }

    @Test("at any moment has every acknowledged bericht once, and brings all to the store in order")
    func atRandom() throws {
        let seed = Seed.series(1)[0]
        var chance = seed.generator
        let acknowledgements = (0..<rounds).map { _ in Int.random(in: 0...120, using: &chance) }
        try Assault(senders: 6).run(acknowledgements.map { .afterAcknowledgements($0) })
    }
}

/// A load of senders against a program that dies again and again.
private struct Assault {
    enum Death {
        case at(String, count: Int)
        case afterAcknowledgements(Int)
    }

    let stories: [Story]

    init(senders: Int) {
        stories = (0..<senders).map { Story(identificatie: "19000000\(10 + $0)") }
    }

    func run(_ deaths: [Death]) throws {
        let victim = try Victim()
        let client = try Client()
        defer {
            client.stop()
            victim.kill()
        }
        /// For each story the number of its next bericht: all before it are acknowledged.
        let next = Monitor([Int](repeating: 0, count: stories.count))
        // Something is acknowledged before it dies at a place that may be reached earlier than that.
        for death in [.afterAcknowledgements(1)] + deaths {
            switch death {
            case .at(let point, let count): try victim.start(dyingAt: point, count: count)
            case .afterAcknowledgements: try victim.start(dyingAt: nil)
            }
            guard victim.awaitAnswer(client) else { continue }
            try load(victim, client, next, until: death)
            victim.kill()
        }
        try victim.start(dyingAt: nil)
        try #require(victim.awaitAnswer(client), "\(victim.lastWords)")
        try verify(victim, client, next.withLock { $0 })
        victim.stop()
    }

    /// Lets every sender post its story, each bericht until it is acknowledged, until the program has died.
    private func load(
        _ victim: Victim, _ client: Client, _ next: Monitor<[Int]>, until death: Death
    ) throws {
        let begin = next.withLock { $0.reduce(0, +) }
        let isOver = Monitor(false)
        let base = victim.base
        let senders = try stories.indices.map { index in
            let story = stories[index]
            return try Threads.Thread.start("sender-\(index)") {
                while !isOver.withLock({ $0 }) {
                    let number = next.withLock { $0[index] }
                    guard Self.isAcknowledged(story.bericht(number), base, client) else {
                        isOver.update { $0 = true }
                        // Wakes the one that waits for the end of the round.
                        next.update { _ in }
                        return
                    }
                    next.update { $0[index] += 1 }
                }
            }
        }
        // A point that is never reached under this load ends the round all the same.
        let deadline = Instant.after(.seconds(15))
        var limit = Int.max
        if case .afterAcknowledgements(let count) = death { limit = begin + count }
        let _: Bool? = next.wait(until: deadline) {
            $0.reduce(0, +) >= limit || isOver.withLock { $0 } ? true : nil
        }
        victim.kill()
        isOver.update { $0 = true }
        for sender in senders { sender.join() }
    }

    private static func isAcknowledged(_ bericht: [UInt8], _ base: String, _ client: Client) -> Bool {
        let request = Request(
            .post, "\(base)/stuf", fields: [Field("Content-Type", "text/xml; charset=utf-8")], body: bericht)
        guard let answer = try? client.call(request) else { return false }
        return answer.status == .ok && String(decoding: answer.bytes, as: UTF8.self).contains("Bv03Bericht")
    }

    private func verify(_ victim: Victim, _ client: Client, _ next: [Int]) throws {
        #expect(next.reduce(0, +) > 0, "nothing was acknowledged at all")
        let socket = try victim.databaseSocket()
        let connection = try Connection(
            try ConnectionString("host=\(socket.folder) port=\(socket.port) user=sluis dbname=sluis"))
        try awaitQuiet(connection)
        for (story, count) in zip(stories, next) {
            let found = try connection.execute(
                """
                SELECT referentienummer FROM sluis.bericht
                WHERE referentienummer LIKE $1 AND state = 'done' ORDER BY sequence
                """, [.text("\(story.identificatie)-%")])
            let numbers = try found.map { try $0.text(0) }
            // The bericht under way at the last death may be there too, though its sender never heard so.
            #expect(numbers.starts(with: (0..<count).map(story.referentienummer)), "\(victim.lastWords)")
            #expect(Set(numbers).count == numbers.count && numbers.count <= count + 1)
            guard !numbers.isEmpty else { continue }
            let page = try client.call(
                Request(.get, "\(victim.base)/zaken/api/v1/zaken?identificatie=\(story.identificatie)"))
            let json = String(decoding: page.bytes, as: UTF8.self)
            #expect(json.contains("\"count\":1"), "\(json)")
            #expect(json.contains("\"omschrijving\":\"\(story.omschrijving(numbers.count - 1))\""), "\(json)")
        }
    }

    /// Waits until nothing is on its way any more.
    private func awaitQuiet(_ connection: Connection) throws {
        let deadline = Instant.after(.seconds(120))
        let pause = Monitor(0)
        while Instant.now < deadline {
            let open = try connection.execute(
                "SELECT count(*) FROM sluis.bericht WHERE state IN ('accepted', 'open')", [])
            if try open.only().int(0) == 0 { return }
            let _: Int? = pause.wait(until: .after(.milliseconds(50))) { _ in nil }
        }
        Issue.record("berichten stay open")
    }
}
