package import Record

/// One named function of the closed list behind `as derive NAME`: several values in, one out, no way back.
package struct Derivation: Sendable {
    package struct Parameter: Sendable {
        package var name: String
        package var type: ValueType
    }

    /// A value of a member; the function gets nil for one that has none.
    struct Value {
        var bytes: ArraySlice<UInt8>
        var precision: Precision

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package var name: String
    package var parameters: [Parameter]
    package var result: ValueType
    package var meaning: String
    /// Input and what comes of it, for the reference and the tests.
    package var examples: [(values: [String?], result: String?)]
    var compute: @Sendable ([Value?]) -> String?

    init(
        _ name: String, _ parameters: [(String, ValueType)], _ result: ValueType, _ meaning: String,
        examples: [(values: [String?], result: String?)], compute: @escaping @Sendable ([Value?]) -> String?
    ) {
        self.name = name
        self.parameters = parameters.map { Parameter(name: $0.0, type: $0.1) }
        self.result = result
        self.meaning = meaning
        self.examples = examples
        self.compute = compute
    }

    /// `voorletters(voornamen)`
    package var signature: String { "\(name)(\(parameters.map(\.name).joined(separator: ", ")))" }

    /// What the function makes of texts; complete dates.
    package func callAsFunction(_ values: [String?]) -> String? {
        compute(values.map { $0.map { Value(bytes: Array($0.utf8)[...], precision: .full) } })
    }

    /// Its place in the list.
    var index: Int { Self.all.firstIndex { $0.name == name } ?? 0 }

    static func named(_ name: String) -> Derivation? { all.first { $0.name == name } }

    package static let all: [Derivation] = names + addresses + others

    /// What both sides of a name without value are: nothing, or GBA's `.` for an unknown one.
    static func known(_ value: Value?) -> String? {
        guard let text = value?.text, !text.isEmpty, text != "." else { return nil }
        return text
    }

    static func joined(_ parts: String?..., by separator: String = " ") -> String? {
        let known = parts.compactMap(\.self).filter { !$0.isEmpty }
        return known.isEmpty ? nil : known.joined(separator: separator)
    }
}
