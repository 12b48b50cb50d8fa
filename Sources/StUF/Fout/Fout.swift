package import Diagnostics

/// What a `Fo` bericht says: the standard's code, and in its details our own code and where the trouble is.
///
/// The table of all cases is <doc:Faults>.
package struct Fout: Sendable, Equatable {
    package var foutcode: Foutcode
    /// At most 1000 characters; holds no value of the bericht.
    package var details: String

    package init(_ foutcode: Foutcode, details: String) {
        self.foutcode = foutcode
        self.details = details
    }

    /// The fault for any room's failure.
    ///
    /// - Parameter code: the kind of fault, which decides between the codes for "not now": `fo02`, `fo03` or `fo01`.
    package init(_ failure: any Failure, as code: Berichtcode) {
        self.init(Self.foutcode(of: failure, as: code), details: failure.description)
    }

    private static let byCode: [Code: Foutcode] = [
        .stufReferentienummerReused: .stuf016, .stufOperationUnknown: .stuf040,
        .stufStuurgegevensMissing: .stuf022, .stufBerichtcodeUnknown: .stuf022,
        .stufBerichtcodeUnsupported: .stuf025, .stufEntiteittypeUnknown: .stuf028,
        .stufContentNotStored: .stuf046, .stufNotSpellable: .stuf058, .stufRequiredMissing: .stuf058,
        .stufScopeTwice: .stuf097, .stufExactInRange: .stuf082, .stufIncompleteInRange: .stuf085,
        .stufCriterionTwice: .stuf079, .stufSleutelsTooMany: .stuf088, .stufSleutelWithCriteria: .stuf091,
        .stufVervolgvraag: .stuf103, .stufRangesDiffer: .stuf076, .stufStartIncomplete: .stuf106,
        .stufSorteringUnsupported: .stuf133, .stufAnswerTooWide: .stuf058, .stufSleutelNotKept: .stuf094,
        .stufVersionUnsupported: .stuf001, .stufSectormodelUnsupported: .stuf004,
        .stufSectormodelVersionUnsupported: .stuf007, .stufEntiteittypeUnsupported: .stuf031,
        .stufCrossRefnummerUnknown: .stuf043, .stufFunctieUnknown: .stuf034,
        .stufFunctieUnsupported: .stuf037, .stufOntvangerUnknown: .stuf010, .stufZenderUnknown: .stuf013,
        .stufZenderUnauthorised: .stuf052, .stufGebruikerUnknown: .stuf127,
        .stufTijdvakGeldigheid: .stuf062, .stufToekomstmutatie: .stuf068, .stufNothingCorrected: .stuf066,
        .stufOntdubbeling: .stuf058, .objectIsNotThere: .stuf064,
    ]

    private static func foutcode(of failure: any Failure, as code: Berichtcode) -> Foutcode {
        if let known = byCode[failure.code] {
            return known == .stuf046 && code == .fo02 ? .stuf049 : known
        }
        // A stuurgegeven that is missing is told by its place.
        if failure.code == .stufStuurgegevenMissing {
            if failure.place?.contains("zender") == true { return .stuf013 }
            if failure.place?.contains("ontvanger") == true { return .stuf010 }
        }
        switch failure.code.number.prefix(2) {
        case "M2": return .stuf055
        case let range where range.hasPrefix("S") || range.hasPrefix("X") || range.hasPrefix("H"):
            return failure.isPassing ? (code == .fo02 ? .stuf049 : .stuf046) : .stuf055
        case let range where range.hasPrefix("L") || range.hasPrefix("P"):
            return code == .fo02 ? .stuf049 : .stuf046
        default: return .stuf058
        }
    }
}

extension Header {
    /// The kind of fault that refuses it: `Fo02` where the sender waits for the answer, else `Fo03`.
    ///
    /// Without a known berichtcode the names tell: `geefZaakdetails_Lv01`, `zakLv01`.
    package var refusal: Berichtcode {
        if let code = stuurgegevens?.berichtcode, code != .unknown { return code.refusal }
        for name in [root, operation.map(String.init) ?? ""] {
            if let code = Berichtcode(rawValue: String(name.suffix(4))), code != .unknown {
                return code.refusal
            }
        }
        return .fo03
    }
}
