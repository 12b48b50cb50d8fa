private import Diagnostics
import JSON
import Model

/// A row as a JSON document, for people and fixtures: `{"BSN": "999990019", "NATIONALITEITEN": [{ … }]}`.
///
/// A column that is left out was not sent; null is NULL. Numbers and booleans may stand without quotes.
package enum RowDocument {
    /// A row, and what stands in its document beside what its table has.
    package struct Read: Sendable {
        package var row: Row
        /// JSON pointers of what the model does not know; it was passed over.
        package var unknown: [String]
    }

    /// - Throws: ``TablesFailure`` when it is no JSON, or no row.
    package static func read(_ bytes: [UInt8], of form: TableForm) throws(TablesFailure) -> Read {
        var reader = RowReader(json: Reader(bytes))
        guard try reader.next().kind == .objectStart else { throw reader.malformed }
        let row = try reader.row(form, linked: [])
        guard try reader.next().kind == .end else { throw reader.malformed }
        return Read(row: row, unknown: reader.unknown)
    }

    package static func write(_ row: Row, of form: TableForm) -> [UInt8] {
        var json = Writer(isPretty: true)
        write(row, of: form, into: &json)
        return json.bytes
    }

    private static func write(_ row: Row, of form: TableForm, into json: inout Writer) {
        json.startObject()
        for (column, cell) in zip(form.columns, row.cells) {
            switch cell {
            case .notSent: continue
            case .null:
                json.key(column)
                json.null()
            case .text(let text):
                json.key(column)
                json.string(text)
            }
        }
        for (child, rows) in zip(form.children, row.children) {
            guard let rows else { continue }
            json.key(child.name)
            json.startArray()
            for row in rows { write(row, of: child.form, into: &json) }
            json.end()
        }
        json.end()
    }
}

private struct RowReader {
    var json: Reader
    var unknown: [String] = []
    private var path: [String] = []

    init(json: Reader) { self.json = json }

    var malformed: TablesFailure { TablesFailure(.rowMalformed, at: "/" + path.joined(separator: "/")) }

    mutating func next() throws(TablesFailure) -> Token {
        do {
            return try json.next()
        } catch {
            throw TablesFailure(error.code, at: error.place)
        }
    }

    /// Reads an object whose start was read.
    ///
    /// - Parameter linked: the columns by which the row hangs on another, which nobody reads.
    mutating func row(_ form: TableForm, linked: [String]) throws(TablesFailure) -> Row {
        var row = Row(form)
        while true {
            let key = try next()
            guard key.kind == .key else { return row }
            let name = String(decoding: json.text(of: key).prefix(200), as: UTF8.self)
            path.append(name)
            if let column = form.columns.firstIndex(of: name) {
                row.cells[column] = try cell()
            } else if let index = form.children.firstIndex(where: { $0.name == name }) {
                row.children[index] = try rows(form.children[index])
            } else {
                if !linked.contains(name) { unknown.append("/" + path.joined(separator: "/")) }
                try skip()
            }
            path.removeLast()
        }
    }

    private mutating func cell() throws(TablesFailure) -> Row.Cell {
        let token = try next()
        switch token.kind {
        case .null: return .null
        case .string, .number: return .text(Array(json.text(of: token)))
        case .true: return .text(Array("true".utf8))
        case .false: return .text(Array("false".utf8))
        default: throw malformed
        }
    }

    private mutating func rows(_ child: TableForm.Child) throws(TablesFailure) -> [Row] {
        guard try next().kind == .arrayStart else { throw malformed }
        var rows: [Row] = []
        while true {
            let token = try next()
            if token.kind == .arrayEnd { return rows }
            guard token.kind == .objectStart else { throw malformed }
            path.append(String(rows.count))
            rows.append(try row(child.form, linked: child.facts.columns))
            path.removeLast()
        }
    }

    private mutating func skip() throws(TablesFailure) {
        do {
            try json.skipValue()
        } catch {
            throw TablesFailure(error.code, at: error.place)
        }
    }
}
