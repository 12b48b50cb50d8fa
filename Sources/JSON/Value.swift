/// A small JSON document as a tree: for error answers, tokens and stand-ins. Berichten and resources go by tokens.
package indirect enum Value: Hashable, Sendable {
    case object([Member])
    case array([Value])
    case string(String)
    /// As written; no value is typed by how it looks.
    case number(String)
    case bool(Bool)
    case null

    /// A key with its value; objects keep their order.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: Value

        package init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// - Throws: ``JSONFailure`` for what ``Reader`` refuses.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONFailure) {
        var reader = Reader(bytes, limits: limits)
        self = try Self.read(&reader, from: try reader.next())
        _ = try reader.next()
    }

    /// As deep as the reader's limit allows, so the stack is bounded.
    private static func read(_ reader: inout Reader, from token: Token) throws(JSONFailure) -> Value {
        switch token.kind {
        case .objectStart: return .object(try members(&reader))
        case .arrayStart:
            var items: [Value] = []
            while true {
                let next = try reader.next()
                if next.kind == .arrayEnd { return .array(items) }
                items.append(try read(&reader, from: next))
            }
        case .string: return .string(String(decoding: reader.text(of: token), as: UTF8.self))
        case .number: return .number(String(decoding: reader.text(of: token), as: UTF8.self))
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .null, .objectEnd, .arrayEnd, .key, .end: return .null
        }
    }

    private static func members(_ reader: inout Reader) throws(JSONFailure) -> [Member] {
        var members: [Member] = []
        while true {
            let key = try reader.next()
            guard key.kind == .key else { return members }
            let value = try read(&reader, from: try reader.next())
            members.append(Member(String(decoding: reader.text(of: key), as: UTF8.self), value))
        }
    }

    package var bytes: [UInt8] {
        var writer = Writer()
        write(to: &writer)
        return writer.bytes
    }

    package func write(to writer: inout Writer) {
        switch self {
        case .object(let members):
            writer.startObject()
            for member in members {
                writer.key(member.key)
                member.value.write(to: &writer)
            }
            writer.end()
        case .array(let items):
            writer.startArray()
            for item in items { item.write(to: &writer) }
            writer.end()
        case .string(let text): writer.string(text)
        case .number(let text): writer.number(Array(text.utf8)[...])
        case .bool(let flag): writer.boolean(flag)
        case .null: writer.null()
        }
    }
}

extension Value {
    /// The member of that key; nil when there is none, or this is no object. Setting nil removes it.
    package subscript(_ key: String) -> Value? {
        get {
            guard case .object(let members) = self else { return nil }
            return members.first { $0.key == key }?.value
        }
        set {
            guard case .object(var members) = self else { return }
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key, value))
            case (nil, nil): break
            }
            self = .object(members)
        }
    }

    package var text: String? { if case .string(let text) = self { text } else { nil } }
    package var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var items: [Value]? { if case .array(let items) = self { items } else { nil } }
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// A whole number; nil for one with a fraction or an exponent.
    package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .string(text) }
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
    package init(arrayLiteral items: Value...) { self = .array(items) }
    package init(dictionaryLiteral members: (String, Value)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
}
