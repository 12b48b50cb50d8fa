import Diagnostics
import Record
import TestSupport
import Testing

private func leaf(_ name: String, _ type: ValueType = .text, parent: Int? = nil) -> Layout.Node {
    .init(name: name, path: name, type: type, items: nil, parent: parent)
}

private func repeated(_ name: String, _ items: Layout) -> Layout.Node {
    .init(name: name, path: name, type: .group, items: items, parent: nil)
}

private let adressen = Layout(name: "Zaak/rollen/adressen", nodes: [leaf("straat"), leaf("postcode")])
private let rollen = Layout(
    name: "Zaak/rollen", nodes: [leaf("naam"), leaf("geboren", .datum), repeated("adressen", adressen)])
private let zaak = Layout(
    name: "Zaak",
    nodes: [
        leaf("identificatie"), leaf("startdatum", .datum), leaf("opschorting", .group),
        leaf("opschorting.reden", parent: 2), leaf("inhoud", .content), repeated("rollen", rollen),
        leaf("omschrijving"),
    ])

/// A record in which everything can happen.
private func generated(_ random: inout SeededGenerator, of layout: Layout = zaak) -> Record {
    var record = Record(layout)
    fill(&record, Record.root, &random, depth: 0)
    return record
}

private func fill(_ record: inout Record, _ frame: Record.Frame, _ random: inout SeededGenerator, depth: Int)
{
    for (index, node) in record.layout(of: frame).nodes.enumerated() {
        var marks = Marks()
        marks.isInOnderzoek = Bool.random(using: &random)
        marks.verwerkingssoort = Marks.Verwerkingssoort.allCases.randomElement(using: &random) ?? .none
        if Bool.random(using: &random) {
            if node.isRepeat {
                record.set(index, in: frame, to: .value)
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    fill(
                        &record, record.appendItem(index, in: frame, marks: marks), &random, depth: depth + 1)
                }
            } else if node.type == .content {
                let id = Int64.random(in: .min ... .max, using: &random)
                record.set(index, in: frame, to: Record.Content(id: id, byteCount: id &* 3))
            } else if node.type == .group {
                record.set(index, in: frame, to: .value)
            } else {
                let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                let precision = Precision.allCases.randomElement(using: &random) ?? .full
                record.set(index, in: frame, to: bytes, precision: precision)
            }
        } else {
            record.set(index, in: frame, to: Standing.allCases.randomElement(using: &random) ?? .absent)
        }
        if Bool.random(using: &random) { record.setMarks(marks, node: index, in: frame) }
    }
}

private func decode(_ bytes: [UInt8], _ layout: Layout = zaak) throws -> (record: Record, unknown: [String]) {
    var unknown: [String] = []
    let record = try Record(decoding: bytes, layout: layout) { unknown.append($0) }
    return (record, unknown)
}

@Suite("A stored record") struct RecordCodecTests {
    @Test("is the same when it is read back", arguments: Seed.series(200))
    func roundTrip(_ seed: Seed) throws {
        var random = seed.generator
        let record = generated(&random)
        let (decoded, unknown) = try decode(record.encoded())
        #expect(decoded == record)
        #expect(unknown.isEmpty)
        #expect(decoded.encoded() == record.encoded())
    }

    @Test("keeps each kind of no value", arguments: Standing.allCases)
    func standings(_ standing: Standing) throws {
        var record = Record(zaak)
        record.set(0, to: standing)
        record.set(5, to: standing)
        let decoded = try decode(record.encoded()).record
        #expect(decoded.slot(0).standing == standing)
        #expect(decoded.slot(5).standing == standing)
        #expect(decoded == record)
    }

    @Test("is read under a model that grew, in another order")
    func grown() throws {
        var record = Record(zaak)
        record.set(0, to: "Z1")
        record.set(0, in: record.appendItem(5), to: "Jansen")
        let grown = Layout(
            name: "Zaak",
            nodes: [leaf("nieuw"), repeated("rollen", rollen), leaf("identificatie"), leaf("omschrijving")])
        let (decoded, unknown) = try decode(record.encoded(), grown)
        #expect(unknown.isEmpty)
        #expect(decoded.text(2) == "Z1")
        #expect(decoded.items(1).map { decoded.text(0, in: $0) } == ["Jansen"])
        #expect(decoded.slot(0).standing == .absent)
    }

    @Test("names the paths that a model lost, and keeps the rest")
    func shrunk() throws {
        var record = Record(zaak)
        record.set(0, to: "Z1")
        record.set(4, to: Record.Content(id: 1, byteCount: 2))
        let rol = record.appendItem(5)
        record.set(0, in: record.appendItem(2, in: rol), to: "Dorpsstraat")
        record.set(0, in: rol, to: "Jansen")
        record.set(6, to: "omschrijving")
        let shrunk = Layout(name: "Zaak", nodes: [leaf("omschrijving"), leaf("identificatie", .group)])
        let (decoded, unknown) = try decode(record.encoded(), shrunk)
        #expect(unknown == ["identificatie", "inhoud", "rollen"])
        #expect(decoded.text(0) == "omschrijving")
        #expect(decoded.slot(1).standing == .absent)
    }

