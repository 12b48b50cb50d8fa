/// Holds values to the schemas of an OpenAPI document, as far as ours uses them.
struct Schema {
    let document: Tree

    /// What is wrong with a value by the schema at that place; empty when nothing is.
    func faults(_ value: Tree, _ schema: Tree, at path: String = "") -> [String] {
        if let reference = schema["$ref"]?.text {
            guard let found = followed(reference) else { return ["\(path): \(reference) leads nowhere"] }
            return faults(value, found, at: path)
        }
        if value == .null, schema["nullable"]?.isTrue == true { return [] }
        let types = schema["type"]?.text.map { [$0] } ?? schema["type"]?.items.compactMap(\.text) ?? []
        if !types.isEmpty, !types.contains(value.kind) {
            return ["\(path): \(value.kind) and not \(types)"]
        }
        if value == .null { return [] }
        if let any = schema["anyOf"]?.items {
            return any.contains { faults(value, $0, at: path).isEmpty } ? [] : ["\(path): none of anyOf"]
        }
        return (schema["allOf"]?.items ?? []).flatMap { faults(value, $0, at: path) }
            + spelling(value, schema, at: path) + members(value, schema, at: path)
    }

    private func followed(_ reference: String) -> Tree? {
        reference.split(separator: "/").dropFirst().reduce(Optional(document)) { $0?[String($1)] }
    }

    private func spelling(_ value: Tree, _ schema: Tree, at path: String) -> [String] {
        guard let text = value.text else { return [] }
        var faults: [String] = []
        if let words = schema["enum"]?.items, !words.contains(value) { faults.append("\(path): not in enum") }
        if case .number(let most)? = schema["maxLength"], text.count > Int(most) ?? 0 {
            faults.append("\(path): too long")
        }
        let form: Regex<Substring>? =
            switch schema["format"]?.text {
            case "date": #/\d{4}-\d\d-\d\d/#
            case "date-time": #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/#
            case "uri": #/[a-z]+:\S+/#
            case "uuid": #/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/#
            case "duration": #/P\w+/#
            default: nil
            }
        if let form, text.wholeMatch(of: form) == nil { faults.append("\(path): not spelled so") }
        return faults
    }

    private func members(_ value: Tree, _ schema: Tree, at path: String) -> [String] {
        switch value {
        case .array(let items):
            guard let item = schema["items"] else { return [] }
            return items.enumerated().flatMap { faults($0.element, item, at: "\(path)[\($0.offset)]") }
        case .object(let members):
            guard let properties = schema["properties"] else { return [] }
            let missing = (schema["required"]?.items ?? []).compactMap(\.text).filter { value[$0] == nil }
            return missing.map { "\(path).\($0): missing" }
                + members.flatMap { name, value in
                    properties[name].map { faults(value, $0, at: "\(path).\(name)") }
                        ?? ["\(path).\(name): not described"]
                }
        default: return []
        }
    }
}
