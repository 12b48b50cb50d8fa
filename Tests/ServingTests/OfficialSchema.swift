import TestSupport
import Testing

/// Holds values to a schema of an official OpenAPI document: also shapes that a discriminator tells apart, and whether
/// a property is one that any part of the schema describes.
struct OfficialSchema {
    private let document: Tree

    /// - Parameter file: in the shared folder: `data/openapi/haal-centraal/brp-personen-2.7.0.json`.
    init(_ file: String) throws { document = try Tree(try SharedData.bytes(file)) }

    /// What is wrong with a value by a schema of the document; empty when nothing is.
    func faults(_ value: Tree, _ name: String) -> [String] {
        guard let schema = document["components"]?["schemas"]?[name] else { return ["no schema \(name)"] }
        return faults(value, schema, at: "")
    }

    /// Whether a text is one that the schema's pattern describes; true where it has none.
    func accepts(_ text: String, _ name: String, _ property: String) throws -> Bool {
        let schema = try #require(document["components"]?["schemas"]?[name]?["properties"]?[property])
        return try pattern(schema).map { text.wholeMatch(of: $0) != nil } ?? true
    }

    private func pattern(_ schema: Tree) throws -> Regex<AnyRegexOutput>? {
        try schema["pattern"]?.text.map { try Regex($0) }
    }

    private func faults(_ value: Tree, _ schema: Tree, at path: String) -> [String] {
        var faults = parts(schema, value).flatMap { own(value, $0, at: path) }
        guard case .object(let members) = value else { return faults }
        let described = parts(schema, value)
        for (name, value) in members {
            let schemas = described.compactMap { $0["properties"]?[name] }
            if schemas.isEmpty { faults.append("\(path).\(name): not described") }
            faults += schemas.flatMap { self.faults(value, $0, at: "\(path).\(name)") }
        }
        return faults
    }

    /// The schema with all that it is made of, for the shape that the value says it has.
    private func parts(_ schema: Tree, _ value: Tree, _ seen: Set<String> = []) -> [Tree] {
        if let reference = schema["$ref"]?.text {
            guard !seen.contains(reference), let found = followed(reference) else { return [] }
            return parts(found, value, seen.union([reference]))
        }
        var all = [schema] + (schema["allOf"]?.items ?? []).flatMap { parts($0, value, seen) }
        if let property = schema["discriminator"]?["propertyName"]?.text, let kind = value[property]?.text,
            let reference = schema["discriminator"]?["mapping"]?[kind]?.text, !seen.contains(reference),
            let found = followed(reference)
        {
            all += parts(found, value, seen.union([reference]))
        }
        return all
    }

    private func followed(_ reference: String) -> Tree? {
        reference.split(separator: "/").dropFirst().reduce(Optional(document)) { $0?[String($1)] }
    }

    private func own(_ value: Tree, _ schema: Tree, at path: String) -> [String] {
        var faults: [String] = []
        if let type = schema["type"]?.text, type != value.kind, !(type == "number" && value.kind == "integer")
        {
            faults.append("\(path): \(value.kind) and not \(type)")
        }
        for case let name? in (schema["required"]?.items ?? []).map(\.text) where value[name] == nil {
            faults.append("\(path).\(name): missing")
        }
        if let text = value.text {
            if let words = schema["enum"]?.items, !words.contains(value) { faults.append("\(path): no word") }
            if let form = try? pattern(schema), text.wholeMatch(of: form) == nil {
                faults.append("\(path): not of its pattern")
            }
        }
        if case .array(let items) = value, let item = schema["items"] {
            faults += items.enumerated().flatMap {
                self.faults($0.element, item, at: "\(path)[\($0.offset)]")
            }
        }
        return faults
    }
}

extension Tree {
    /// The JSON type of it, as schemas name types.
    var kind: String {
        switch self {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .number(let text): text.contains(".") ? "number" : "integer"
        case .boolean: "boolean"
        case .null: "null"
        }
    }
}
