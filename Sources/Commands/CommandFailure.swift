package import Diagnostics

/// Why a command could not do what it was asked.
package struct CommandFailure: Failure, Equatable {
    package var code: Code
    package var place: String?
    package var hint: String?

    package init(_ code: Code, at place: String? = nil, _ hint: String? = nil) {
        self.code = code
        self.place = place
        self.hint = hint
    }

    /// The command line is not as the table says; names the help to read.
    static func usage(_ text: String, of verb: Verb) -> CommandFailure { usage(text, of: verb.name) }

    static func usage(_ text: String, of verb: String? = nil) -> CommandFailure {
        let help = verb.map { "sluis help \($0)" } ?? "sluis help"
        return CommandFailure(.usage, "\(text); read `\(help)`")
    }
}

/// How a command ended (design section 8).
package enum Outcome: Int32, Sendable {
    /// It is done.
    case done = 0
    /// The answer is no: a check failed, a fixture differs.
    case no = 1
    /// It could not be done.
    case failed = 2
}
