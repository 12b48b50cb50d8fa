internal import JSON

/// An answer that refuses: a problem document (source-apis.md, 1.2, errors).
struct Refusal: Error, Hashable {
    struct Parameter: Hashable {
        var name: String
        var code: String
    }

    var status: Int
    var code: String
    var parameters: [Parameter] = []

    /// What is sent is at fault.
    static func invalid(_ parameters: [Parameter]) -> Refusal {
        Refusal(status: 400, code: "invalid", parameters: parameters)
    }

    static func invalid(_ name: String, _ code: String) -> Refusal {
        invalid([Parameter(name: name, code: code)])
    }

    static let notFound = Refusal(status: 404, code: "not_found")
    static let forbidden = Refusal(status: 403, code: "permission_denied")
    static let methodNotAllowed = Refusal(status: 405, code: "method_not_allowed")

    private var title: String { status == 400 ? "Invalid input." : code }

    /// A reason repeats the value that was sent in places, as Open Zaak does; ours is the code.
    func document(instance: String) -> Value {
        var document: Value = [
            "type": .string("/ref/fouten/\(status)/"), "code": .string(code), "title": .string(title),
            "status": .number("\(status)"), "detail": "", "instance": .string("urn:uuid:\(instance)"),
        ]
        if !parameters.isEmpty {
            document["invalidParams"] = .array(
                parameters.map {
                    ["name": .string($0.name), "code": .string($0.code), "reason": .string($0.code)]
                })
        }
        return document
    }
}
