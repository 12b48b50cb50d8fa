private import Diagnostics
private import JSON
package import Postgres

extension TableQuery {
    /// The row that a result of ``select(_:limit:after:)`` holds.
    package func row(_ result: Postgres.Row) throws -> Row {
        var row = Row(form)
        for index in form.columns.indices {
            row.cells[index] = try result.bytesIfAny(index).map { .text($0) } ?? .null
        }
        for (index, child) in form.children.enumerated() {
            var reader = Reader(try result.bytes(form.columns.count + index))
            row.children[index] = try rows(&reader, of: child.form)
        }
        return row
    }

    /// `[[[column, …], [rows of a child], …], …]`.
    private func rows(_ reader: inout Reader, of form: TableForm) throws -> [Row] {
        var rows: [Row] = []
        try expect(.arrayStart, &reader)
        while try reader.next().kind == .arrayStart {
            var row = Row(form)
            try expect(.arrayStart, &reader)
            for index in form.columns.indices {
                let token = try reader.next()
                row.cells[index] = token.kind == .string ? .text(Array(reader.text(of: token))) : .null
            }
            try expect(.arrayEnd, &reader)
            for (index, child) in form.children.enumerated() {
                row.children[index] = try self.rows(&reader, of: child.form)
            }
            try expect(.arrayEnd, &reader)
            rows.append(row)
        }
        return rows
    }

    private func expect(_ kind: Token.Kind, _ reader: inout Reader) throws {
        guard try reader.next().kind == kind else { throw TablesFailure(.rowMalformed, at: form.table) }
    }
}
