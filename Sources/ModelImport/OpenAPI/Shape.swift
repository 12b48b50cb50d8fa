import Model
import Record

/// What a schema of an API document allows, with `$ref`, `allOf` and `oneOf` worked out one level deep.
struct Shape: Sendable {
    struct Property: Sendable {
        var name: String
        var schema: JSONValue
    }

    /// `string`, `object`, …; null is left out, because every property may be.
    var types: Set<String> = []
    var format: String?
    var pattern: String?
    var minLength: Int?
    var maxLength: Int?
    var maximum: Int?
    var enumeration: [String] = []
    /// Whether the enumeration has an empty text too.
    var allowsBlank = false
    var isReadOnly = false
    var isWriteOnly = false
    var properties: [Property] = []
    var required: Set<String> = []
    var items: JSONValue?
    /// The property that tells which variant an object is.
    var discriminator: String?
    /// What the object looks like besides, by value of the discriminator; without one the values are empty.
    var variants: [(value: String, schema: JSONValue)] = []
    /// The components it was made of, its own name first.
    var names: [String] = []

    var isObject: Bool { !properties.isEmpty || !variants.isEmpty || types.contains("object") }

    /// Takes over what another schema says of the same value (`allOf`).
    mutating func merge(_ other: Shape) {
        types.formUnion(other.types)
        format = other.format ?? format
        pattern = other.pattern ?? pattern
        minLength = other.minLength ?? minLength
        maxLength = other.maxLength ?? maxLength
        maximum = other.maximum ?? maximum
        if !other.enumeration.isEmpty { enumeration = other.enumeration }
        allowsBlank = allowsBlank || other.allowsBlank
        isReadOnly = isReadOnly || other.isReadOnly
        isWriteOnly = isWriteOnly || other.isWriteOnly
        for property in other.properties {
            if let index = properties.firstIndex(where: { $0.name == property.name }) {
                properties[index] = property
            } else {
                properties.append(property)
            }
        }
        required.formUnion(other.required)
        items = other.items ?? items
        discriminator = other.discriminator ?? discriminator
        if !other.variants.isEmpty { variants = other.variants }
        names += other.names
    }
}

extension Shape {
    /// The value as a model says it; nil for an object or a list.
    var leaf: ElementType? {
        if !enumeration.isEmpty {
            var type = ElementType(.text, enumeration: enumeration)
            if allowsBlank { type.empty = "" }
            return type
        }
        switch types.first {
        case "boolean": return ElementType(.boolean)
        case "integer":
            return ElementType(.integer, maxLength: maximum.map { String($0.magnitude).count })
        case "number": return ElementType(.decimal)
        case "object", "array": return nil
        default: return isObject ? nil : text
        }
    }

    private var text: ElementType {
        switch format {
        case "date": return ElementType(.datum)
        case "date-time": return ElementType(.tijdstip)
        case "duration": return ElementType(.duur)
        case "byte", "binary": return ElementType(.content)
        default: break
        }
        var facets = Facets()
        facets.minLength = minLength
        facets.maxLength = maxLength ?? (format == "uuid" ? 36 : nil)
        if var pattern {
            if pattern.hasPrefix("^") { pattern.removeFirst() }
            if pattern.hasSuffix("$") { pattern.removeLast() }
            facets.patterns = [pattern]
        }
        return facets.type(allowsIncomplete: false)
    }
}
