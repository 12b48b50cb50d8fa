import JSON
import Mapping
import Record
import Resources
import Tables
import Threads

/// The table side of a mapping: a row with the rows that belong to it, as a JSON document.
extension Translation {
    func lift(row bytes: [UInt8], _ form: TableForm) throws -> Translated {
        let read = try RowDocument.read(bytes, of: form)
        let record = try form.record(of: read.row, mapping.legacyLayout)
        let traced = try mapping.traced(record, .up, context: Self.context)
        return Translated(
            output: GraphDocument.write(traced.converted.record, of: shape, isPretty: true), traced: traced,
            source: record, direction: .up, mapping: mapping.form(for: record, .up, context: Self.context),
            unmapped: read.unknown, unknown: [])
    }

    func lower(_ bytes: [UInt8], to form: TableForm) throws -> Translated {
        let read = try GraphDocument.read(bytes, of: shape)
        let traced = try mapping.traced(read.record, .down, context: Self.context)
        return Translated(
            output: RowDocument.write(try form.row(of: traced.converted.record), of: form), traced: traced,
            source: read.record, direction: .down,
            mapping: mapping.form(for: read.record, .down, context: Self.context), unmapped: [],
            unknown: read.unknown)
    }

    /// A row tells of a whole object, and has no sender.
    private static var context: Context {
        Context(
            zender: .init(), ontvanger: .init(), ontvangen: Moment.now.canonical, isNew: true)
    }
}

extension TableForm {
    /// Whether a document is a row rather than a resource: whether at least as many of its properties are the table's.
    func knows(_ bytes: [UInt8], betterThan shape: Shape) throws -> Bool {
        var reader = Reader(bytes)
        var (rows, resources) = (0, 0)
        _ = try reader.next()
        while case let token = try reader.next(), token.kind == .key {
            let name = String(decoding: reader.text(of: token), as: UTF8.self)
            if columns.contains(name) || children.contains(where: { $0.name == name }) { rows += 1 }
            if shape.node(name) != nil { resources += 1 }
            try reader.skipValue()
        }
        return rows >= resources
    }
}
