internal import JSON

/// Checks a document against the properties of its resource and fills in what was not said; every fault is kept.
struct Checker {
    /// Where links may lead: `http://127.0.0.1:8000`.
    let base: String
    /// Whether a resource is there.
    let exists: (_ collection: String, _ uuid: String) throws(StubsFailure) -> Bool
    private(set) var faults: [Refusal.Parameter] = []

    init(base: String, exists: @escaping (String, String) throws(StubsFailure) -> Bool) {
        self.base = base
        self.exists = exists
    }

    /// The document as it is kept; members that are unknown are dropped.
    ///
    /// - Parameter old: what is there already, for a PATCH; what is not said stays.
    mutating func document(
        _ said: Value, _ properties: [Property], over old: Value? = nil, at path: String = ""
    ) throws(StubsFailure) -> Value {
        guard said.members != nil else {
            fault(path.isEmpty ? "nonFieldErrors" : path, "invalid")
            return said
        }
        var result = old ?? .object([])
        for property in properties {
            let name = path.isEmpty ? property.name : "\(path).\(property.name)"
            guard let value = said[property.name] else {
                guard old == nil else { continue }
                if property.isRequired { fault(name, "required") }
                result[property.name] = property.fallback
                continue
            }
            result[property.name] = try self.value(value, of: property, at: name)
        }
        return result
    }

    private mutating func value(
        _ value: Value, of property: Property, at name: String
    ) throws(StubsFailure) -> Value {
        if value == .null {
            if !property.isNullable { fault(name, "null") }
            return property.isNullable ? property.fallback : value
        }
        if value == "" {
            switch property.kind {
            case .rsin, .link, .date, .moment:
                if property.isRequired || !property.isNullable { fault(name, "blank") }
                return property.isNullable ? .null : value
            case .text where property.mayNotBeEmpty: fault(name, "blank")
            case .choice where property.isRequired: fault(name, "invalid_choice")
            default: break
            }
            return value
        }
        return try self.value(value, property.kind, at: name)
    }

    private mutating func value(_ value: Value, _ kind: Kind, at name: String) throws(StubsFailure) -> Value {
        switch kind {
        case .text(let most, let least): text(value, most, least, at: name)
        case .rsin, .bsn:
            text(value, 9, 9, at: name)
            if let text = value.text, !Self.passesEleven(text) { fault(name, "invalid") }
        case .date:
            guard let date = value.text.flatMap(Moments.date) else { return invalid(value, name) }
            return .string(date)
        case .moment:
            guard let moment = value.text.flatMap(Moments.moment) else { return invalid(value, name) }
            return .string(Moments.text(moment))
        case .bool: if value.flag == nil { fault(name, "invalid") }
        case .integer:
            if let text = value.text, Int(text) != nil { return .number(text) }
            if value.integer == nil { fault(name, "invalid") }
        case .choice(let values):
            if !values.contains(value.text ?? "") { fault(name, "invalid_choice") }
        case .link(let collection): try link(value, to: collection, at: name)
        case .url: if value.text?.hasPrefix("http") != true { fault(name, "invalid") }
        case .object(let properties): return try document(value, properties, at: name)
        case .list(let kind):
            guard let items = value.items else {
                fault(name, "not_a_list")
                return value
            }
            var result: [Value] = []
            for (index, item) in items.enumerated() {
                result.append(try self.value(item, kind, at: "\(name).\(index)"))
            }
            return .array(result)
        case .any: break
        }
        return value
    }

    private mutating func invalid(_ value: Value, _ name: String) -> Value {
        fault(name, "invalid")
        return value
    }

    private mutating func text(_ value: Value, _ most: Int, _ least: Int, at name: String) {
        guard let text = value.text else { return fault(name, "invalid") }
        let count = text.unicodeScalars.count
        if count > most { fault(name, "max_length") }
        if count < least { fault(name, "min_length") }
        if text.utf8.contains(0) { fault(name, "null_characters_not_allowed") }
    }

    private mutating func link(_ value: Value, to collection: String, at name: String) throws(StubsFailure) {
        guard let url = value.text, url.hasPrefix("http://") || url.hasPrefix("https://") else {
            return fault(name, "bad-url")
        }
        guard url.hasPrefix(base + "/") else { return fault(name, "unknown-service") }
        let parts = url.dropFirst(base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[3] == collection, try exists(collection, String(parts[4])) else {
            return fault(name, "does_not_exist")
        }
    }

    mutating func fault(_ name: String, _ code: String) {
        faults.append(Refusal.Parameter(name: name, code: code))
    }

    /// Nine digits, weighed 9 to 2 and -1, divisible by 11.
    private static func passesEleven(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.count == 9, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
        let sum = (0..<8).reduce(0) { $0 + digits[$1] * (9 - $1) } - digits[8]
        return sum % 11 == 0
    }
}
