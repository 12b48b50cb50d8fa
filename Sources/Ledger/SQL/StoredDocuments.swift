import Postgres
import Record
import Threads

/// The documents in the table `store`.
struct StoredDocuments {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    // MARK: Writing

    /// A document that was written, and where it stands now.
    private struct Written {
        var place: Int
        var id: Int64
        /// It was there before, with what belongs to it.
        var isReplaced: Bool
    }

    /// Each in a transaction with others that have other keys; one key's documents one after the other.
    func write(_ documents: [Document]) throws(PostgresFailure) -> [Bool] {
        var written = documents.map { _ in false }
        var left = Array(documents.indices)
        while !left.isEmpty {
            var wave: [ObjectKey: Int] = [:]
            var later: [Int] = []
            for index in left {
                if wave[documents[index].key] == nil {
                    wave[documents[index].key] = index
                } else {
                    later.append(index)
                }
            }
            // Always in the same order, so that two writers never wait for each other.
            let indexes = wave.sorted { $0.key < $1.key }.map(\.value)
            for place in try write(wave: indexes.map { documents[$0] }) { written[indexes[place]] = true }
            left = later
        }
        return written
    }

    /// - Returns: the places of those that were written.
    private func write(wave documents: [Document]) throws(PostgresFailure) -> [Int] {
        try connection.transaction { () throws(PostgresFailure) in
            let rows = try connection.execute(
                Self.upsert,
                [
                    .texts(documents.map(\.key.tenant)), .texts(documents.map(\.key.resource)),
                    .texts(documents.map(\.key.value)), .ints(documents.map(\.sequence)),
                    .texts(documents.map(\.uuid)), .byteStrings(documents.map(\.record)),
                    .ints(documents.map(\.asOf.microseconds)), .texts(documents.map(\.source)),
                ])
            let written = try rows.map { (row) throws(PostgresFailure) in
                Written(place: Int(try row.int(0)) - 1, id: try row.int(1), isReplaced: try row.bool(2))
            }
            let belongings = Self.belongings(of: documents, written)
            if !belongings.isEmpty { try connection.run(belongings) }
            return written.map(\.place)
        }
    }

    /// Takes away what belonged to the replaced ones, adds what belongs to the new.
    private static func belongings(of documents: [Document], _ written: [Written]) -> Batch {
        var batch = Batch()
        let replaced = written.filter(\.isReplaced).map(\.id)
        if !replaced.isEmpty { batch.add(clear, [.ints(replaced)]) }
        let served = written.filter { documents[$0.place].record != nil }
        func all<Value>(_ values: KeyPath<Document, [Value]>) -> [(id: Int64, key: ObjectKey, value: Value)] {
            served.flatMap { written in
                let document = documents[written.place]
                return document[keyPath: values].map { (written.id, document.key, $0) }
            }
        }
        let index = all(\.index)
        if !index.isEmpty {
            batch.add(
                addIndex,
                [
                    .ints(index.map(\.id)), .texts(index.map { "\($0.key.resource) \($0.value.path)" }),
                    .byteStrings(index.map(\.value.value)),
                ])
        }
        let children = all(\.children)
        if !children.isEmpty {
            batch.add(
                addChildren,
                [
                    .ints(children.map(\.id)), .texts(children.map(\.key.tenant)),
                    .texts(children.map(\.value.resource)), .texts(children.map(\.value.uuid)),
                ])
        }
        let contents = all(\.contents)
        if !contents.isEmpty {
            batch.add(addContents, [.ints(contents.map(\.id)), .ints(contents.map(\.value))])
        }
        return batch
    }

    private static let upsert = Statement(
        """
        WITH given AS (
            SELECT * FROM unnest(
                $1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::bigint[], $8::text[])
                WITH ORDINALITY AS given (tenant, resource, key, sequence, uuid, record, as_of, source, place)
        ), written AS (
            INSERT INTO sluis.store AS s (tenant, resource, key, sequence, uuid, record, as_of, source)
            SELECT tenant, resource, key, sequence, uuid, record,
                timestamptz 'epoch' + as_of * interval '1 microsecond', source
            FROM given ORDER BY place
            ON CONFLICT (tenant, resource, key) DO UPDATE SET
                sequence = excluded.sequence, uuid = excluded.uuid, record = excluded.record,
                as_of = excluded.as_of, source = excluded.source
            WHERE s.sequence <= excluded.sequence
            RETURNING tenant, resource, key, id, xmax <> 0 AS replaced
        )
        SELECT place, id, replaced FROM given JOIN written USING (tenant, resource, key)
        """)

