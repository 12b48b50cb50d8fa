internal import HTTP

/// One collection of an API: where it is, what its resources hold, how it is asked.
struct Collection: Sendable {
    enum Filter: Sendable {
        /// Of the resource itself.
        case member([String])
        /// Of a rol of the zaak.
        case rol([String])
        /// The day on which a type is valid.
        case validity
        /// `definitief`, `concept` or `alles`.
        case publication
    }

    var api: String
    var path: String
    var properties: [Property] = []
    /// A page object, or a plain array (open-zaak-observed.md, reading).
    var isPaged = true
    var filters: [String: Filter] = [:]
    var methods: [HTTP.Method] = [.get, .head]

    static func find(_ api: String, _ path: String) -> Collection? {
        all.first { $0.api == api && $0.path == path }
    }

    static let all = zaken + documenten + besluiten + catalogi

    /// Filters on members of that name.
    static func members(_ names: String...) -> [String: Filter] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .member([$0])) })
    }
}
