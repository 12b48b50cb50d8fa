/// Codes of mapping one bericht or document.
extension Code {
    static let mapping: [Code] = []
}
