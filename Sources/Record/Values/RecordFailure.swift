package import Diagnostics

/// Why stored bytes are no record or change.
package struct RecordFailure: Failure, Equatable {
    package var code: Code
    package var place: String?

    package init(_ code: Code, at place: String? = nil) {
        self.code = code
        self.place = place
    }
}
