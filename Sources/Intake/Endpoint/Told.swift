internal import Diagnostics

/// A failure as those outside hear of it, and as it is kept: the line of a mapping is named by its file below the folder
/// of the mappings, which says nothing of this machine.
struct Told: Failure {
    private let failure: any Failure
    let rule: SourceLocation?

    init(_ failure: any Failure, by rulebook: Rulebook) {
        self.failure = failure
        var rule = failure.rule
        if let location = rule { rule?.file = rulebook.relative(location.file) }
        self.rule = rule
    }

    var code: Code { failure.code }
    var place: String? { failure.place }
    var hint: String? { failure.hint }
    var isPassing: Bool { failure.isPassing }
}
