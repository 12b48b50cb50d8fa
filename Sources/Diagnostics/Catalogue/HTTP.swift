/// Codes of HTTP, listening and calling.
extension Code {
    static let http: [Code] = []
}
