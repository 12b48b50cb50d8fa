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
    let content: (Record.Content) -> [UInt8]?
    var json: Writer

    mutating func members(_ nodes: [Int], of shape: Shape, _ frame: Record.Frame) {
        for index in nodes {
            let slot = record.slot(index, in: frame)
            let node = shape.nodes[index]
            switch slot.standing {
            case .absent, .notSent, .nietOndersteund, .nietGeautoriseerd, .vastgesteldOnbekend: break
            case .waardeOnbekend:
                guard let unknown = node.type.unknown else { break }
                json.key(node.name)
                json.string(unknown)
            case .empty, .null, .geenWaarde:
                json.key(node.name)
                nothing(node)
            case .value:
                json.key(node.name)
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
        let node = shape.nodes[index]
        if let items = node.items {
            json.startArray()
            for item in record.items(index, in: frame) { self.item(item, of: items) }
            json.end()
        } else if node.isGroup {
            json.startObject()
            members(node.members, of: shape, frame)
            json.end()
        } else if node.type.base == .content {
            content(record.content(index, in: frame))
        } else {
            json.value(record.bytes(of: slot), slot.precision, as: node.type)
        }
    }

    private mutating func item(_ frame: Record.Frame, of shape: Shape) {
        if shape.isValue, let value = shape.top.first {
            let slot = record.slot(value, in: frame)
            guard slot.standing == .value else { return json.noValue(of: shape.nodes[value].type) }
            return json.value(record.bytes(of: slot), slot.precision, as: shape.nodes[value].type)
        }
        json.startObject()
        let mark = record.marks(of: frame).verwerkingssoort
        if mark != .none, mark != implied {
            json.key(GraphDocument.verwerkingssoort)
            json.string("\(mark)")
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
