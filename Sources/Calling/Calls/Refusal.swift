internal import Diagnostics
internal import HTTP

/// What an answer other than 2xx means.
enum Refusal {
    static func failure(_ response: Response, to call: Call, at place: String) -> CallingFailure {
        let status = response.status.code
        let problem = Problem(status: status, body: response.bytes)
        let (code, isPassing) = meaning(status)
        let hint = problem.summary.isEmpty ? "status \(status)" : "status \(status), \(problem.summary)"
        // What a 5xx or a gateway did before it answered, nobody can say (open-zaak-observed.md: 500, yet deleted).
        let isUnknown = call.changes && (status >= 500 || status == 408)
        return CallingFailure(
            code, at: place, hint: hint, effect: isUnknown ? .unknown : .none, isPassing: isPassing,
            problem: problem, retryAfter: wait(response))
    }

    private static func meaning(_ status: Int) -> (Code, isPassing: Bool) {
        switch status {
        case 300...399: (.apiRedirects, false)
        case 401, 403, 407: (.apiForbids, false)
        case 404, 410: (.apiNotThere, false)
        case 408, 425, 429: (.apiBusy, true)
        case 501, 505: (.apiRefuses, false)
        case 500...599: (.apiFails, true)
        default: (.apiRefuses, false)
        }
    }

    /// `Retry-After` in seconds, at most an hour; a date is not read.
    private static func wait(_ response: Response) -> Duration? {
        guard let text = response.fields["Retry-After"], let seconds = Int(text), seconds >= 0 else {
            return nil
        }
        return .seconds(min(seconds, 3600))
    }
}
