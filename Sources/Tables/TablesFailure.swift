package import Diagnostics

/// Why a row could not be read or made.
package struct TablesFailure: Failure, Equatable {
    package var code: Code
    /// Table and column: `PERSOON.GEB_DAT`; or a place in a document.
    package var place: String?
    package var hint: String?

    package init(_ code: Code, at place: String? = nil, hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }
}
