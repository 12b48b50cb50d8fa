/// One command of the product, as data: the reader of arguments, help and completion go by it.
struct Verb: Sendable {
    /// What comes behind the verb besides options.
    struct Operands: Sendable {
        /// As help shows it: `[PATH…]`.
        var form: String
        var least: Int
        /// Nil: any number.
        var most: Int?
        var completion: Option.Completion

        static let none = Operands(form: "", least: 0, most: 0, completion: .nothing)
        static let paths = Operands(form: "[PATH…]", least: 0, most: nil, completion: .files)
    }

    /// `check`, `ledger list`.
    let name: String
    /// One line, under 70 columns, without a capital or a full stop.
    let summary: String
    let operands: Operands
    let options: [Option]
    /// What help says besides: paragraphs of lines under 80 columns.
    let details: String
    let run: @Sendable (Arguments, Console) throws -> Outcome

    init(
        _ name: String, _ summary: String, operands: Operands = .none, options: [Option] = [],
        details: String = "",
        run: @escaping @Sendable (Arguments, Console) throws -> Outcome
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.options = options
        self.details = details
        self.run = run
    }

    /// Its own options and those of every verb.
    var allOptions: [Option] { options + Table.common }
}
