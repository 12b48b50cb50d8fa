import Postgres
import Record
import Threads

/// The statements that list documents by some criteria: made once for each combination of comparisons.
struct ListStatements: Sendable {
    /// How many there are; parameters: tenant, resource, then path and values of each criterion.
    let count: Statement
    /// One page; then the limit, how many to pass over, and the key to continue behind where there is one.
    let page: Statement

    private struct Shape: Hashable {
        var comparisons: [Question.Comparison]
        var isContinued: Bool
    }

    /// Bounded, because what is asked for comes from outside.
    private static let limit = 200
    private static let made = Monitor<[Shape: ListStatements]>([:])

    static func of(_ comparisons: [Question.Comparison], isContinued: Bool) -> ListStatements {
        let shape = Shape(comparisons: comparisons, isContinued: isContinued)
        return made.withLock { made in
            if let known = made[shape] { return known }
            let new = ListStatements(shape)
            if made.count < limit { made[shape] = new }
            return new
        }
    }

    private init(_ shape: Shape) {
        var condition: SQL = "s.tenant = $1 AND s.resource = $2 AND s.record IS NOT NULL"
        var next = 3
        for comparison in shape.comparisons {
            let path = Self.parameter(next)
            let value = Self.parameter(next + 1)
            let isWanted: SQL = comparison == .absent ? "NOT EXISTS" : "EXISTS"
            condition = """
                \(condition) AND \(isWanted) (
                    SELECT FROM sluis.store_index i
                    WHERE i.document = s.id AND i.path = \(path) AND \(comparison.condition(value)))
                """
            next += 2
        }
        count = Statement("SELECT count(*) FROM sluis.store s WHERE \(condition)")
        let limit = Self.parameter(next)
        let skip = Self.parameter(next + 1)
        if shape.isContinued { condition = "\(condition) AND s.key > \(Self.parameter(next + 2))" }
        page = Statement(
            """
            SELECT s.tenant, s.resource, s.key, s.uuid, s.record, s.sequence, s.as_of, s.source
            FROM sluis.store s WHERE \(condition) ORDER BY s.key LIMIT \(limit) OFFSET \(skip)
            """)
    }

    /// `$3`: made of a number, never of a value.
    private static func parameter(_ number: Int) -> SQL { SQL(stringLiteral: "$\(number)") }
}

extension Question.Comparison {
    /// On the index's first 512 bytes, and then on all. A parameter that is not looked at keeps its place.
    fileprivate func condition(_ value: SQL) -> SQL {
        switch self {
        case .equals:
            "substring(i.value for 512) = substring(\(value)::bytea for 512) AND i.value = \(value)"
        case .atLeast:
            "substring(i.value for 512) >= substring(\(value)::bytea for 512) AND i.value >= \(value)"
        case .atMost:
            "substring(i.value for 512) <= substring(\(value)::bytea for 512) AND i.value <= \(value)"
        case .above:
            "substring(i.value for 512) >= substring(\(value)::bytea for 512) AND i.value > \(value)"
        case .below:
            "substring(i.value for 512) <= substring(\(value)::bytea for 512) AND i.value < \(value)"
        case .oneOf:
            """
            substring(i.value for 512) = ANY (SELECT substring(v for 512) FROM unnest(\(value)::bytea[]) v)
                AND i.value = ANY (\(value))
            """
        case .present, .absent: "\(value)::bytea IS NULL"
        case .contains: "position(\(value)::bytea in i.value) > 0"
        case .ends:
            """
            substring(i.value from greatest(octet_length(i.value) - octet_length(\(value)::bytea) + 1, 1))
                = \(value)
            """
        }
    }
}
