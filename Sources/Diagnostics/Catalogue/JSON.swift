/// Codes of reading JSON.
extension Code {
    static let json: [Code] = []
}
