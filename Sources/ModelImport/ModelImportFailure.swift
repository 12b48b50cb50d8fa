package import Diagnostics

/// Why no model could be derived.
package struct ModelImportFailure: Failure, Equatable {
    package var code: Code
    /// The place in the schema, API document or database that the trouble is about.
    package var location: SourceLocation?
    package var place: String?
    package var hint: String?

    package init(
        _ code: Code, at location: SourceLocation? = nil, place: String? = nil, _ hint: String? = nil
    ) {
        self.code = code
        self.location = location
        self.place = place
        self.hint = hint
    }

    package var rule: SourceLocation? { location }
}
