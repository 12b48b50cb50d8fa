/// Codes of replaying fixtures.
extension Code {
    static let replay: [Code] = []
}
