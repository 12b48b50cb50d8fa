/// Codes of Postgres and the private cluster.
extension Code {
    static let postgres: [Code] = []
}
