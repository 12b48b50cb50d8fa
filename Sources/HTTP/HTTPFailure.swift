package import Diagnostics

/// Why a request was refused, or a call got no answer.
package struct HTTPFailure: Failure, Equatable {
    package var code: Code
    /// The field, or the destination without its path and query; never a value.
    package var place: String?
    package var hint: String?

    package init(_ code: Code, at place: String? = nil, hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }

    package var isPassing: Bool {
        switch code {
        case .callUnreachable, .callTimedOut, .callBroken, .callStopped, .requestTimedOut,
            .tooManyConnections:
            true
        default: false
        }
    }

    /// The status that a refused request is answered with.
    package var status: Status {
        switch code {
        case .requestTimedOut: .requestTimeout
        case .bodyTooLarge: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .expectationUnknown: .expectationFailed
        case .headTooLarge, .tooManyFields: .requestHeaderFieldsTooLarge
        case .requestUnanswered: .internalServerError
        case .methodNotAllowed: .methodNotAllowed
        case .mediaTypeUnsupported: .unsupportedMediaType
        case .methodNotImplemented, .transferCodingNotImplemented: .notImplemented
        case .tooManyConnections: .serviceUnavailable
        case .versionNotSupported: .versionNotSupported
        default: .badRequest
        }
    }

    /// The whole answer to a refused request, where no form has words for it.
    package var response: Response {
        Response(status, text: code.description + "\n")
    }
}
