import Diagnostics
import JSON

/// A JSON document as a tree, members in their order. For documents that are small enough to hold: API descriptions.
struct JSONValue: Sendable {
    enum Content: Sendable {
        case object([(name: String, value: JSONValue)])
        case array([JSONValue])
        case string(String)
        case number(String)
        case boolean(Bool)
        case null
    }

    var content: Content
    /// Where it starts in the file.
    var offset: Int

    subscript(_ name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    var members: [(name: String, value: JSONValue)] {
        if case .object(let members) = content { members } else { [] }
    }

    var items: [JSONValue] {
        if case .array(let items) = content { items } else { [] }
    }

    var string: String? {
        if case .string(let string) = content { string } else { nil }
    }

    var integer: Int? {
        if case .number(let number) = content { Int(number) } else { nil }
    }

    var isTrue: Bool {
        if case .boolean(true) = content { true } else { false }
    }

    var isObject: Bool {
        if case .object = content { true } else { false }
    }

    var isNull: Bool {
        if case .null = content { true } else { false }
    }
}

extension JSONValue {
    /// Larger documents describe no API.
    static let byteLimit = 16 << 20

    static func read(file: String, bytes: [UInt8]) throws(ModelImportFailure) -> JSONValue {
        var limits = Limits()
        limits.byteCount = byteLimit
        var reader = Reader(bytes, limits: limits)
        do throws(JSONFailure) {
            let value = try read(try reader.next(), &reader)
            _ = try reader.next()
            return value
        } catch {
            throw ModelImportFailure(
                error.code, at: SourceLocation(file: file, line: error.line, column: error.column))
        }
    }

    /// The reader bounds the depth.
    private static func read(_ token: Token, _ reader: inout Reader) throws(JSONFailure) -> JSONValue {
        let content: Content
        switch token.kind {
        case .objectStart:
            var members: [(name: String, value: JSONValue)] = []
            while true {
                let key = try reader.next()
                guard key.kind == .key else { break }
                let name = String(decoding: reader.text(of: key), as: UTF8.self)
                members.append((name, try read(try reader.next(), &reader)))
            }
            content = .object(members)
        case .arrayStart:
            var items: [JSONValue] = []
            while true {
                let item = try reader.next()
                guard item.kind != .arrayEnd else { break }
                items.append(try read(item, &reader))
            }
            content = .array(items)
        case .string: content = .string(String(decoding: reader.text(of: token), as: UTF8.self))
        case .number: content = .number(String(decoding: reader.text(of: token), as: UTF8.self))
        case .true: content = .boolean(true)
        case .false: content = .boolean(false)
        default: content = .null
        }
        return JSONValue(content: content, offset: token.start)
    }
}
