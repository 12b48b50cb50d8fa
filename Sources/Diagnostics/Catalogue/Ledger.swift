/// Codes of the ledger.
extension Code {
    static let ledger: [Code] = []
}
