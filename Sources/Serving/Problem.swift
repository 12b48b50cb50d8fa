internal import Diagnostics
internal import HTTP
internal import JSON

/// An error as the served APIs give it: problem details (RFC 9457) with ZGW's `code` and `invalidParams`.
struct Problem {
    private let failure: ServingFailure
    private let instance: String

    init(_ failure: ServingFailure, at path: String) {
        self.failure = failure
        instance = path
    }

    var response: Response {
        let status = Self.status(of: failure)
        var json = Writer()
        json.startObject()
        for (key, value) in [
            ("type", "about:blank"), ("code", failure.code.name), ("title", status.phrase),
        ] {
            json.key(key)
            json.string(value)
        }
        json.key("status")
        json.number(status.code)
        json.key("detail")
        json.string("\(failure.code.number): \(failure.hint ?? failure.code.meaning)")
        json.key("instance")
        json.string(instance)
        if !failure.parameters.isEmpty { invalidParams(into: &json) }
        json.end()
        var fields = Form.security + [Field("Content-Type", "application/problem+json")]
        if status == .serviceUnavailable { fields.append(Field("Retry-After", "2")) }
        return Response(status, fields: fields, body: json.bytes)
    }

    private func invalidParams(into json: inout Writer) {
        json.key("invalidParams")
        json.startArray()
        for parameter in failure.parameters {
            json.startObject()
            for (key, value) in [
                ("name", parameter.name), ("code", parameter.word), ("reason", parameter.reason),
            ] {
                json.key(key)
                json.string(value)
            }
            json.end()
        }
        json.end()
    }

    private static func status(of failure: ServingFailure) -> Status {
        switch failure.code {
        case .servedNotFound: .notFound
        case .parameterRefused: .badRequest
        case .methodRefused: .methodNotAllowed
        case .formRefused: .notAcceptable
        default: failure.isPassing ? .serviceUnavailable : .internalServerError
        }
    }
}
