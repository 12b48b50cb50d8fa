package import Diagnostics

/// Why a document could not be read, or a change not be made.
package struct ResourcesFailure: Failure, Equatable {
    package var code: Code
    /// A JSON pointer into a document (`/rollen/0/roltype`), a path of a resource, or a line of broken JSON.
    package var place: String?
    package var hint: String?

    package init(_ code: Code, at place: String? = nil, hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }
}
