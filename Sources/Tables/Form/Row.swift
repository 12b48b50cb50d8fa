/// One row of a table as its database writes it, with the rows of other tables that belong to it.
package struct Row: Sendable, Equatable {
    /// What stands in one column.
    package enum Cell: Sendable, Equatable {
        /// The database did not say: replication leaves out a large value that did not change.
        case notSent
        case null
        /// UTF-8, in the text form of its type.
        case text([UInt8])
    }

    /// One for each of ``TableForm/columns``.
    package var cells: [Cell]
    /// One for each of ``TableForm/children``; nil where the database did not say.
    package var children: [[Row]?]

    package init(cells: [Cell], children: [[Row]?]) {
        self.cells = cells
        self.children = children
    }

    /// A row of which nothing was sent.
    package init(_ form: TableForm) {
        cells = Array(repeating: .notSent, count: form.columns.count)
        children = Array(repeating: nil, count: form.children.count)
    }
}
