/// Codes of the served and the called APIs.
extension Code {
    static let api: [Code] = []
}
