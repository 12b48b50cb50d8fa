import Crypto
import Delivery
import Diagnostics
import Intake
import Ledger
import Record
import Resources
import StUF
import Telemetry
import Threads
import Testing

/// The shipped rulebook over a ledger in memory, at a moment that stands still.
struct Workshop {
    static let received = WallTime(seconds: 1_588_830_963)
    static let root = String(#filePath.split(separator: "/Tests/").first ?? "")
    static let rulebook: Rulebook? = Rulebook.load(["\(root)/mappings"]).rulebook

    let judge: Judge
    let ledger = MemoryLedger()
    let courier: Courier

    init() throws {
        let rulebook = try #require(Self.rulebook, "the shipped mappings have errors: run sluis check")
        let hash = KeyedHash(id: "test", key: Array(repeating: 7, count: 32))
        judge = Judge(rulebook: rulebook, tenant: "test", hash: hash)
        let store = StoreTarget(
            store: ledger, library: rulebook.resources, made: rulebook.made, tenant: "test", hash: hash,
            time: .fixed(Self.received))
        courier = try Courier(
            to: store, ledger: ledger, layouts: { rulebook.resources.resource($0)?.shape.layout },
            settings: .init(), observer: .silent, time: .fixed(Self.received), chance: { 0 })
    }

    func read(_ bytes: [UInt8], soapAction: String? = nil) throws -> Bericht {
        try BerichtReader.read(
            bytes, judge.rulebook.forms, soapAction: soapAction, hash: judge.hash, contents: MemoryContents())
    }

    /// Decides, keeps, expands and delivers a kennisgeving.
    func process(_ bytes: [UInt8]) throws -> Receipt {
        let bericht = try read(bytes)
        guard
            case .accepted(let accepted) = try judge.decide(
                bericht, received: Self.received, content: { _ in [] })
        else { throw Refusal(StUFFailure(.stufOperationUnknown)) }
        let entry = Entry(
            bericht.header, content: bericht.contentHash, accepted, refusal: nil, judge: judge,
            received: Self.received, body: .bytes(bytes), contents: [], reply: nil)
        let outcome = OneShot<Result<Receipt, LedgerFailure>>()
        ledger.keep(entry) { outcome.fulfil($0) }
        let receipt = try #require(outcome.wait(until: nil)).get()
        if case .stored(let sequence) = receipt {
            try ledger.expand(sequence, accepted.deliveries(sequence), now: Self.received)
            while try courier.round() > 0 {}
        }
        return receipt
    }
}
