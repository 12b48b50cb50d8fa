/// Codes of delivering.
extension Code {
    static let delivery: [Code] = []
}