    @Test(
        "that is damaged is refused or is another record, and never ends the process",
        arguments: Seed.series(200))
    func damaged(_ seed: Seed) {
        var random = seed.generator
        var bytes = generated(&random).encoded()
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place...)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
        if let record = try? decode(bytes).record { _ = record.encoded() }
        var noise: [UInt8] = [1]
        for _ in 0..<100 { noise.append(UInt8.random(in: 0...255, using: &random)) }
        _ = try? decode(noise)
    }

    @Test(
        "is not nothing, of another version, followed by anything, or larger than it says",
        arguments: [
            [], [0], [2, 0, 0], [1, 0, 0, 0], [1, 0, 1, 0, 1, 65, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]])
    func refused(_ bytes: [UInt8]) {
        let failure = #expect(throws: RecordFailure.self) { _ = try decode(bytes) }
        #expect(failure?.code == .encodingUnknown)
    }

    @Test("with unknown repeats within unknown repeats without end is refused")
    func deep() {
        // Version, marks, one node of path "x", a repeat with a value, one item; and so on.
        var bytes: [UInt8] = [1, 0, 1, 0, 1, 120]
        for _ in 0..<100_000 { bytes += [0x32, 1, 0, 1, 0] }
        #expect(throws: RecordFailure.self) { _ = try decode(bytes) }
    }
}

@Suite("Two records") struct RecordEqualityTests {
    @Test("are equal when they say the same, wherever the values lie")
    func arena() {
        var left = Record(zaak)
        left.set(0, to: "first thought")
        left.set(6, to: "omschrijving")
        left.set(0, to: "Z1")
        var right = Record(zaak)
        right.set(0, to: "Z1")
        right.set(6, to: "omschrijving")
        #expect(left == right)
    }

    @Test("differ by every value, kind, precision, mark and item", arguments: Seed.series(100))
    func differ(_ seed: Seed) {
        var random = seed.generator
        let left = generated(&random)
        let right = generated(&random)
        let isSame = left.encoded() == right.encoded()
        #expect((left == right) == isSame)
        #expect((canonical(left) == canonical(right)) == isSame)
        #expect(left == left)
    }

    @Test("have the same canonical bytes under layouts of another order")
    func canonicalOrder() {
        var left = Record(zaak)
        left.set(0, to: "Z1")
        left.set(6, to: "omschrijving")
        left.set(0, in: left.appendItem(5), to: "Jansen")
        let other = Layout(
            name: "Zaak",
            nodes: [leaf("omschrijving"), repeated("rollen", rollen), leaf("nieuw"), leaf("identificatie")])
        var right = Record(other)
        right.set(3, to: "Z1")
        right.set(0, in: right.appendItem(1), to: "Jansen")
        right.set(0, to: "omschrijving")
        #expect(canonical(left) == canonical(right))
        right.set(2, to: "more")
        #expect(canonical(left) != canonical(right))
    }

    @Test("have the same canonical bytes when only the ids of equal content differ")
    func contents() {
        var left = Record(zaak)
        left.set(4, to: Record.Content(id: 1, byteCount: 9))
        var right = Record(zaak)
        right.set(4, to: Record.Content(id: 2, byteCount: 9))
        #expect(left.canonicalBytes { _ in [7] } == right.canonicalBytes { _ in [7] })
        #expect(canonical(left) != canonical(right))
        #expect(left != right)
    }

    private func canonical(_ record: Record) -> [UInt8] {
        record.canonicalBytes { Array("\($0.id) \($0.byteCount)".utf8) }
    }
}

@Suite("A stored change") struct ChangeCodecTests {
    @Test("is the same when it is read back", arguments: Seed.series(50))
    func roundTrip(_ seed: Seed) throws {
        var random = seed.generator
        let change = Change(
            objects: (0..<Int.random(in: 0...3, using: &random)).map {
                ObjectKey(tenant: "1900", resource: "zaken:Zaak", value: "1900|Z\($0)")
            },
            kind: Change.Kind.allCases.randomElement(using: &random) ?? .added,
            before: Bool.random(using: &random) ? generated(&random) : nil,
            after: Bool.random(using: &random) ? generated(&random) : nil, origin: "R1", source: "GWS",
            position: Int64.random(in: .min ... .max, using: &random))
        let decoded = try Change(decoding: change.encoded(), layout: zaak) { _ in
            Issue.record("no path is unknown")
        }
        #expect(decoded.objects == change.objects)
        #expect(decoded.kind == change.kind)
        #expect(decoded.before == change.before)
        #expect(decoded.after == change.after)
        #expect(decoded.origin == change.origin)
        #expect(decoded.source == change.source)
        #expect(decoded.position == change.position)
    }

    @Test(
        "that is damaged is refused or another change, and never ends the process",
        arguments: Seed.series(100)
    )
    func damaged(_ seed: Seed) {
        var random = seed.generator
        let change = Change(
            objects: [ObjectKey(tenant: "t", resource: "r", value: "v")], kind: .changed, before: nil,
            after: generated(&random), origin: "R1", source: "GWS", position: 7)
        var bytes = change.encoded()
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
        _ = try? Change(decoding: bytes, layout: zaak) { _ in }
        bytes.removeSubrange(place...)
        #expect(throws: RecordFailure.self) { _ = try Change(decoding: bytes, layout: zaak) { _ in } }
    }
}
