import Foundation

/// The schemas of an OpenAPI document, as far as the documents of the APIs that Sluis serves use them.
///
/// `""` is a text of any length and pattern: so these APIs, Open Zaak among them, write that there is no value.
///
/// A keyword that is not known here is a complaint too, and so is a property that no schema names: a checker that passes
/// over what it does not understand approves of everything.
struct OpenAPISchema {
    let document: JSONValue
    private var schemas: JSONValue? { document["components"]?["schemas"] }

    /// Of the paths without parameters, the schema of what GET answers.
    var collections: [(path: String, schema: JSONValue)] {
        (document["paths"]?.members ?? [:]).sorted { $0.key < $1.key }.compactMap { path, item in
            guard !path.contains("{"),
                let schema = item["get"]?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
            else { return nil }
            return (path, schema)
        }
    }

    func schema(_ name: String) -> JSONValue? { schemas?[name] }

    /// What is wrong with a value, each with its place; no value is in it.
    func complaints(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        check(value, schema, place)
            + unknown(value, names: names(value, schema), schema, place)
    }

    /// - Parameter isPart: the schema is one of the parts of another, which a discriminator has chosen already.
    private func check(
        _ value: JSONValue, _ schema: JSONValue, _ place: String, isPart: Bool = false
    ) -> [String] {
        if !isPart, let meant = meant(value, schema) { return check(value, meant, place, isPart: true) }
        let isNullable = schema["nullable"] == .boolean(true)
        if isNullable, value == .null { return [] }
        return schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            if Self.ignored.contains(keyword) || keyword.hasPrefix("x-") { return [String]() }
            return check(value, keyword, rule, place, isPart: isPart)
        }
    }

    /// They say nothing about a value in an answer.
    private static let ignored: Set<String> = [
        "title", "description", "example", "examples", "default", "deprecated", "readOnly", "writeOnly",
        "externalDocs", "nullable", "discriminator",
    ]

    private func check(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ place: String, isPart: Bool
    ) -> [String] {
        switch keyword {
        case "$ref":
            return resolve(rule).map { check(value, $0, place, isPart: isPart) } ?? [
                "\(place): no such schema"
            ]
        case "allOf": return rule.items.flatMap { check(value, $0, place, isPart: rule.items.count > 1) }
        case "oneOf", "anyOf": return choose(value, rule.items, place)
        case "properties":
            return rule.members.sorted { $0.key < $1.key }.flatMap { name, member in
                value[name].map { complaints($0, member, at: "\(place)/\(name)") } ?? []
            }
        case "required":
            guard case .object(let members) = value else { return [] }
            return rule.items.compactMap(\.text).filter { members[$0] == nil }
                .map { "\(place): \($0) is missing" }
        case "items":
            return value.items.enumerated().flatMap { complaints($1, rule, at: "\(place)/\($0)") }
        default: return Self.isFine(value, keyword, rule) ? [] : ["\(place): not as \(keyword) says"]
        }
    }

    /// One that fits.
    private func choose(_ value: JSONValue, _ options: [JSONValue], _ place: String) -> [String] {
        let results = options.map { complaints(value, $0, at: place) }
        guard !results.contains([]) else { return [] }
        return ["\(place): none of \(options.count) schemas fits"]
    }

    /// Of schemas that a discriminator tells apart, the one that the value names.
    private func meant(_ value: JSONValue, _ schema: JSONValue) -> JSONValue? {
        guard let name = schema["discriminator"]?["propertyName"]?.text, let kind = value[name]?.text,
            let reference = schema["discriminator"]?["mapping"]?[kind]
        else { return nil }
        return resolve(reference)
    }

    private func resolve(_ reference: JSONValue) -> JSONValue? {
        guard let name = reference.text?.split(separator: "/").last else { return nil }
        return schemas?[String(name)]
    }

    // MARK: Properties that nothing names

    /// The names of all properties that a schema gives a value; nil when it says nothing of properties.
    private func names(_ value: JSONValue, _ schema: JSONValue, isPart: Bool = false) -> Set<String>? {
        if !isPart, let meant = meant(value, schema) { return names(value, meant, isPart: true) }
        let parts = schema["allOf"]?.items ?? []
        var found = (schema["properties"]?.members.keys).map { Set($0) }
        let others =
            [schema["$ref"].flatMap(resolve).flatMap { names(value, $0, isPart: isPart) }]
            + parts.map { names(value, $0, isPart: parts.count > 1) }
            + ((schema["oneOf"] ?? schema["anyOf"])?.items ?? []).map { names(value, $0) }
        for case let more? in others { found = (found ?? []).union(more) }
        return found
    }

    private func unknown(
        _ value: JSONValue, names: Set<String>?, _ schema: JSONValue, _ place: String
    ) -> [String] {
        guard let names, case .object(let members) = value else { return [] }
        return members.keys.filter { !names.contains($0) }.sorted()
            .map { "\(place): no schema has \($0)" }
    }

    // MARK: Single values

    private static func isFine(_ value: JSONValue, _ keyword: String, _ rule: JSONValue) -> Bool {
        switch keyword {
        case "type": return (rule.items.isEmpty ? [rule] : rule.items).contains { isOf(value, $0.text ?? "") }
        case "enum": return rule.items.contains(value)
        case "minLength", "pattern", "format":
            guard let text = value.text, !text.isEmpty else { return true }
            if keyword == "minLength" { return Double(text.unicodeScalars.count) >= rule.double ?? 0 }
            return keyword == "pattern" ? matches(text, rule.text ?? "") : isSpelled(text, rule.text ?? "")
        case "maxLength":
            return value.text.map { Double($0.unicodeScalars.count) <= rule.double ?? 0 } ?? true
        case "minimum": return value.double.map { $0 >= rule.double ?? 0 } ?? true
        case "maximum": return value.double.map { $0 <= rule.double ?? 0 } ?? true
        case "minItems": return Double(value.items.count) >= rule.double ?? 0
        case "maxItems": return Double(value.items.count) <= rule.double ?? 0
        default: return false
        }
    }

    private static func isOf(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.object, "object"), (.array, "array"), (.string, "string"), (.boolean, "boolean"),
            (.null, "null"), (.number, "number"):
            true
        case (.number(let number), "integer"): number.rounded() == number
        default: false
        }
    }

    private static func isSpelled(_ text: String, _ format: String) -> Bool {
        switch format {
        case "date": matches(text, "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
        case "date-time":
            matches(
                text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9:]{5})$")
        case "uri": matches(text, "^[a-z][a-z0-9+.-]*:[^ ]+$")
        case "uuid": matches(text, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        case "duration": matches(text, "^P([0-9]+[YMWD])*(T([0-9]+[HMS])+)?$")
        case "email": text.contains("@")
        // Widths of numbers, and what is said of the bytes of a file.
        case "int32", "int64", "double", "float", "byte", "binary": true
        default: false
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }
}
