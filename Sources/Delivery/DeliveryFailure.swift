package import Diagnostics

/// Why something could not be delivered, where the target has no failure of its own to say it with.
package struct DeliveryFailure: Failure, Equatable {
    package var code: Code
    package var place: String?
    package var hint: String?
    package var isPassing: Bool

    package init(_ code: Code, at place: String? = nil, hint: String? = nil, isPassing: Bool = false) {
        self.code = code
        self.place = place
        self.hint = hint
        self.isPassing = isPassing
    }
}
