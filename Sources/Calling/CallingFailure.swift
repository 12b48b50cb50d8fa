package import Diagnostics
internal import HTTP

/// Why a call did not give what it was made for.
package struct CallingFailure: Failure, Equatable {
    /// What is known about what the call changed at the other side.
    package enum Effect: Sendable, Equatable {
        /// Nothing: it was not sent, or refused.
        case none
        /// Nobody can say: look before it is made again.
        case unknown
    }

    package var code: Code
    /// The method and the destination, without the path, which can name a person.
    package var place: String?
    package var hint: String?
    package var effect: Effect
    package var isPassing: Bool
    /// What the API said about it.
    package var problem: Problem?
    /// How long it asked us to wait.
    package var retryAfter: Duration?

    package init(
        _ code: Code, at place: String? = nil, hint: String? = nil, effect: Effect = .none,
        isPassing: Bool = false, problem: Problem? = nil, retryAfter: Duration? = nil
    ) {
        self.code = code
        self.place = place
        self.hint = hint
        self.effect = effect
        self.isPassing = isPassing
        self.problem = problem
        self.retryAfter = retryAfter
    }

    /// No answer came.
    init(_ failure: HTTPFailure, of method: Method) {
        let isSafe = method == .get || method == .head || method == .options
        let wasSent: Bool =
            switch failure.code {
            case .callUnreachable, .callRefused, .callTLSRefused: false
            default: true
            }
        self.init(
            failure.code, at: failure.place, hint: failure.hint,
            effect: wasSent && !isSafe ? .unknown : .none, isPassing: failure.isPassing)
    }
}
