import Record
import Testing

private let kenmerken = Layout(
    name: "Zaak/kenmerken",
    nodes: [.init(name: "kenmerk", path: "kenmerk", type: .text, items: nil, parent: nil)])
private let rollen = Layout(
    name: "Zaak/rollen",
    nodes: [
        .init(name: "naam", path: "naam", type: .text, items: nil, parent: nil),
        .init(name: "kenmerken", path: "kenmerken", type: .group, items: kenmerken, parent: nil),
    ])
private let zaak = Layout(
    name: "Zaak",
    nodes: [
        .init(name: "identificatie", path: "identificatie", type: .text, items: nil, parent: nil),
        .init(name: "kenmerken", path: "kenmerken", type: .group, items: kenmerken, parent: nil),
        .init(name: "rollen", path: "rollen", type: .group, items: rollen, parent: nil),
    ])

@Suite("A record") struct RecordTests {
    @Test("keeps the items of each repeat apart and in order, however they are interleaved")
    func items() {
        var record = Record(zaak)
        let first = record.appendItem(2)
        let kenmerk = record.appendItem(1)
        let second = record.appendItem(2)
        let nested = record.appendItem(1, in: second)
        record.set(0, in: first, to: "een")
        record.set(0, in: second, to: "twee")
        record.set(0, in: kenmerk, to: "k")
        record.set(0, in: nested, to: "n")
        #expect(record.items(2).map { record.text(0, in: $0) } == ["een", "twee"])
        #expect(record.items(1).map { record.text(0, in: $0) } == ["k"])
        #expect(record.items(1, in: second).map { record.text(0, in: $0) } == ["n"])
        #expect(Array(record.items(1, in: first)).isEmpty)
    }

    @Test("knows the kinds of no value apart", arguments: Standing.allCases)
    func standings(_ standing: Standing) {
        var record = Record(zaak)
        record.set(0, to: standing)
        #expect(record.slot(0).standing == standing)
        #expect(record.text(0) == (standing == .value ? "" : nil))
    }

    @Test("takes its last item away with everything in it, and goes on as if it had never been there")
    func removal() {
        var record = Record(zaak)
        let first = record.appendItem(2)
        record.set(0, in: first, to: "een")
        for name in ["twee", "drie"] {
            let item = record.appendItem(2)
            record.set(0, in: item, to: name)
            record.set(0, in: record.appendItem(1, in: item), to: "k")
            record.removeLastItem(2)
        }
        record.set(0, in: record.appendItem(2), to: "vier")
        #expect(record.items(2).map { record.text(0, in: $0) } == ["een", "vier"])
        #expect(record.slot(2).count == 2)
        record.removeLastItem(2)
        record.removeLastItem(2)
        record.removeLastItem(2)
        #expect(record.slot(2).standing == .value)
        #expect(record.firstItem(2) == nil)
    }
}
