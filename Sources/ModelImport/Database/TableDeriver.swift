import Diagnostics
import Model
package import Postgres
import Record

/// Derives a model from the tables of a live database, by its catalogue; no row is read.
package struct TableDeriver {
    private let connection: Connection
    private let schema: String

    package init(_ connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// What the database says of itself: its version.
    package var title: String { "schema \(schema), PostgreSQL \(connection.serverVersion / 10_000)" }

    /// The model's name where no other is given: that of the database.
    package var name: String {
        get throws {
            let name = try connection.execute("SELECT current_database()::text").only().text(0)
            let letters = name.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            return letters.first?.isLetter == true ? letters : "database"
        }
    }

    /// The tables there are, in the order of their names.
    package var usual: [String] {
        get throws {
            try connection.execute(
                """
                SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
                """, [.text(schema)]
            ).map { try $0.text(0) }
        }
    }

    /// - Parameter wanted: names of tables; empty is every table of the schema.
    package func derive(_ wanted: [String], name: String) throws -> DerivedModel {
        let all = try usual
        if let unknown = wanted.first(where: { !all.contains($0) }) {
            throw ModelImportFailure(.objectUnknown, place: unknown, "the schema is `\(schema)`")
        }
        guard !all.isEmpty else {
            throw ModelImportFailure(.objectUnknown, place: schema, "the schema has no tables")
        }
        let keys = try primaryKeys()
        let references = try foreignKeys()
        let lists = try checkLists()
        let tables = (wanted.isEmpty ? all : wanted).filter(Self.isName)
        var entities: [DerivedEntity] = []
        for table in tables {
            let columns = try columns(of: table, references, lists)
            let key = (keys[table] ?? []).filter { name in columns.contains { $0.name == name } }
            entities.append(DerivedEntity(name: table, key: key, elements: columns))
        }
        return DerivedModel(name: name, kind: .tables(schema: schema), entities: entities)
    }

    /// What the language has in its words; another column cannot be mapped.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isLetter || first == "_" else { return false }
        return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    private func columns(
        of table: String, _ references: [Column: String], _ lists: [Column: [String]]
    ) throws -> [DerivedElement] {
        let rows = try connection.execute(
            """
            SELECT a.attname::text, coalesce(e.typname, b.typname, t.typname)::text,
                CASE WHEN t.typtype = 'd' AND a.attndims = 0 THEN t.typtypmod ELSE a.atttypmod END,
                a.attnotnull AND NOT a.atthasdef, a.attidentity <> '' OR a.attgenerated <> '',
                coalesce(e.typcategory, t.typcategory)::text = 'A' OR e.oid IS NOT NULL,
                ARRAY(SELECT l.enumlabel::text FROM pg_enum l
                    WHERE l.enumtypid = coalesce(e.oid, b.oid, t.oid) ORDER BY l.enumsortorder)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
                LEFT JOIN pg_type e ON t.typcategory = 'A' AND e.oid = t.typelem
            WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """, [.text(schema), .text(table)])
        return try rows.compactMap { row in
            let name = try row.text(0)
            guard Self.isName(name) else { return nil }
            let column = Column(table: table, name: name)
            let labels = try row.texts(6)
            let values = labels.isEmpty ? lists[column] ?? [] : labels
            var element = DerivedElement(
                name, .leaf(Self.type(try row.text(1), modifier: Int(try row.int(2)), values)))
            element.isRepeat = try row.bool(5)
            element.isReadOnly = try row.bool(4)
            element.isRequired = try row.bool(3) && !element.isReadOnly
            element.reference = references[column]
            element.isPadded = try row.text(1) == "bpchar"
            return element
        }
    }

    /// What a type of Postgres means. Its modifier holds the length, or precision and scale.
    private static func type(_ name: String, modifier: Int, _ values: [String]) -> ElementType {
        if !values.isEmpty { return ElementType(.text, enumeration: values) }
        let length = modifier > 4 ? modifier - 4 : nil
        switch name {
        case "bool": return ElementType(.boolean)
        case "int2", "int4", "int8": return ElementType(.integer)
        case "numeric":
            guard let length else { return ElementType(.decimal) }
            // Precision and scale share the modifier.
            return ElementType(length & 0x7FF == 0 ? .integer : .decimal, maxLength: max(1, length >> 16))
        case "float4", "float8", "money": return ElementType(.decimal)
        case "date": return ElementType(.datum)
        case "timestamp", "timestamptz": return ElementType(.tijdstip)
        case "interval": return ElementType(.duur)
        case "bytea": return ElementType(.content)
        case "uuid": return ElementType(.text, maxLength: 36)
        case "varchar", "bpchar": return ElementType(.text, maxLength: length)
        default: return ElementType(.text)
        }
    }

    // MARK: Constraints

    private struct Column: Hashable {
        var table: String
        var name: String
    }

    private func primaryKeys() throws -> [String: [String]] {
        let rows = try connection.execute(
            """
            SELECT c.relname::text, a.attname::text
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u(number, place)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.number
            WHERE k.contype = 'p' AND n.nspname = $1 ORDER BY 1, u.place
            """, [.text(schema)])
        var keys: [String: [String]] = [:]
        for row in rows { keys[try row.text(0), default: []].append(try row.text(1)) }
        return keys
    }

    /// `personen.bsn`, by the column that refers to it.
    private func foreignKeys() throws -> [Column: String] {
        let rows = try connection.execute(
            """
            SELECT c.relname::text, a.attname::text, f.relname::text, b.attname::text
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_class f ON f.oid = k.confrelid
                CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u(here, there)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.here
                JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = u.there
            WHERE k.contype = 'f' AND n.nspname = $1 ORDER BY k.conname
            """, [.text(schema)])
        var references: [Column: String] = [:]
        for row in rows {
            let (table, column) = (try row.text(2), try row.text(3))
            guard Self.isName(table), Self.isName(column) else { continue }
            references[Column(table: try row.text(0), name: try row.text(1))] = "\(table).\(column)"
        }
        return references
    }

    /// The values of columns with `CHECK (column IN (…))`.
    private func checkLists() throws -> [Column: [String]] {
        let rows = try connection.execute(
            """
            SELECT c.relname::text, a.attname::text, pg_get_constraintdef(k.oid)
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
            WHERE k.contype = 'c' AND n.nspname = $1 AND cardinality(k.conkey) = 1 ORDER BY k.conname
            """, [.text(schema)])
        var lists: [Column: [String]] = [:]
        for row in rows {
            guard let values = Self.values(ofCheck: try row.text(2)) else { continue }
            lists[Column(table: try row.text(0), name: try row.text(1))] = values
        }
        return lists
    }

    /// The texts of `CHECK (((soort)::text = ANY (ARRAY['J'::text, 'N'::text])))`; nil for any other condition.
    static func values(ofCheck definition: String) -> [String]? {
        guard definition.hasPrefix("CHECK ("), definition.contains(" = ANY (") else { return nil }
        // Another condition beside the list would say more, or less.
        guard !definition.contains(" AND "), !definition.contains(" OR "), !definition.contains("NOT ") else {
            return nil
        }
        var values: [String] = []
        var rest = definition[...]
        while let open = rest.firstIndex(of: "'") {
            rest = rest[rest.index(after: open)...]
            var value = ""
            while let close = rest.firstIndex(of: "'") {
                value += rest[..<close]
                rest = rest[rest.index(after: close)...]
                // A doubled quote is one.
                guard rest.first == "'" else { break }
                value += "'"
                rest = rest.dropFirst()
            }
            if !values.contains(value) { values.append(value) }
        }
        return values.isEmpty ? nil : values
    }
}