    private static let clear = Statement(
        """
        WITH index AS (
            DELETE FROM sluis.store_index WHERE document = ANY ($1)
        ), child AS (
            DELETE FROM sluis.store_child WHERE document = ANY ($1)
        )
        DELETE FROM sluis.store_content WHERE document = ANY ($1)
        """)

    private static let addIndex = Statement(
        """
        INSERT INTO sluis.store_index (document, path, value)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])
        """)

    private static let addChildren = Statement(
        """
        INSERT INTO sluis.store_child (document, tenant, resource, uuid)
        SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[])
        """)

    private static let addContents = Statement(
        """
        INSERT INTO sluis.store_content (document, content)
        SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[])
        """)

    // MARK: Reading

    func documents(_ keys: [ObjectKey]) throws(PostgresFailure) -> [Document] {
        let keys = keys.filter { [$0.tenant, $0.resource, $0.value].allSatisfy { $0.storable != nil } }
        let rows = try connection.execute(
            Self.byKeys,
            [.texts(keys.map(\.tenant)), .texts(keys.map(\.resource)), .texts(keys.map(\.value))])
        return try rows.map { (row) throws(PostgresFailure) in try Document(row) }
    }

    func document(tenant: String, resource: String, uuid: String) throws(PostgresFailure) -> Document? {
        // From a URL, where anything can stand.
        guard let uuid = uuid.storable else { return nil }
        let rows = try connection.execute(Self.byIdentity, [.text(tenant), .text(resource), .text(uuid)])
        return try rows.first.map(Document.init)
    }

    private static let columns: SQL =
        "s.tenant, s.resource, s.key, s.uuid, s.record, s.sequence, s.as_of, s.source"

    private static let byKeys = Statement(
        """
        SELECT \(columns)
        FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (tenant, resource, key)
            JOIN sluis.store s USING (tenant, resource, key)
        WHERE s.record IS NOT NULL
        """)

    private static let byIdentity = Statement(
        """
        SELECT \(columns) FROM sluis.store s
        WHERE s.tenant = $1 AND s.resource = $2 AND s.uuid = $3 AND s.record IS NOT NULL
        UNION ALL
        SELECT \(columns) FROM sluis.store_child c JOIN sluis.store s ON s.id = c.document
        WHERE c.tenant = $1 AND c.resource = $2 AND c.uuid = $3 AND s.record IS NOT NULL
        LIMIT 1
        """)

    func list(_ question: Question, tenant: String) throws(PostgresFailure) -> DocumentPage {
        let limit = min(max(question.limit, 0), 10_000)
        // What is no text was never the end of a page; it stands behind all of them.
        let after = question.after.map { String(validating: $0, as: UTF8.self).flatMap(\.storable) }
        let filters: [Parameter] = [.text(tenant), .text(question.resource)]
        let criteria = question.criteria.flatMap { criterion -> [Parameter] in
            [.text(question.resource + " " + criterion.path), criterion.parameter]
        }
        let statements = ListStatements.of(question.criteria.map(\.comparison), isContinued: after != nil)
        let total = try connection.execute(statements.count, filters + criteria).only().int(0)
        guard limit > 0, total > 0, after != .some(nil) else {
            return DocumentPage(documents: [], next: nil, total: Int(total))
        }
        let page: [Parameter] =
            [.int(limit + 1), .int(max(question.skip, 0))] + (after.map { [.text($0)] } ?? [])
        let rows = try connection.execute(statements.page, filters + criteria + page)
        var documents = try rows.map { (row) throws(PostgresFailure) in try Document(row) }
        var next: [UInt8]?
        if documents.count > limit {
            documents.removeLast()
            next = documents.last.map { Array($0.key.value.utf8) }
        }
        return DocumentPage(documents: documents, next: next, total: Int(total))
    }
}

extension Document {
    init(_ row: Row) throws(PostgresFailure) {
        self.init(
            key: ObjectKey(tenant: try row.text(0), resource: try row.text(1), value: try row.text(2)),
            uuid: try row.text(3), record: try row.bytesIfAny(4), sequence: try row.int(5),
            asOf: try row.moment(6), source: try row.text(7))
    }
}

extension Question.Criterion {
    fileprivate var parameter: Parameter {
        switch comparison {
        case .oneOf: .byteStrings(values)
        case .present, .absent: .bytes(nil)
        default: .bytes(value)
        }
    }
}

extension String {
    /// Itself; nil when it holds a NUL, which no text of Postgres does.
    fileprivate var storable: String? { utf8.contains(0) ? nil : self }
}
