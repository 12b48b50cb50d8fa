package import Mapping
package import Model
package import Postgres
package import Record

/// Questions about a resource as SQL over the tables that hold a copy of it, derived from the mapping between them.
///
/// Values travel as parameters only, names are quoted. One statement gives an object with all its rows. What SQL cannot
/// compare as the mapping converts is left to whoever asks: conditions never leave out an object that meets the criteria,
/// and may let others through.
package struct TableQuery: Sendable {
    package let mapping: CompiledMapping
    package let form: TableForm
    private let schema: String
    /// The places in ``TableForm/columns`` of the columns by which an object is known, and by which lists go on.
    private let key: [Int]
    let search: Search

    /// Nil when the legacy side is no table with a key.
    package init?(_ mapping: CompiledMapping, _ models: Models) {
        guard let form = TableForm(mapping.legacy),
            case .tables(let schema)? = models.model(mapping.legacy.model)?.kind
        else { return nil }
        key = mapping.legacy.key.compactMap { form.columns.firstIndex(of: $0) }
        guard !key.isEmpty, key.count == mapping.legacy.key.count else { return nil }
        self.mapping = mapping
        self.form = form
        self.schema = schema
        search = Search(mapping, form, schema: schema)
    }

    /// What is asked of the database.
    package struct Asked: Sendable {
        package var sql: SQL
        package var values: [Parameter]
        /// Whether a condition narrows it; without one it would read the whole table.
        package var isNarrowed: Bool
    }

    /// The rows behind one, in the order of the key.
    ///
    /// - Parameter after: what ``cursor(of:)`` gave for the last row of the page before.
    package func select(_ criteria: [Question.Criterion], limit: Int, after: [[UInt8]]?) -> Asked {
        var conditions = Conditions()
        for criterion in criteria { search.add(criterion, to: &conditions) }
        let isNarrowed = !conditions.all.isEmpty
        if let after, after.count == key.count {
            let columns = list(key.map { column in "\(Identifier("t") / Identifier(form.columns[column]))" })
            let values = list(after.map { conditions.parameter($0) })
            conditions.all.append("(\(columns)) > (\(values))")
        }
        var sql: SQL =
            "SELECT \(selected) FROM \(Identifier(schema) / Identifier(form.table)) \(Identifier("t"))"
        if !conditions.all.isEmpty { sql = "\(sql) WHERE \(conditions.joined)" }
        let order = list(key.map { column in "\(Identifier("t") / Identifier(form.columns[column]))" })
        sql = "\(sql) ORDER BY \(order) LIMIT \(SQL(stringLiteral: String(limit)))"
        return Asked(sql: sql, values: conditions.values, isNarrowed: isNarrowed)
    }

    /// Where a list goes on behind a row; nil when its key is not whole.
    package func cursor(of row: Row) -> [[UInt8]]? {
        var cursor: [[UInt8]] = []
        for column in key {
            guard case .text(let text) = row.cells[column] else { return nil }
            cursor.append(text)
        }
        return cursor
    }

    /// Whether conditions on that path become SQL.
    package func canFind(_ path: String, isFolded: Bool) -> Bool {
        search.canFind(path, isFolded: isFolded)
    }

    // MARK: What is selected

    /// The columns of the root as text, then the rows of each child as JSON.
    private var selected: SQL {
        let columns = form.columns.map { name -> SQL in "\(Identifier("t") / Identifier(name))::text" }
        let children = form.children.map { child -> SQL in "\(rows(of: child, within: "t", depth: 1))::text" }
        return list(columns + children)
    }

    /// `[[column, …], [rows of a child], …]` for each row, in their order.
    private func rows(of child: TableForm.Child, within outer: String, depth: Int) -> SQL {
        let own = "c\(depth)"
        let columns = child.form.columns.map { name -> SQL in "\(Identifier(own) / Identifier(name))::text" }
        let parts: [SQL] =
            ["to_json(ARRAY[\(list(columns))]::text[])"]
            + child.form.children.map { rows(of: $0, within: own, depth: depth + 1) }
        let order = child.facts.order.map { name -> SQL in "\(Identifier(own) / Identifier(name))" }
        let links = zip(child.facts.columns, child.facts.refersTo).map { column, target -> SQL in
            "\(Identifier(own) / Identifier(column)) = \(Identifier(outer) / Identifier(target))"
        }
        let ordered: SQL = order.isEmpty ? "ARRAY[\(list(columns))]" : list(order)
        return """
            (SELECT coalesce(json_agg(json_build_array(\(list(parts))) ORDER BY \(ordered)), '[]'::json) \
            FROM \(Identifier(schema) / Identifier(child.form.table)) \(Identifier(own)) \
            WHERE \(list(links, " AND ")))
            """
    }
}

/// Joined by commas, or otherwise.
func list(_ parts: [SQL], _ separator: SQL = ", ") -> SQL {
    parts.dropFirst().reduce(parts.first ?? "") { "\($0)\(separator)\($1)" }
}

/// The conditions of one statement, with the values of its parameters.
struct Conditions {
    var all: [SQL] = []
    private(set) var values: [Parameter] = []

    var joined: SQL { list(all, " AND ") }

    /// `$3`, for a value in the text form of the type beside it.
    mutating func parameter(_ value: [UInt8]) -> SQL {
        values.append(.untyped(utf8: value))
        return SQL(stringLiteral: "$\(values.count)")
    }

    /// The same for a text.
    mutating func text(_ value: [UInt8]) -> SQL {
        values.append(.text(utf8: value))
        return SQL(stringLiteral: "$\(values.count)")
    }
}
