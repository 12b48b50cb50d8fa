/// What a database says of a column, or of the rows of another table that belong to an object.
package struct TableFacts: Hashable, Sendable {
    /// The column that its values must be in: `personen.bsn`.
    package var reference: String?
    /// Whether the database fills it: an identity or a generated column.
    package var isReadOnly: Bool
    /// Of a datum in several columns: those of its year, month and day; else empty, and its name is the column's.
    package var columns: [String]
    /// Whether blanks at the end fill the column up and mean nothing.
    package var isPadded: Bool
    /// Set when it holds the rows of another table.
    package var rows: Rows?

    /// The rows of another table that refer to the table they stand in.
    package struct Rows: Hashable, Sendable {
        package var table: String
        /// Its columns that refer to the outer table, which are no members of the element.
        package var columns: [String]
        /// The columns of the outer table that they refer to, one for each.
        package var refersTo: [String]
        /// The columns that give the rows their order.
        package var order: [String]

        package init(table: String, columns: [String], refersTo: [String], order: [String]) {
            self.table = table
            self.columns = columns
            self.refersTo = refersTo
            self.order = order
        }
    }

    package init(
        reference: String? = nil, isReadOnly: Bool = false, columns: [String] = [], isPadded: Bool = false,
        rows: Rows? = nil
    ) {
        self.reference = reference
        self.isReadOnly = isReadOnly
        self.columns = columns
        self.isPadded = isPadded
        self.rows = rows
    }
}
