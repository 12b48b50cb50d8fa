internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON

/// A refusal as problem details (RFC 9457, and the ZGW standard's `code`, `instance` and `invalidParams`).
enum Problem {
    static func response(
        _ failure: ServingFailure, instance: UUID, allowed: [HTTP.Method] = []
    ) -> Response {
        let status = failure.status
        var json = Writer()
        json.startObject()
        json.key("type")
        json.string("urn:sluis:\(failure.code.number)")
        json.key("code")
        json.string(failure.word)
        json.key("title")
        json.string(failure.code == .parameterRefused ? "Invalid input." : status.phrase)
        json.key("status")
        json.number(status.code)
        json.key("detail")
        json.string("\(failure.code.number): \(failure.hint ?? failure.code.meaning)")
        json.key("instance")
        json.string("urn:uuid:\(instance)")
        if !failure.parameters.isEmpty { invalidParams(failure.parameters, &json) }
        json.end()
        var fields = [Field("Content-Type", "application/problem+json")]
        if status == .serviceUnavailable { fields.append(Field("Retry-After", "1")) }
        if status == .methodNotAllowed { fields.append(.allow(allowed)) }
        return Response(status, fields: fields, body: json.bytes)
    }

    private static func invalidParams(_ parameters: [ServingFailure.Parameter], _ json: inout Writer) {
        json.key("invalidParams")
        json.startArray()
        for parameter in parameters {
            json.startObject()
            json.key("name")
            json.string(parameter.name)
            json.key("code")
            json.string(parameter.word)
            json.key("reason")
            json.string(parameter.reason)
            json.end()
        }
        json.end()
    }
}

extension Field {
    static func allow(_ methods: [HTTP.Method]) -> Field {
        Field("Allow", methods.map(\.rawValue).joined(separator: ", "))
    }
}

extension ServingFailure {
    /// The status that the failure is answered with.
    var status: Status {
        switch code {
        case .servedNotFound: .notFound
        case .parameterRefused, .questionTooWide, .bodyRefused: .badRequest
        case .crsMissing: .preconditionFailed
        case .bodyTypeRefused: .unsupportedMediaType
        case .methodRefused: .methodNotAllowed
        case .formRefused: .notAcceptable
        case .writesOpen, .servingBusy: .serviceUnavailable
        default: isPassing ? .serviceUnavailable : .internalServerError
        }
    }

    /// One word for programs, as the ZGW standard uses it.
    var word: String {
        switch code {
        case .servedNotFound: "not_found"
        case .parameterRefused:
            parameters.contains { $0.word != "unknown-parameters" } ? "invalid" : "unknown-parameters"
        case .bodyRefused: "parse_error"
        case .crsMissing: "precondition_failed"
        case .bodyTypeRefused: "unsupported_media_type"
        case .methodRefused: "method_not_allowed"
        case .formRefused: "not_acceptable"
        case .writesOpen, .servingBusy: "service_unavailable"
        case .questionTooWide: "invalid"
        default: "error"
        }
    }
}
