package import Diagnostics

/// Why Sluis could not start, or could not go on: the failure of the room that found it.
package struct ServiceFailure: Failure {
    package var code: Code
    package var place: String?
    package var rule: SourceLocation?
    package var hint: String?
    package var isPassing: Bool

    package init(_ code: Code, at place: String? = nil, hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
        isPassing = false
    }

    init(_ failure: any Failure) {
        code = failure.code
        place = failure.place
        rule = failure.rule
        hint = failure.hint
        isPassing = failure.isPassing
    }
}
