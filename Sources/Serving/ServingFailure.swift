package import Diagnostics
package import HTTP

/// Why a request was not answered with what it asks for.
package struct ServingFailure: Failure, Equatable {
    /// A parameter that is wrong, as `invalidParams` names it.
    package struct Parameter: Equatable, Sendable {
        package var name: String
        /// One word for programs, after the ZGW standard: `unknown-parameters`, `bad-url`.
        package var word: String
        package var reason: String
    }

    package var code: Code
    package var place: String?
    package var hint: String?
    package var isPassing: Bool
    package var parameters: [Parameter]
    /// The status that the listener refused with, when it did.
    package private(set) var given: Status?

    package init(
        _ code: Code, at place: String? = nil, hint: String? = nil, isPassing: Bool = false,
        parameters: [Parameter] = []
    ) {
        self.code = code
        self.place = place
        self.hint = hint
        self.isPassing = isPassing
        self.parameters = parameters
    }

    /// What the listener refused.
    init(_ failure: HTTPFailure) {
        self.init(failure.code, at: failure.place, hint: failure.hint, isPassing: failure.isPassing)
        given = failure.status
    }

    /// The store could not be asked.
    init(_ failure: some Failure) {
        self.init(failure.code, at: failure.place, hint: failure.hint, isPassing: failure.isPassing)
    }
}
