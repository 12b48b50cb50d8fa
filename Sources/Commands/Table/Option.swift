/// One option of one verb. Help and completion are generated from these, so an undocumented option cannot exist.
struct Option: Sendable {
    /// What a shell offers behind it.
    enum Completion: Sendable, Equatable {
        case nothing, files, folders
        case words([String])
    }

    /// Long form, without dashes.
    let name: String
    /// "DIR"; nil for a switch.
    let placeholder: String?
    /// One line, under 70 columns.
    let summary: String
    let completion: Completion
    /// Takes the value; validates, and opens nothing.
    let apply: @Sendable (String, inout Arguments) throws(CommandFailure) -> Void

    init(
        _ name: String, _ placeholder: String?, _ summary: String, _ completion: Completion,
        apply: @escaping @Sendable (String, inout Arguments) throws(CommandFailure) -> Void
    ) {
        self.name = name
        self.placeholder = placeholder
        self.summary = summary
        self.completion = completion
        self.apply = apply
    }

    /// An option that is given or not.
    static func flag(
        _ name: String, _ summary: String, _ path: any WritableKeyPath<Arguments, Bool> & Sendable
    ) -> Option {
        Option(name, nil, summary, .nothing) { _, arguments in arguments[keyPath: path] = true }
    }

    /// An option with a text that is not empty.
    static func text(
        _ name: String, _ placeholder: String, _ summary: String, _ completion: Completion = .nothing,
        _ path: any WritableKeyPath<Arguments, String?> & Sendable
    ) -> Option {
        Option(name, placeholder, summary, completion) { value, arguments throws(CommandFailure) in
            guard !value.isEmpty else { throw .usage("`--\(name)` needs a \(placeholder)") }
            arguments[keyPath: path] = value
        }
    }

    /// As help shows it: `--junit FILE`.
    var form: String { "--\(name)" + (placeholder.map { " \($0)" } ?? "") }
}
