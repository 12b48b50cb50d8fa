private import Diagnostics
package import Model
package import Record

/// One table as a side of a mapping: which columns it has, and where each goes in a record.
///
/// A table whose rows belong to those of another, by a foreign key, is a repeat of the outer table's record (or a group,
/// where there is at most one), so that an object is read and written as a whole, whatever tables it stands in.
package final class TableForm: Sendable {
    /// A value of the record, and the columns it stands in: one, or those of a date's year, month and day.
    struct Value: Sendable {
        let node: Int
        let element: Element
        /// Into ``TableForm/columns``.
        let columns: [Int]
    }

    /// The rows of another table that belong to a row of this one.
    package struct Child: Sendable {
        let node: Int
        package let isRepeat: Bool
        /// As mappings name it; the name of the table is that of its form.
        package let name: String
        package let facts: TableFacts.Rows
        package let form: TableForm
    }

    package let table: String
    /// In the order of the model.
    package let columns: [String]
    package let children: [Child]
    let values: [Value]

    /// The form of a table and of every table below it; nil when the entity is no table.
    package convenience init?(_ entity: Entity) {
        guard entity.elements.allSatisfy({ $0.table != nil }) else { return nil }
        self.init(entity.name, entity.elements, layout: entity.layout, prefix: "")
    }

    /// - Parameters:
    ///   - layout: the one in which the elements lie.
    ///   - prefix: the path of the group they stand in there, with its separator.
    private init(_ table: String, _ elements: [Element], layout: Layout, prefix: String) {
        var columns: [String] = []
        var values: [Value] = []
        var children: [Child] = []
        for element in elements {
            guard let node = layout.node(prefix + element.name), let facts = element.table else { continue }
            if let rows = facts.rows {
                let items = layout.nodes[node].items
                let form = TableForm(
                    rows.table, element.members, layout: items ?? layout,
                    prefix: items == nil ? "\(prefix)\(element.name)." : "")
                children.append(
                    Child(
                        node: node, isRepeat: items != nil, name: element.name, facts: rows, form: form))
                continue
            }
            guard element.isColumn else { continue }
            let names = facts.columns.isEmpty ? [element.name] : facts.columns
            values.append(
                Value(
                    node: node, element: element,
                    columns: Array(columns.count..<columns.count + names.count)))
            columns += names
        }
        self.table = table
        self.columns = columns
        self.values = values
        self.children = children
    }

    /// The value of a path of the record, with the place where it stands; nil for one in another table.
    func value(_ path: String, in layout: Layout) -> Value? {
        layout.node(path).flatMap { node in values.first { $0.node == node } }
    }
}

extension Element {
    /// Whether its value is read and written as text. Arrays and large binary content are left alone.
    fileprivate var isColumn: Bool { !isGroup && !isRepeat && type.base != .content }
}

// MARK: Records

extension TableForm {
    /// What a row says.
    ///
    /// - Throws: ``TablesFailure`` with table and column of the first value that is not what its type asks.
    package func record(of row: Row, _ layout: Layout) throws(TablesFailure) -> Record {
        var record = Record(layout)
        try fill(&record, Record.root, from: row)
        return record
    }

    private func fill(
        _ record: inout Record, _ frame: Record.Frame, from row: Row
    ) throws(TablesFailure) {
        for value in values {
            let cells = value.columns.map { row.cells[$0] }
            switch value.element.meaning(of: cells) {
            case .value(let bytes, let precision):
                record.set(value.node, in: frame, to: bytes, precision: precision)
            case .none(.absent): break
            case .none(let standing): record.set(value.node, in: frame, to: standing)
            case .unspelled:
                throw TablesFailure(.cellUnspelled, at: "\(table).\(value.columns.map { columns[$0] }[0])")
            }
        }
        for (index, child) in children.enumerated() {
            guard let rows = row.children[index] else {
                record.set(child.node, in: frame, to: .notSent)
                continue
            }
            guard child.isRepeat else {
                record.set(child.node, in: frame, to: rows.isEmpty ? .null : .value)
                if let row = rows.first { try child.form.fill(&record, frame, from: row) }
                continue
            }
            if rows.isEmpty { record.set(child.node, in: frame, to: .empty) }
            for row in rows {
                try child.form.fill(&record, record.appendItem(child.node, in: frame), from: row)
            }
        }
    }

    /// The row that says what a record says; what the record does not say is not sent.
    ///
    /// - Throws: ``TablesFailure`` with table and column of the first value that the column cannot hold.
    package func row(of record: borrowing Record) throws(TablesFailure) -> Row {
        try row(of: copy record, Record.root)
    }

    private func row(of record: Record, _ frame: Record.Frame) throws(TablesFailure) -> Row {
        var row = Row(self)
        for value in values {
            let slot = record.slot(value.node, in: frame)
            guard let cells = value.element.cells(of: record.bytes(of: slot), slot) else {
                throw TablesFailure(.cellUnwritable, at: "\(table).\(value.columns.map { columns[$0] }[0])")
            }
            for (cell, column) in zip(cells, value.columns) { row.cells[column] = cell }
        }
        for (index, child) in children.enumerated() {
            let slot = record.slot(child.node, in: frame)
            guard slot.standing.isSaid else { continue }
            var rows: [Row] = []
            if child.isRepeat {
                var item = record.firstItem(child.node, in: frame)
                while let next = item {
                    rows.append(try child.form.row(of: record, next))
                    item = record.nextItem(after: next)
                }
            } else if slot.standing == .value {
                rows.append(try child.form.row(of: record, frame))
            }
            row.children[index] = rows
        }
        return row
    }
}
