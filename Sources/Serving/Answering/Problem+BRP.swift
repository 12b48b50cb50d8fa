internal import Diagnostics
internal import HTTP

/// A refusal in the words of the BRP API (BRP API Personen 2.7.0, components/responses): Dutch sentences, a link to
/// what the status means, and a word for programs.
extension Problem.Wording {
    init(brp failure: ServingFailure) {
        let (title, code) = Self.words(failure)
        self.init(
            type: "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html\(Self.section(failure.status))",
            title: title, code: code, detail: Self.detail(failure))
    }

    private static func section(_ status: Status) -> String {
        switch status.code {
        case 400: "#sec10.4.1"
        case 401...417: "#sec10.4.\(status.code - 399)"
        case 500...505: "#sec10.5.\(status.code - 499)"
        default: ""
        }
    }

    private static func words(_ failure: ServingFailure) -> (title: String, code: String) {
        switch failure.code {
        case .parameterRefused: ("Een of meerdere parameters zijn niet correct.", "paramsValidation")
        case .bodyRefused: ("De inhoud is geen geldig JSON object.", "paramsValidation")
        case .tooManyFound, .questionTooWide: ("Teveel zoekresultaten.", "tooManyResults")
        case .servedNotFound: ("Opgevraagde resource bestaat niet.", "notFound")
        case .methodRefused: ("Deze methode wordt niet ondersteund.", "methodNotAllowed")
        case .formRefused: ("Gevraagde contenttype wordt niet ondersteund.", "notAcceptable")
        case .bodyTypeRefused: ("Unsupported Media Type", "unsupported")
        default:
            failure.status == .serviceUnavailable
                ? ("Bronservice BRP is tijdelijk niet beschikbaar.", "notAvailable")
                : failure.status == .internalServerError
                    ? ("Interne server fout.", "serverError") : (failure.status.phrase, "error")
        }
    }

    /// Letters, digits, blanks and `.-(),` only, at most 200 (Foutbericht, detail).
    private static func detail(_ failure: ServingFailure) -> String {
        switch failure.code {
        case .parameterRefused:
            let names = failure.parameters.map(\.name).joined(separator: ", ")
            return String("De foutieve parameters zijn \(names)".prefix(199)) + "."
        case .tooManyFound:
            return
                "Meer dan maximum van \(failure.hint ?? "") zoekresultaten gevonden. Verfijn de zoekopdracht."
        case .questionTooWide: return "De zoekopdracht is te ruim. Verfijn de zoekopdracht."
        default: return "Zie sluis explain \(failure.code.number)."
        }
    }
}
