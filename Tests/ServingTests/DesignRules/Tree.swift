import JSON
import Testing

/// A JSON document as a whole, for tests that look at it from all sides.
indirect enum Tree: Equatable {
    case object([(key: String, value: Tree)])
    case array([Tree])
    case string(String)
    case number(String)
    case boolean(Bool)
    case null

    init(_ bytes: [UInt8]) throws {
        var reader = JSON.Reader(bytes)
        self = try Self.value(try reader.next(), &reader)
        _ = try reader.next()
    }

    private static func value(_ token: Token, _ reader: inout JSON.Reader) throws -> Tree {
        switch token.kind {
        case .objectStart:
            var members: [(String, Tree)] = []
            while true {
                let key = try reader.next()
                guard key.kind == .key else { return .object(members) }
                let name = String(decoding: reader.text(of: key), as: UTF8.self)
                members.append((name, try value(try reader.next(), &reader)))
            }
        case .arrayStart:
            var items: [Tree] = []
            while true {
                let token = try reader.next()
                guard token.kind != .arrayEnd else { return .array(items) }
                items.append(try value(token, &reader))
            }
        case .string: return .string(String(decoding: reader.text(of: token), as: UTF8.self))
        case .number: return .number(String(decoding: reader.text(of: token), as: UTF8.self))
        case .true, .false: return .boolean(token.kind == .true)
        default: return .null
        }
    }

    static func == (left: Tree, right: Tree) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            left.count == right.count
                && zip(left, right).allSatisfy { $0.key == $1.key && $0.value == $1.value }
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)), (.number(let left), .number(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }

    // MARK: Looking

    var members: [(key: String, value: Tree)] {
        if case .object(let members) = self { return members }
        return []
    }

    var items: [Tree] {
        if case .array(let items) = self { return items }
        return []
    }

    var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    var isTrue: Bool { self == .boolean(true) }

    subscript(_ name: String) -> Tree? { members.first { $0.key == name }?.value }
}
