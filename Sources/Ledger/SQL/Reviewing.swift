import Postgres
import Record
import Threads

/// What the command line lists and shows.
struct Reviewing {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    private static let bericht: SQL = """
        SELECT b.sequence, b.organisatie, b.applicatie, b.administratie, b.referentienummer, b.berichtcode, b.name,
            b.received, coalesce(f.state, b.state), b.code, b.cause, b.first
        FROM sluis.bericht b LEFT JOIN sluis.bericht f ON f.sequence = b.first
        """

    func berichten(
        in state: BerichtState?, before: Int64?, limit: Int
    ) throws(PostgresFailure) -> [BerichtLine] {
        let rows = try connection.execute(
            """
            \(Self.bericht)
            WHERE ($1::text IS NULL OR coalesce(f.state, b.state) = $1) AND b.sequence < $2
            ORDER BY b.sequence DESC LIMIT $3
            """,
            [.text(state?.rawValue), .int(before ?? .max), .int(max(limit, 0))])
        return try rows.map { (row) throws(PostgresFailure) in try BerichtLine(row) }
    }

    private static let delivery: SQL =
        "SELECT id, sequence, target, state, attempt, due, code, cause FROM sluis.delivery"

    func deliveries(
        _ choice: DeliveryChoice, before: Int64?, limit: Int
    ) throws(PostgresFailure) -> [DeliveryLine] {
        let rows = try connection.execute(
            """
            \(Self.delivery)
            WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR target = $2)
                AND ($3::text IS NULL OR code = $3) AND ($4::bigint IS NULL OR sequence = $4) AND id < $5
            ORDER BY id DESC LIMIT $6
            """,
            [
                .text(choice.state?.rawValue), .text(choice.target), .text(choice.code),
                .int(choice.sequence),
                .int(before ?? .max), .int(max(limit, 0)),
            ])
        return try rows.map { (row) throws(PostgresFailure) in try DeliveryLine(row) }
    }

    func history(_ sequence: Int64) throws(PostgresFailure) -> BerichtHistory? {
        let found = try connection.execute("\(Self.bericht) WHERE b.sequence = $1", [.int(sequence)]).first
        guard let found else { return nil }
        let deliveries = try connection.execute(
            "\(Self.delivery) WHERE sequence = $1 ORDER BY id", [.int(sequence)])
        let attempts = try connection.execute(
            """
            SELECT kind, at, delivery, attempt, code, cause FROM sluis.attempt
            WHERE sequence = $1 ORDER BY id
            """, [.int(sequence)])
        return BerichtHistory(
            bericht: try BerichtLine(found), first: try found.intIfAny(11),
            deliveries: try deliveries.map { (row) throws(PostgresFailure) in try DeliveryLine(row) },
            attempts: try attempts.map { (row) throws(PostgresFailure) in try AttemptLine(row) })
    }
}

extension BerichtLine {
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        self.init(
            sequence: try row.int(0),
            zender: Zender(
                organisatie: try row.text(1), applicatie: try row.text(2), administratie: try row.text(3)),
            referentienummer: try row.text(4), berichtcode: try row.text(5), name: try row.text(6),
            received: try row.moment(7), state: try row.word(8, BerichtState.self), cause: try row.cause(9))
    }
}

extension DeliveryLine {
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        self.init(
            id: try row.int(0), sequence: try row.int(1), target: try row.text(2),
            state: try row.word(3, DeliveryState.self), attempt: Int(try row.int(4)), due: try row.moment(5),
            cause: try row.cause(6))
    }
}

extension AttemptLine {
    fileprivate init(_ row: Row) throws(PostgresFailure) {
        self.init(
            kind: try row.word(0, Kind.self), at: try row.moment(1), delivery: try row.intIfAny(2),
            attempt: Int(try row.int(3)), cause: try row.cause(4))
    }
}
