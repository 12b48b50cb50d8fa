/// Codes of StUF berichten.
extension Code {
    static let stuf: [Code] = []
}
