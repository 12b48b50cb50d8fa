import Diagnostics

/// An OpenAPI document, version 3.0 or 3.1, with its references.
struct APIDocument: Sendable {
    /// References that lead to references.
    static let referenceLimit = 32

    let file: String
    let root: JSONValue
    private let bytes: [UInt8]
    /// Members of `components`, by section and name: `schemas/Zaak`.
    private let components: [String: JSONValue]

    init(file: String, bytes: [UInt8]) throws(ModelImportFailure) {
        self.file = file
        self.bytes = bytes
        root = try JSONValue.read(file: file, bytes: bytes)
        var components: [String: JSONValue] = [:]
        for section in root["components"]?.members ?? [] {
            for member in section.value.members {
                components["\(section.name)/\(member.name)"] = member.value
            }
        }
        self.components = components
        try checkHeader()
    }

    /// Says what every OpenAPI document must: a version that is understood, a title and version, paths.
    private func checkHeader() throws(ModelImportFailure) {
        guard let version = root["openapi"] else {
            throw failure(.schemaForeign, at: root, "it has no `openapi` with a version")
        }
        let parts = (version.string ?? "").split(separator: ".")
        guard parts.count >= 2, parts[0] == "3", parts[1] == "0" || parts[1] == "1" else {
            throw failure(.schemaForeign, at: version, "its version is not 3.0 or 3.1")
        }
        guard let info = root["info"], info["title"]?.string != nil, info["version"]?.string != nil else {
            throw failure(.schemaForeign, at: root["info"] ?? root, "its `info` gives no title and version")
        }
        guard let paths = root["paths"], paths.isObject else {
            throw failure(.schemaForeign, at: root["paths"] ?? root, "it has no `paths`")
        }
    }

    func failure(_ code: Code, at value: JSONValue, _ hint: String? = nil) -> ModelImportFailure {
        ModelImportFailure(code, at: location(of: value), hint)
    }

    private func location(of value: JSONValue) -> SourceLocation {
        var location = SourceLocation(file: file, line: 1, column: 1)
        for byte in bytes[..<min(value.offset, bytes.count)] {
            if byte == 0x0A {
                location.line += 1
                location.column = 1
            } else if byte & 0xC0 != 0x80 {
                location.column += 1
            }
        }
        return location
    }

    /// What the value refers to, and its name when it is a component; the value itself when it is no reference.
    func resolved(
        _ value: JSONValue
    ) throws(ModelImportFailure) -> (value: JSONValue, name: String?) {
        var value = value
        var name: String?
        for _ in 0..<Self.referenceLimit {
            guard let reference = value["$ref"] else { return (value, name) }
            guard let path = reference.string, path.hasPrefix("#/") else {
                throw failure(.schemaRemote, at: reference, "only `#/…` is followed")
            }
            let steps = path.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false)
                .map { unescaped($0) }
            guard let target = target(of: steps) else {
                throw failure(.schemaNameUnknown, at: reference, "`\(path)` leads to nothing")
            }
            name = steps.last
            value = target
        }
        throw failure(.schemaTooDeep, at: value, "references lead to each other in a circle")
    }

    private func target(of steps: [String]) -> JSONValue? {
        if steps.count == 3, steps[0] == "components" { return components["\(steps[1])/\(steps[2])"] }
        var value: JSONValue? = root
        for step in steps {
            if let items = value?.items, !items.isEmpty {
                value = Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
            } else {
                value = value?[step]
            }
        }
        return value
    }

    /// RFC 6901, section 4: `~1` is `/`, `~0` is `~`; within a URI `%` escapes besides.
    private func unescaped(_ step: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(step.utf8)[...]
        while let byte = rest.popFirst() {
            let hex = rest.prefix(2)
            if byte == UInt8(ascii: "%"), hex.count == 2,
                let value = UInt8(String(decoding: hex, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "~"), let next = rest.first, next == 0x30 || next == 0x31 {
                bytes.append(next == 0x31 ? UInt8(ascii: "/") : byte)
                rest = rest.dropFirst()
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
