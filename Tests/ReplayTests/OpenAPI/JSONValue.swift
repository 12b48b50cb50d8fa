import JSON

/// Any JSON text, to be looked into.
indirect enum JSONValue: Equatable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null

    init(_ text: some StringProtocol) throws(JSONFailure) {
        var reader = JSON.Reader(Array(text.utf8))
        self = try Self.read(try reader.next(), &reader)
    }

    private static func read(_ token: Token, _ reader: inout JSON.Reader) throws(JSONFailure) -> JSONValue {
        func text() -> String { String(decoding: reader.text(of: token), as: UTF8.self) }
        switch token.kind {
        case .objectStart:
            var members: [String: JSONValue] = [:]
            while true {
                let key = try reader.next()
                guard key.kind == .key else { return .object(members) }
                let name = String(decoding: reader.text(of: key), as: UTF8.self)
                members[name] = try read(try reader.next(), &reader)
            }
        case .arrayStart:
            var items: [JSONValue] = []
            while true {
                let item = try reader.next()
                guard item.kind != .arrayEnd else { return .array(items) }
                items.append(try read(item, &reader))
            }
        case .string: return .string(text())
        case .number: return .number(Double(text()) ?? .nan)
        case .true: return .boolean(true)
        case .false: return .boolean(false)
        default: return .null
        }
    }

    subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    /// Whether it is more than `null` or an empty list.
    var isThere: Bool { self != .null && self != .array([]) }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var double: Double? { if case .number(let number) = self { number } else { nil } }
}
