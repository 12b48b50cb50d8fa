private import Diagnostics
internal import JSON
internal import Model
package import Record

extension GraphDocument {
    /// What a document says, under the layout of its resource.
    package struct Read: Sendable {
        package var record: Record
        /// JSON pointers of properties that the model does not know; their values were passed over.
        package var unknown: [String]
    }

    /// Reads a document that ``write(_:of:isPretty:implied:content:)`` or a person wrote.
    ///
    /// - Parameter content: keeps content, given as base64 text as far as JSON goes; nil when it is no base64.
    /// - Throws: ``ResourcesFailure`` with the JSON pointer of the first value that is not what its type asks.
    package static func read(
        _ bytes: [UInt8], of shape: Shape,
        content: @escaping (ArraySlice<UInt8>) -> Record.Content? = { _ in nil }
    ) throws(ResourcesFailure) -> Read {
        var reader = GraphReader(json: Reader(bytes), record: Record(shape.layout), content: content)
        let token = try reader.next()
        guard token.kind == .objectStart else { throw reader.failure(.documentNotObject) }
        try reader.members(of: nil, in: shape, Record.root)
        _ = try reader.next()
        return Read(record: reader.record, unknown: reader.unknown)
    }
}

private struct GraphReader {
    var json: Reader
    var record: Record
    let content: (ArraySlice<UInt8>) -> Record.Content?
    var unknown: [String] = []
    /// Where we are, as the steps of a JSON pointer.
    private var path: [String] = []

    init(json: Reader, record: Record, content: @escaping (ArraySlice<UInt8>) -> Record.Content?) {
        self.json = json
        self.record = record
        self.content = content
    }

    mutating func next() throws(ResourcesFailure) -> Token {
        do {
            return try json.next()
        } catch {
            throw ResourcesFailure(error.code, at: error.place)
        }
    }

    func failure(_ code: Code) -> ResourcesFailure {
        ResourcesFailure(code, at: pointer)
    }

    private var pointer: String { "/" + path.joined(separator: "/") }

    /// Reads the properties of an object whose start was read, up to and with its end.
    mutating func members(of group: Int?, in shape: Shape, _ frame: Record.Frame) throws(ResourcesFailure) {
        while true {
            let key = try next()
            guard key.kind == .key else { return }
            let name = json.text(of: key)
            path.append(escaped(name))
            if let node = shape.member(named: name, of: group) {
                try property(node, of: shape, frame)
            } else if frame != Record.root, group == nil,
                name.elementsEqual(GraphDocument.verwerkingssoort.utf8)
            {
                try mark(frame)
            } else {
                unknown.append(pointer)
                try skip()
            }
            path.removeLast()
        }
    }

    private mutating func property(
        _ index: Int, of shape: Shape, _ frame: Record.Frame
    ) throws(ResourcesFailure) {
        let node = shape.nodes[index]
        let token = try next()
        if token.kind == .null { return record.set(index, in: frame, to: .null) }
        if let items = node.items {
            guard token.kind == .arrayStart else { throw failure(.propertyTypeWrong) }
            return try self.items(index, of: items, frame)
        }
        if node.isGroup {
            guard token.kind == .objectStart else { throw failure(.documentNotObject) }
            record.set(index, in: frame, to: .value)
            return try members(of: index, in: shape, frame)
        }
        if node.type.base == .content { return try content(token, index, frame) }
        try leaf(token, index, node.type, frame)
    }

    private mutating func items(
        _ index: Int, of shape: Shape, _ frame: Record.Frame
    ) throws(ResourcesFailure) {
        record.set(index, in: frame, to: .value)
        var count = 0
        while true {
            let token = try next()
            if token.kind == .arrayEnd { break }
            path.append(String(count))
            let item = record.appendItem(index, in: frame)
            if shape.isValue, let value = shape.top.first {
                try leaf(token, value, shape.nodes[value].type, item)
            } else {
                guard token.kind == .objectStart else { throw failure(.documentNotObject) }
                try members(of: nil, in: shape, item)
            }
            path.removeLast()
            count += 1
        }
        if count == 0 { record.set(index, in: frame, to: .empty) }
    }

    private mutating func leaf(
        _ token: Token, _ index: Int, _ type: ElementType, _ frame: Record.Frame
    ) throws(ResourcesFailure) {
        if token.kind == .objectStart, let value = try object(type) {
            return record.set(index, in: frame, to: value.bytes, precision: value.precision)
        }
        switch type.meaning(of: token, in: json) {
        case .success(.value(let bytes, let precision)):
            record.set(index, in: frame, to: bytes, precision: precision)
        case .success(.none(let standing)): record.set(index, in: frame, to: standing)
        case .failure(let fault): throw failure(fault.code)
        }
    }

    /// A value that its type writes as an object, whose start was read; nil for a type that does not.
    private mutating func object(
        _ type: ElementType
    ) throws(ResourcesFailure) -> (bytes: ArraySlice<UInt8>, precision: Precision)? {
        if type.base == .geometrie {
            var reader = GeoJSON.Reader()
            var token = try next()
            while !reader.take(token, json.text(of: token)) { token = try next() }
            guard let shape = reader.geometry else { throw failure(.propertySpellingWrong) }
            return (shape.canonical[...], .full)
        }
        guard type.base == .datum, type.spelling == .brp else { return nil }
        var parts = BRPDate.Parts()
        var token = try next()
        while token.kind == .key {
            let name = String(decoding: json.text(of: token), as: UTF8.self)
            token = try next()
            guard parts.take(name, json.text(of: token), token.kind) else {
                throw failure(.propertyTypeWrong)
            }
            token = try next()
        }
        guard let value = parts.value else { throw failure(.propertySpellingWrong) }
        return (value.bytes[...], value.precision)
    }

    private mutating func content(
        _ token: Token, _ index: Int, _ frame: Record.Frame
    ) throws(ResourcesFailure) {
        guard token.kind == .string, let content = content(json.text(of: token)) else {
            throw failure(.contentRefused)
        }
        record.set(index, in: frame, to: content)
    }

    private mutating func mark(_ frame: Record.Frame) throws(ResourcesFailure) {
        let token = try next()
        let name = String(decoding: json.text(of: token), as: UTF8.self)
        guard token.kind == .string,
            let soort = Marks.Verwerkingssoort.allCases.first(where: { "\($0)" == name })
        else { throw failure(.propertySpellingWrong) }
        var marks = record.marks(of: frame)
        marks.verwerkingssoort = soort
        record.setMarks(marks, of: frame)
    }

    private mutating func skip() throws(ResourcesFailure) {
        do {
            try json.skipValue()
        } catch {
            throw ResourcesFailure(error.code, at: error.place)
        }
    }

    /// A property's name as a step of a JSON pointer (RFC 6901), cut off: it may be anything.
    private func escaped(_ name: ArraySlice<UInt8>) -> String {
        var step = ""
        for character in String(decoding: name.prefix(100), as: UTF8.self) {
            switch character {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.append(character)
            }
        }
        return step
    }
}
