package import Diagnostics
package import XML

/// Why a bericht was not read, or could not be written. Holds no value of the bericht.
package struct StUFFailure: Failure, Equatable {
    package var code: Code
    /// Where: `object/startdatum`, `stuurgegevens/referentienummer`, `line 12`.
    package var place: String?
    package var hint: String?
    package var isPassing: Bool

    package init(_ code: Code, at place: String? = nil, hint: String? = nil, isPassing: Bool = false) {
        self.code = code
        self.place = place
        self.hint = hint
        self.isPassing = isPassing
    }

    package init(_ failure: XMLFailure) {
        self.init(failure.code, at: failure.place, isPassing: failure.isPassing)
    }
}
