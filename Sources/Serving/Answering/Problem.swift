internal import Crypto
internal import Diagnostics
internal import HTTP
internal import JSON

/// A refusal as problem details (RFC 9457, and the ZGW standard's `code`, `instance` and `invalidParams`).
enum Problem {
    /// Whose words it is in.
    enum Dialect: Sendable { case zgw, brp }

    static func response(
        _ failure: ServingFailure, instance: UUID, in dialect: Dialect, allowed: [HTTP.Method] = []
    ) -> Response {
        let status = failure.status
        var json = Writer()
        json.object { json in
            switch dialect {
            case .zgw:
                json.text("type", "urn:sluis:\(failure.code.number)")
                json.text("code", failure.word)
                json.text("title", failure.code == .parameterRefused ? "Invalid input." : status.phrase)
                json.text("detail", "\(failure.code.number): \(failure.hint ?? failure.code.meaning)")
            case .brp:
                let words = BRPWording(failure)
                json.text("type", words.type)
                json.text("code", words.code)
                json.text("title", words.title)
                json.text("detail", words.detail)
            }
            json.number("status", status.code)
            json.text("instance", "urn:uuid:\(instance)")
            if !failure.parameters.isEmpty { invalidParams(failure.parameters, &json) }
        }
        var fields = [Field("Content-Type", "application/problem+json")]
        if status == .serviceUnavailable { fields.append(Field("Retry-After", "1")) }
        if status == .methodNotAllowed { fields.append(.allow(allowed)) }
        return Response(status, fields: fields, body: json.bytes)
    }

    private static func invalidParams(_ parameters: [ServingFailure.Parameter], _ json: inout Writer) {
        json.array("invalidParams") { json in
            for parameter in parameters {
                json.object { json in
                    json.text("name", parameter.name)
                    json.text("code", parameter.word)
                    json.text("reason", parameter.reason)
                }
            }
        }
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
        case .parameterRefused, .questionTooWide, .tooManyFound, .bodyRefused: .badRequest
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
        case .questionTooWide, .tooManyFound: "invalid"
        default: "error"
        }
    }
}
