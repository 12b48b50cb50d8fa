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
            let words = Wording(failure, in: dialect)
            json.text("type", words.type)
            json.text("code", words.code)
            json.text("title", words.title)
            json.number("status", status.code)
            json.text("detail", words.detail)
            json.text("instance", "urn:uuid:\(instance)")
            if !failure.parameters.isEmpty { invalidParams(failure.parameters, &json) }
        }
        var fields = [Field("Content-Type", "application/problem+json")]
        if status == .serviceUnavailable, failure.given == nil { fields.append(Field("Retry-After", "1")) }
        if status == .methodNotAllowed { fields.append(.allow(allowed)) }
        return Response(status, fields: fields, body: json.bytes)
    }

    /// What a refusal says.
    struct Wording {
        var type: String
        var title: String
        var code: String
        var detail: String
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

extension Problem.Wording {
    init(_ failure: ServingFailure, in dialect: Problem.Dialect) {
        switch dialect {
        case .brp: self.init(brp: failure)
        case .zgw:
            self.init(
                type: "urn:sluis:\(failure.code.number)",
                title: failure.code == .parameterRefused ? "Invalid input." : failure.status.phrase,
                code: failure.word,
                detail: "\(failure.code.number): \(failure.hint ?? failure.code.meaning)")
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
        if let given { return given }
        return switch code {
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
