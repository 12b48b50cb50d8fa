private import JSON

/// What an API says about a call that it refuses (RFC 9457 with the ZGW `code` and `invalidParams`).
///
/// Its free texts are not kept: they can repeat a value that was sent.
package struct Problem: Hashable, Sendable {
    /// One property it finds fault with.
    package struct Parameter: Hashable, Sendable {
        /// `kenmerken.0.kenmerk`; `nonFieldErrors` for the whole.
        package var name: String
        /// `max_length`, `identificatie-niet-uniek`.
        package var code: String
    }

    package var status: Int
    /// `invalid`, `jwt-expired`; empty when it does not say.
    package var code: String
    package var parameters: [Parameter]

    package init(status: Int, code: String = "", parameters: [Parameter] = []) {
        self.status = status
        self.code = code
        self.parameters = parameters
    }

    /// Reads what can be read; an answer that is no problem document still has its status.
    init(status: Int, body: [UInt8]) {
        self.init(status: status)
        var limits = Limits()
        limits.byteCount = 1 << 20
        guard let document = try? Value(body, limits: limits) else { return }
        code = Self.word(document["code"])
        let items = (document["invalidParams"] ?? document["invalid-params"])?.items ?? []
        parameters = items.prefix(50).map {
            Parameter(name: Self.word($0["name"]), code: Self.word($0["code"]))
        }
    }

    /// Whether it finds fault of that kind, with that property when one is given.
    package func says(_ code: String, about name: String? = nil) -> Bool {
        parameters.contains { $0.code == code && (name == nil || $0.name == name) } || self.code == code
    }

    /// For people: `zaaktype: does_not_exist, omschrijving: max_length`.
    package var summary: String {
        parameters.isEmpty ? code : parameters.map { "\($0.name): \($0.code)" }.joined(separator: ", ")
    }

    /// A name or code: a short word. Anything else may be a value, and is left out.
    private static func word(_ value: Value?) -> String {
        guard let text = value?.text, text.utf8.count <= 100,
            text.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }), text.utf8.contains(where: { $0 >= 0x41 })
        else { return "" }
        return text
    }
}
