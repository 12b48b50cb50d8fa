import Postgres
import Record
import Threads

/// The documents in the table `store`.
struct StoredDocuments {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    // MARK: Writing

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
            let rows = try connection.commit(Self.batch(indexes.map { documents[$0] }))[0]
            for row in rows { written[indexes[Int(try row.int(0)) - 1]] = true }
            left = later
        }
        return written
    }

    private static func batch(_ documents: [Document]) -> Batch {
        let keys: [Parameter] = [
            .texts(documents.map(\.key.tenant)), .texts(documents.map(\.key.resource)),
            .texts(documents.map(\.key.value)), .ints(documents.map(\.sequence)),
        ]
        var batch = Batch()
        batch.add(
            upsert,
            keys + [
                .texts(documents.map(\.uuid)), .byteStrings(documents.map(\.record)),
                .ints(documents.map(\.asOf.microseconds)), .texts(documents.map(\.source)),
            ])
        batch.add(clear, keys)
        let served = documents.indices.filter { documents[$0].record != nil }
        func places<Value>(_ values: KeyPath<Document, [Value]>) -> [(place: Int64, value: Value)] {
            served.flatMap { place in documents[place][keyPath: values].map { (Int64(place) + 1, $0) } }
        }
        let index = places(\.index)
        if !index.isEmpty {
            batch.add(
                addIndex,
                keys + [
                    .ints(index.map(\.place)),
                    .texts(index.map { documents[Int($0.place) - 1].key.resource + " " + $0.value.path }),
                    .byteStrings(index.map(\.value.value)),
                ])
        }
        let children = places(\.children)
        if !children.isEmpty {
            batch.add(
                addChildren,
                keys + [
                    .ints(children.map(\.place)), .texts(children.map(\.value.resource)),
                    .texts(children.map(\.value.uuid)),
                ])
        }
        let contents = places(\.contents)
        if !contents.isEmpty {
            batch.add(addContents, keys + [.ints(contents.map(\.place)), .ints(contents.map(\.value))])
        }
        return batch
    }

    /// The documents of `$1` … `$4` as `given`; those that are as they were just given, as `here`.
    private static let given: SQL = """
        given AS (
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) WITH ORDINALITY
                AS given (tenant, resource, key, sequence, place)
        ), here AS (
            SELECT s.id, s.tenant, given.place FROM given JOIN sluis.store s USING (tenant, resource, key, sequence)
        )
        """

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
            RETURNING tenant, resource, key
        )
        SELECT place FROM given JOIN written USING (tenant, resource, key)
        """)

    private static let clear = Statement(
        """
        WITH \(given), index AS (
            DELETE FROM sluis.store_index i USING here WHERE i.document = here.id
        ), child AS (
            DELETE FROM sluis.store_child c USING here WHERE c.document = here.id
        )
        DELETE FROM sluis.store_content c USING here WHERE c.document = here.id
        """)

    private static let addIndex = Statement(
        """
        WITH \(given)
        INSERT INTO sluis.store_index (document, path, value)
        SELECT here.id, new.path, new.value
        FROM unnest($5::bigint[], $6::text[], $7::bytea[]) AS new (place, path, value) JOIN here USING (place)
        """)

    private static let addChildren = Statement(
        """
        WITH \(given)
        INSERT INTO sluis.store_child (tenant, resource, uuid, document)
        SELECT here.tenant, new.resource, new.uuid, here.id
        FROM unnest($5::bigint[], $6::text[], $7::text[]) AS new (place, resource, uuid) JOIN here USING (place)
        """)

    private static let addContents = Statement(
        """
        WITH \(given)
        INSERT INTO sluis.store_content (content, document)
        SELECT DISTINCT new.content, here.id
        FROM unnest($5::bigint[], $6::bigint[]) AS new (place, content) JOIN here USING (place)
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
            [.text(question.resource + " " + criterion.path), .bytes(criterion.value)]
        }
        let statements = ListStatements.of(question.criteria.map(\.comparison), isContinued: after != nil)
        let total = try connection.execute(statements.count, filters + criteria).only().int(0)
        guard limit > 0, total > 0, after != .some(nil) else {
            return DocumentPage(documents: [], next: nil, total: Int(total))
        }
        let page: [Parameter] = [.int(limit + 1)] + (after.map { [.text($0)] } ?? [])
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
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        self.init(
            key: ObjectKey(tenant: try row.text(0), resource: try row.text(1), value: try row.text(2)),
            uuid: try row.text(3), record: try row.bytesIfAny(4), sequence: try row.int(5),
            asOf: try row.moment(6), source: try row.text(7))
    }
}

extension String {
    /// Itself; nil when it holds a NUL, which no text of Postgres does.
    fileprivate var storable: String? { utf8.contains(0) ? nil : self }
}
