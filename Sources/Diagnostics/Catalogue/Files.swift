/// Codes of model, mapping and route files, found before anything runs.
extension Code {
    static let files: [Code] = []
}
