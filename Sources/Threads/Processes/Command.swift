/// A program to start, with all that it gets.
package struct Command: Sendable {
    /// Where a stream of the program comes from or goes to.
    package enum Stream: Sendable, Equatable {
        case inherit, nothing
        /// Appended to when the program writes it; made when it is not there, readable by the owner only.
        case file(String)
    }

    /// A path, or a name that is looked for in `PATH`.
    package var program: String
    /// Without the program itself. No secret belongs here: everyone on the machine can read them.
    package var arguments: [String]
    /// Nil: that of this process.
    package var environment: [String: String]?
    /// Nil: that of this process.
    package var workingDirectory: String?
    package var input: Stream
    package var output: Stream
    package var errors: Stream
    /// Its own process group, so that Ctrl-C on the terminal reaches only us.
    package var ownGroup: Bool

    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil,
        workingDirectory: String? = nil, input: Stream = .nothing, output: Stream = .inherit,
        errors: Stream = .inherit, ownGroup: Bool = false
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.input = input
        self.output = output
        self.errors = errors
        self.ownGroup = ownGroup
    }
}
