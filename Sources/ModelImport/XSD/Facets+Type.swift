import Model
import Record

extension Facets {
    /// What the value means and how it is bounded, as a model says it.
    ///
    /// Datum and tijdstip are known by the types of StUF itself; J and N are a boolean. A number whose pattern allows
    /// leading zeros stays text, so that they survive.
    func type(allowsIncomplete: Bool) -> ElementType {
        let stuf = names.filter { $0.namespace.contains("/StUF/StUF") }.map(\.local)
        if stuf.contains(where: { $0 == "Datum" || $0.hasPrefix("DatumMetIndicator") }) {
            return ElementType(.datum, allowsIncomplete: allowsIncomplete)
        }
        if stuf.contains(where: { $0.hasPrefix("Tijdstip") }) {
            return ElementType(.tijdstip, allowsIncomplete: allowsIncomplete)
        }
        if Set(enumeration) == ["J", "N"] { return ElementType(.boolean) }
        if !enumeration.isEmpty { return ElementType(.text, enumeration: unique(enumeration)) }
        switch base {
        case "base64Binary": return ElementType(.content)
        case "boolean": return ElementType(.text, enumeration: ["true", "false"])
        case "decimal" where fractionDigits != 0: return ElementType(.decimal, maxLength: totalDigits)
        case "float", "double": return ElementType(.decimal)
        case _ where Self.integers.contains(base): return number
        default: return text
        }
    }

    private static let integers: Set<String> = [
        "decimal", "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger",
        "int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    ]

    private var pattern: Pattern? {
        // More patterns are alternatives.
        patterns.count == 1 ? Pattern(patterns[0]) : nil
    }

    private var number: ElementType {
        if let digits = digits { return digits }
        let most = maxInclusive.flatMap { Int($0) }.map { String($0.magnitude).count }
        let digits = [totalDigits, most].compactMap { $0 }.min()
        return ElementType(.integer, maxLength: digits)
    }

    private var text: ElementType {
        if let digits { return digits }
        var type = ElementType(.text, maxLength: maxLength, minLength: minLength)
        if let pattern {
            type.maxLength = [maxLength, pattern.most].compactMap { $0 }.min()
            type.minLength = max(minLength ?? 0, pattern.least)
        }
        if type.maxLength == nil || type.maxLength == 0 || type.minLength ?? 0 <= 1 { type.minLength = nil }
        if type.maxLength == 0 { type.maxLength = nil }
        return type
    }

    /// A value of digits alone, of a bounded number.
    private var digits: ElementType? {
        guard let pattern, pattern.isDigits, let most = pattern.most, pattern.least > 0 else { return nil }
        let bound = min(most, maxLength ?? most, totalDigits ?? most)
        guard bound > 0 else { return nil }
        return ElementType(
            .text, maxLength: bound, minLength: min(bound, max(pattern.least, minLength ?? 0)), isDigits: true
        )
    }

    private func unique(_ values: [String]) -> [String] {
        values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
