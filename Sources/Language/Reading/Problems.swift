import Diagnostics

/// The findings of one file, up to a number that a person still reads.
struct Problems {
    /// A file that is no text at all would give one for each byte.
    static let limit = 100

    let file: String
    private(set) var findings: [Finding] = []

    init(file: String) { self.file = file }

    /// Whether reading on makes no sense.
    var isFull: Bool { findings.count > Problems.limit }

    mutating func report(
        _ code: Code, at location: SourceLocation, _ text: String, severity: Finding.Severity = .error
    ) {
        guard !isFull else { return }
        guard findings.count < Problems.limit else {
            findings.append(
                Finding(
                    .tooManyProblems, at: location,
                    "more than \(Problems.limit) problems: the rest is not read"))
            return
        }
        findings.append(Finding(code, at: location, text, severity: severity))
    }
}
