/// Codes of reading XML.
extension Code {
    static let xml: [Code] = []
}
