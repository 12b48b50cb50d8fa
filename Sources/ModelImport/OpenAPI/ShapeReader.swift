import Diagnostics

/// Reads schemas of an API document as shapes.
struct ShapeReader {
    static let depthLimit = 32

    let document: APIDocument

    func shape(of schema: JSONValue) throws(ModelImportFailure) -> Shape {
        try shape(of: schema, depth: 0)
    }

    private func shape(of schema: JSONValue, depth: Int) throws(ModelImportFailure) -> Shape {
        guard depth < Self.depthLimit else {
            throw document.failure(.schemaTooDeep, at: schema, "schemas stand within each other in a circle")
        }
        let (value, name) = try document.resolved(schema)
        var shape = Shape()
        if let name { shape.names = [name] }
        for part in value["allOf"]?.items ?? [] { shape.merge(try self.shape(of: part, depth: depth + 1)) }
        // A discriminator belongs to the schema that has it, not to what is made of that schema.
        if value["allOf"] != nil {
            shape.discriminator = nil
            shape.variants = []
        }
        shape.merge(own(value))
        if value["discriminator"] == nil {
            try choose(from: alternatives(of: value), into: &shape, depth: depth)
        } else {
            try readVariants(of: value, into: &shape)
        }
        // What stands beside a reference (3.1) says more of the same value.
        if schema["$ref"] != nil { shape.merge(own(schema)) }
        return shape
    }

    private func alternatives(of value: JSONValue) -> [JSONValue] {
        (value["oneOf"]?.items ?? []) + (value["anyOf"]?.items ?? [])
    }

    /// What a schema says itself.
    private func own(_ value: JSONValue) -> Shape {
        var shape = Shape()
        let types = value["type"].map { $0.items.isEmpty ? [$0] : $0.items } ?? []
        shape.types = Set(types.compactMap(\.string)).subtracting(["null"])
        shape.format = value["format"]?.string
        shape.pattern = value["pattern"]?.string
        shape.minLength = value["minLength"]?.integer
        shape.maxLength = value["maxLength"]?.integer
        shape.maximum = value["maximum"]?.integer
        let values = (value["enum"]?.items ?? []) + (value["const"].map { [$0] } ?? [])
        for value in values {
            switch value.content {
            case .string(""): shape.allowsBlank = true
            case .string(let text), .number(let text):
                if !shape.enumeration.contains(text) { shape.enumeration.append(text) }
            default: continue
            }
        }
        shape.isReadOnly = value["readOnly"]?.isTrue ?? false
        shape.isWriteOnly = value["writeOnly"]?.isTrue ?? false
        shape.properties = (value["properties"]?.members ?? []).map {
            Shape.Property(name: $0.name, schema: $0.value)
        }
        shape.required = Set((value["required"]?.items ?? []).compactMap(\.string))
        shape.items = value["items"]
        return shape
    }

    /// `oneOf` without a discriminator: an enumeration that may be blank or null, or objects of which one holds.
    private func choose(
        from alternatives: [JSONValue], into shape: inout Shape, depth: Int
    ) throws(ModelImportFailure) {
        var chosen: [(schema: JSONValue, shape: Shape)] = []
        for alternative in alternatives {
            let other = try self.shape(of: alternative, depth: depth + 1)
            let isNull = try isNull(alternative)
            if other.allowsBlank, other.enumeration.isEmpty {
                shape.allowsBlank = true
            } else if !isNull {
                chosen.append((alternative, other))
            }
        }
        if chosen.count == 1 {
            shape.merge(chosen[0].shape)
        } else if chosen.allSatisfy({ $0.shape.isObject }) {
            shape.variants = chosen.map { ("", $0.schema) }
        } else if chosen.allSatisfy({ !$0.shape.enumeration.isEmpty }) {
            for other in chosen {
                shape.types.formUnion(other.shape.types)
                shape.enumeration += other.shape.enumeration.filter { !shape.enumeration.contains($0) }
            }
        } else {
            // Values of different kinds: a text of any length holds them all.
            shape.types = ["string"]
        }
    }

    private func isNull(_ schema: JSONValue) throws(ModelImportFailure) -> Bool {
        let value = try document.resolved(schema).value
        if value["type"]?.string == "null" { return true }
        let values = value["enum"]?.items ?? []
        return !values.isEmpty && values.allSatisfy { $0.isNull }
    }

    /// `discriminator`: with a mapping, or with the names of the schemas as values.
    private func readVariants(
        of value: JSONValue, into shape: inout Shape
    ) throws(ModelImportFailure) {
        guard let discriminator = value["discriminator"] else { return }
        shape.discriminator = discriminator["propertyName"]?.string
        for member in discriminator["mapping"]?.members ?? [] {
            guard let target = member.value.string else { continue }
            let path =
                target.hasPrefix("#/") || target.contains("/") ? target : "#/components/schemas/\(target)"
            let reference = JSONValue(content: .string(path), offset: member.value.offset)
            let schema = JSONValue(content: .object([("$ref", reference)]), offset: member.value.offset)
            shape.variants.append((member.name, schema))
        }
        guard shape.variants.isEmpty else { return }
        for alternative in alternatives(of: value) {
            shape.variants.append((try document.resolved(alternative).name ?? "", alternative))
        }
    }
}
