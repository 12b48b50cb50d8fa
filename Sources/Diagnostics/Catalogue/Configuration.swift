/// Codes of the configuration and the command line.
extension Code {
    static let configuration: [Code] = []
}
