import Crypto
import Delivery
import Diagnostics
import Ledger
import Model
import Record
import Resources
import Testing
import Threads

/// A store in front of one in memory that does not do all that it is asked.
private final class WilfulStore: DocumentStore {
    enum Will: Sendable {
        /// Fails whenever that object is among those to be written.
        case refuses(String, LedgerFailure)
        /// Has a newer one of that object by the time that it is asked to write.
        case hasNewer(String)
    }

    private let real: MemoryLedger
    private let will: Will
    /// The objects of each write that was asked for.
    let asked = Monitor<[[String]]>([])

    init(_ real: MemoryLedger, _ will: Will) {
        self.real = real
        self.will = will
    }

    func write(_ documents: [Document]) throws(LedgerFailure) -> [Bool] {
        asked.withLock { $0.append(documents.map(\.key.value)) }
        switch will {
        case .refuses(let object, let failure):
            guard !documents.contains(where: { $0.key.value.contains(object) }) else { throw failure }
            return try real.write(documents)
        case .hasNewer(let object):
            let written = try real.write(documents)
            return zip(documents, written).map { !$0.key.value.contains(object) && $1 }
        }
    }

    func documents(_ keys: [ObjectKey]) throws(LedgerFailure) -> [Document] { try real.documents(keys) }
    func document(tenant: String, resource: String, uuid: String) throws(LedgerFailure) -> Document? {
        try real.document(tenant: tenant, resource: resource, uuid: uuid)
    }
    func list(_ question: Question, tenant: String) throws(LedgerFailure) -> DocumentPage {
        try real.list(question, tenant: tenant)
    }
}

@Suite("The own store as a target") struct StoreTargetTests {
    private static let library: ResourceLibrary = {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return ResourceLibrary(Models.load(["/\(folder)/mappings/models"]).models)
    }()
    private static let hash = KeyedHash(id: "k1", key: [1, 2, 3])
    private static let zaken = ["Z1", "Z2", "Z3"]

    private let ledger = MemoryLedger()

    private func target(_ store: any DocumentStore) -> StoreTarget {
        StoreTarget(
            store: store, library: Self.library, made: ["zaken:Zaak"], tenant: "test", hash: Self.hash,
            time: .fixed(WallTime(seconds: 1_583_737_264)))
    }

    /// New zaken, numbered from 1.
    private func consignments(_ identificaties: [String]) throws -> [Consignment] {
        let resource = try #require(Self.library.resource("zaken:Zaak"))
        return try identificaties.enumerated().map { index, identificatie in
            let json =
                #"{"identificatie":"\#(identificatie)","bronorganisatie":"001005650","startdatum":"2020-03-09","#
                + #""verantwoordelijkeOrganisatie":"001005650","zaaktype":{"identificatie":"B1026"}}"#
            let record = try GraphDocument.read(
                Array(json.utf8), of: resource.shape, content: { _ in Record.Content(id: 1, byteCount: 3) }
            ).record
            let key = try resource.key(of: record, tenant: "test", hash: Self.hash)
            let sequence = Int64(index + 1)
            let change = Change(
                objects: [key], kind: .added, before: nil, after: record, origin: identificatie,
                source: "OUD",
                position: sequence)
            let delivery = Delivery(
                id: sequence, sequence: sequence, target: "store", objects: [key], change: [], attempt: 1,
                fence: 1)
            return Consignment(delivery: delivery, change: change)
        }
    }

    /// `changed`, `same`, or a code with whether it may succeed later.
    private func spelled(_ effects: [Effect]) -> [String] {
        effects.map { effect in
            switch effect {
            case .done(let changed): changed ? "changed" : "same"
            case .failed(let failure): "\(failure.code.number) \(failure.isPassing ? "later" : "never")"
            case .parked(let failure): "\(failure.code.number) parked"
            }
        }
    }

    private func zaken() throws -> Int {
        let question = Question(resource: "zaken:Zaak", criteria: [], limit: 10, caller: .local)
        return try ledger.list(question, tenant: "test").documents.count
    }

    @Test("writes a batch at once, and a repeat changes nothing")
    func batch() throws {
        let store = WilfulStore(ledger, .hasNewer("none"))
        let target = target(store)
        #expect(spelled(target.deliver(try consignments(Self.zaken))) == ["changed", "changed", "changed"])
        #expect(store.asked.withLock { $0.count } == 1)
        #expect(spelled(target.deliver(try consignments(Self.zaken))) == ["same", "same", "same"])
        #expect(store.asked.withLock { $0.count } == 1)
        #expect(try zaken() == 3)
    }

