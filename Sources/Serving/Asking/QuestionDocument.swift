internal import Diagnostics
internal import JSON

/// The document that an API or a `_zoek` is asked with: values by name, with what kind of JSON value each is.
struct QuestionDocument {
    enum Value {
        case text(String)
        /// As it is written.
        case number(String)
        case flag(Bool)
        case list([Value])
        /// An object or null.
        case other
    }

    private(set) var values: [(name: String, value: Value)] = []

    /// - Parameter depth: at most so many objects and arrays in each other.
    /// - Throws: ``ServingFailure`` `bodyRefused` when it is no such document.
    init(_ body: [UInt8], depth: Int) throws(ServingFailure) {
        var limits = JSON.Limits()
        limits.depth = depth
        var reader = JSON.Reader(body, limits: limits)
        do throws(JSONFailure) {
            let start = try reader.next()
            guard start.kind == .objectStart else { throw reader.failure(.jsonMalformed, at: start) }
            while true {
                let key = try reader.next()
                guard key.kind == .key else { break }
                let name = String(decoding: reader.text(of: key), as: UTF8.self)
                values.append((name, try Self.value(of: try reader.next(), &reader)))
            }
            _ = try reader.next()
        } catch {
            throw ServingFailure(.bodyRefused, at: error.place, hint: error.code.meaning)
        }
    }

    subscript(_ name: String) -> Value? { values.first { $0.name == name }?.value }

    private static func value(of token: Token, _ reader: inout JSON.Reader) throws(JSONFailure) -> Value {
        switch token.kind {
        case .string: return .text(String(decoding: reader.text(of: token), as: UTF8.self))
        case .number: return .number(String(decoding: reader.text(of: token), as: UTF8.self))
        case .true: return .flag(true)
        case .false: return .flag(false)
        case .arrayStart:
            var items: [Value] = []
            while true {
                let item = try reader.next()
                if item.kind == .arrayEnd { return .list(items) }
                items.append(try value(of: item, &reader))
            }
        case .objectStart:
            while true {
                let key = try reader.next()
                guard key.kind == .key else { return .other }
                _ = try value(of: try reader.next(), &reader)
            }
        default: return .other
        }
    }
}
