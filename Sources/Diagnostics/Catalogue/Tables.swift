/// Codes of rows, and of databases that hold copies.
extension Code {
    package static let cellUnspelled = Code(
        "B101", "cellUnspelled",
        meaning: "A column holds what cannot be a value of its type in the model.",
        remedy: """
            Mend the row, or say in the facts of the model what the column really holds: its type, or how it writes \
            `empty` and `unknown`.
            """)
    package static let cellUnwritable = Code(
        "B102", "cellUnwritable",
        meaning: """
            A column has no way to write what is to stand in it: a date that is known in part, or no value.
            """,
        remedy: """
            Say in the facts of the model how the column writes it (`incomplete`, `empty`, `unknown`), or convert it \
            in the mapping.
            """)
    package static let rowMalformed = Code(
        "B103", "rowMalformed",
        meaning: """
            A document is no row: an object with a value for each column, and a list for each table below it.
            """,
        remedy: """
            Write a row as `{"COLUMN": "text", "CHILDREN": [{ … }]}`; null is NULL, and a column that is left out was \
            not sent.
            """)

    static let tables: [Code] = [cellUnspelled, cellUnwritable, rowMalformed]
}