    @Test("lets the others through when one of a batch is refused for what it holds")
    func oneAtFault() throws {
        let target = target(WilfulStore(ledger, .refuses("Z2", LedgerFailure(.valuesRefused))))
        #expect(
            spelled(target.deliver(try consignments(Self.zaken))) == ["changed", "L005 never", "changed"])
        #expect(try zaken() == 2)
    }

    @Test(
        "that takes nothing, for whatever reason that is not the change's, is tried again later",
        arguments: [
            LedgerFailure(.ledgerUnavailable, isPassing: true), LedgerFailure(.ledgerRefused),
            LedgerFailure(.contentDamaged), .closed,
        ])
    func away(_ failure: LedgerFailure) throws {
        let store = WilfulStore(ledger, .refuses("Z2", failure))
        let effects = spelled(target(store).deliver(try consignments(Self.zaken)))
        #expect(effects == Array(repeating: "\(failure.code.number) later", count: 3))
        #expect(store.asked.withLock { $0.count } == 1, "asking again at once would not help")
    }

    /// A zaak with that startdatum that was told at noon by OUD, and a change of it that was told at another time.
    struct Late: Sendable {
        var zender = "OUD"
        var tijdstip: String
        /// The startdatum that it says was there before.
        var was: String?
        var whenOlder: Telling.WhenOlder
        var lastCode: String?
        var effect: String
    }

    @Test(
        "looks at the values before of a change that was told before one that came earlier",
        arguments: [
            Late(tijdstip: "20240102130000000", was: "2020-01-01", whenOlder: .refuse, effect: "changed"),
            Late(tijdstip: "20240102120000000", was: nil, whenOlder: .refuse, effect: "changed"),
            Late(tijdstip: "20240102", was: nil, whenOlder: .refuse, effect: "changed"),
            Late(tijdstip: "20240102110000000", was: "2020-03-09", whenOlder: .refuse, effect: "changed"),
            Late(tijdstip: "20240102110000000", was: "2020-01-01", whenOlder: .refuse, effect: "D002 never"),
            Late(tijdstip: "20240102110000000", was: nil, whenOlder: .refuse, effect: "D002 never"),
            Late(tijdstip: "20240102110000000", was: "2020-01-01", whenOlder: .park, effect: "D002 parked"),
            Late(
                tijdstip: "20240102110000000", was: "2020-01-01", whenOlder: .park, lastCode: "D002",
                effect: "changed"),
            Late(tijdstip: "20240102110000000", was: "2020-01-01", whenOlder: .apply, effect: "changed"),
            Late(
                zender: "ANDER", tijdstip: "20240102110000000", was: "2020-01-01", whenOlder: .refuse,
                effect: "changed"),
        ])
    func older(_ row: Late) throws {
        let target = target(WilfulStore(ledger, .hasNewer("none")))
        var first = try #require(try consignments(["Z1"]).first)
        let key = try #require(first.change.objects.first)
        first.change.telling = Telling(
            zender: "OUD", tijdstip: "20240102120000000", whenOlder: row.whenOlder)
        #expect(spelled(target.deliver([first])) == ["changed"])
        var second = first
        second.delivery.sequence = 2
        second.delivery.lastCode = row.lastCode
        second.change.kind = .changed
        second.change.after = try record(#"{"identificatie":"Z1","startdatum":"2021-01-01"}"#)
        second.change.before = try row.was.map { try record(#"{"startdatum":"\#($0)"}"#) }
        second.change.telling = Telling(
            zender: row.zender, tijdstip: row.tijdstip, whenOlder: row.whenOlder)
        // As a delivery carries it.
        let layout = try #require(Self.library.resource("zaken:Zaak")?.shape.layout)
        second.change = try Change(
            decoding: second.change.encoded(), layout: layout, onUnknown: { _ in })
        #expect(spelled(target.deliver([second])) == [row.effect])
        let sequence = try ledger.documents([key]).first?.sequence
        #expect(sequence == (row.effect == "changed" ? 2 : 1))
    }

    private func record(_ json: String) throws -> Record {
        try GraphDocument.read(
            Array(json.utf8), of: try #require(Self.library.resource("zaken:Zaak")).shape,
            content: { _ in Record.Content(id: 1, byteCount: 3) }
        ).record
    }

    @Test("remembers when it was told, also where that changed nothing")
    func remembers() throws {
        let target = target(WilfulStore(ledger, .hasNewer("none")))
        for (index, tijdstip) in ["20240101", "20240103", "20240102"].enumerated() {
            var consignment = try #require(try consignments(["Z1"]).first)
            consignment.delivery.sequence = Int64(index + 1)
            consignment.change.kind = index == 0 ? .added : .changed
            consignment.change.telling = Telling(zender: "OUD", tijdstip: tijdstip, whenOlder: .apply)
            #expect(spelled(target.deliver([consignment])) == [index == 0 ? "changed" : "same"])
            let document = try #require(try ledger.documents(consignment.change.objects).first)
            let layout = try #require(Self.library.resource("zaken:Zaak")?.shape.layout)
            let stored = try Stored(
                decoding: try #require(document.record), layout: layout, onUnknown: { _ in })
            #expect(stored.tellings == ["OUD": index == 0 ? "20240101" : "20240103"])
        }
    }

    @Test("that has a newer one by then has not been changed")
    func newer() throws {
        let target = target(WilfulStore(ledger, .hasNewer("Z3")))
        #expect(spelled(target.deliver(try consignments(Self.zaken))) == ["changed", "changed", "same"])
    }
}
