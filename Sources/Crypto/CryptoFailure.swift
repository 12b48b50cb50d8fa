package import Diagnostics

/// Why a key could not be had.
package struct CryptoFailure: Failure, Equatable {
    package var code: Code
    /// The key file; nil when the library itself fails.
    package var place: String?
    package var hint: String?

    init(_ code: Code, at place: String? = nil, hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }
}
