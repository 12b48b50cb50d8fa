internal import JSON
internal import Model
package import Record

/// One resource and all that hangs below it as one JSON document: children nested under their collection, links as
/// what they are looked up by (`"zaaktype": {"identificatie": "B1026"}`).
package enum GraphDocument {
    /// Writes what a record says; what is not said is not written.
    ///
    /// - Parameters:
    ///   - implied: the verwerkingssoort that goes without saying; another one is written as `_verwerkingssoort`.
    ///   - content: gives the base64 text of content; where it gives none, the size stands in its place.
    package static func write(
        _ record: Record, of shape: Shape, isPretty: Bool, implied: Marks.Verwerkingssoort = .none,
        content: @escaping (Record.Content) -> [UInt8]? = { _ in nil }
    ) -> [UInt8] {
        var writer = GraphWriter(
            record: record, implied: implied, content: content, json: Writer(isPretty: isPretty))
        writer.json.startObject()
        writer.members(shape.top, of: shape, Record.root)
        writer.json.end()
        return writer.json.bytes
    }

    /// The property that carries an item's verwerkingssoort.
    static let verwerkingssoort = "_verwerkingssoort"
}

private struct GraphWriter {
    let record: Record
    let implied: Marks.Verwerkingssoort
    /// The word of each, by its number.
    private static let soorten = Marks.Verwerkingssoort.allCases.map { "\($0)" }
    let content: (Record.Content) -> [UInt8]?
    var json: Writer

    mutating func members(_ nodes: [Int], of shape: Shape, _ frame: Record.Frame) {
        for index in nodes {
            let slot = record.slot(index, in: frame)
            switch slot.standing {
            case .absent, .notSent, .nietOndersteund, .nietGeautoriseerd, .vastgesteldOnbekend: break
            case .waardeOnbekend:
                guard shape.nodes[index].type.spellsUnknown else { break }
                json.key(shape.nodes[index].name)
                json.unknown(shape.nodes[index].type)
            case .empty, .null, .geenWaarde:
                if shape.nodes[index].isLeftOut { break }
                json.key(shape.nodes[index].name)
                nothing(shape.nodes[index])
            case .value:
                json.key(shape.nodes[index].name)
                value(index, of: shape, slot, frame)
            }
        }
    }

    private mutating func nothing(_ node: Shape.Node) {
        guard node.items != nil else { return json.noValue(of: node.type) }
        json.startArray()
        json.end()
    }

    private mutating func value(_ index: Int, of shape: Shape, _ slot: Slot, _ frame: Record.Frame) {
        switch shape.layout.types[index] {
        case _ where shape.layout.isRepeat(index):
            if let items = shape.nodes[index].items { self.items(index, of: items, frame) }
        case .group:
            json.startObject()
            members(shape.nodes[index].members, of: shape, frame)
            json.end()
        case .content: content(record.content(index, in: frame))
        case .text: json.string(record.bytes(of: slot))
        default: json.value(record.bytes(of: slot), slot.precision, as: shape.nodes[index].type)
        }
    }

    private mutating func items(_ index: Int, of items: Shape, _ frame: Record.Frame) {
        json.startArray()
        var next = record.firstItem(index, in: frame)
        while let item = next {
            self.item(item, of: items)
            next = record.nextItem(after: item)
        }
        json.end()
    }

    private mutating func item(_ frame: Record.Frame, of shape: Shape) {
        if shape.isValue, let value = shape.top.first {
            let slot = record.slot(value, in: frame)
            guard slot.standing == .value else { return json.noValue(of: shape.nodes[value].type) }
            return json.value(record.bytes(of: slot), slot.precision, as: shape.nodes[value].type)
        }
        json.startObject()
        let mark = record.marks(of: frame).verwerkingssoort
        if mark.rawValue != Marks.Verwerkingssoort.none.rawValue, mark.rawValue != implied.rawValue {
            json.key(GraphDocument.verwerkingssoort)
            json.string(Self.soorten[Int(mark.rawValue)])
        }
        members(shape.top, of: shape, frame)
        json.end()
    }

    private mutating func content(_ content: Record.Content?) {
        guard let content else { return json.null() }
        if let text = self.content(content) { return json.string(text) }
        json.startObject()
        json.key("byteCount")
        json.number(Int(content.byteCount))
        json.end()
    }
}
