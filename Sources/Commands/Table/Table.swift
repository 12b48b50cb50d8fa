/// The command table: every verb that works, in the order of help.
enum Table {
    static let verbs: [Verb] = [
        .serve, .demo, .check, .map, .replay, .format, .modelImport, .ledgerList, .ledgerShow, .ledgerRedrive,
        .ledgerDiscard, .ledgerDump, .ledgerLoad, .stubZGW, .explain, .doctor, .config, .completion, .version,
        .help,
    ]

    /// Options of every verb.
    static let common: [Option] = [
        Option("color", "WHEN", "auto, always or never", .words(Arguments.Color.allCases.map(\.rawValue))) {
            value, arguments throws(CommandFailure) in
            guard let color = Arguments.Color(rawValue: value) else {
                throw .usage("`--color` takes auto, always or never")
            }
            arguments.color = color
        },
        .flag("help", "what this command does, and its options", \.help),
    ]

    static func verb(_ name: String) -> Verb? { verbs.first { $0.name == name } }
}

/// Options that several verbs share.
extension Option {
    static let json = flag("json", "the result as JSON", \.json)
    static let mappings = text(
        "mappings", "DIR", "where models, mappings and routes are", .folders, \.mappings)
    static let config = text("config", "FILE", "the configuration to use", .files, \.config)
    static let data = text("data", "DIR", "the data folder, with the private cluster", .folders, \.data)
}
