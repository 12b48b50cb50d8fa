package import Diagnostics

/// Why fixtures could not be replayed.
package struct ReplayFailure: Failure, Equatable {
    package var code: Code
    /// The case, file or folder.
    package var place: String?
    package var hint: String?

    package init(_ code: Code, at place: String, _ hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }
}
