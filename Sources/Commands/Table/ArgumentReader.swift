import Language

/// Reads the words of a command line by the table.
struct ArgumentReader {
    private let words: [String]
    private var index = 0

    init(_ words: [String]) { self.words = words }

    /// The verb and what is said to it. Without a verb, or with `--help` alone, it is `help`.
    static func read(_ words: [String]) throws(CommandFailure) -> (verb: Verb, arguments: Arguments) {
        var reader = ArgumentReader(words)
        let verb = try reader.readVerb()
        return (verb, try reader.readArguments(of: verb))
    }

    private mutating func readVerb() throws(CommandFailure) -> Verb {
        guard let first = words.first else { return .help }
        switch first {
        case "--help", "-h":
            index = 1
            return .help
        case "--version", "-V":
            index = 1
            return .version
        default: break
        }
        if words.count > 1, let verb = Table.verb("\(first) \(words[1])") {
            index = 2
            return verb
        }
        guard let verb = Table.verb(first) else { throw unknownVerb(first) }
        index = 1
        return verb
    }

    private func unknownVerb(_ first: String) -> CommandFailure {
        let below = Table.verbs.map(\.name).filter { $0.hasPrefix("\(first) ") }
        if !below.isEmpty { return .usage("say which: " + below.map { "`\($0)`" }.joined(separator: " or ")) }
        if first.hasPrefix("-") { return .usage("an option comes behind its command") }
        let near = nearest(first, among: Table.verbs.map(\.name)).map { ": did you mean `\($0)`?" } ?? ""
        return .usage("there is no command `\(first)`\(near)")
    }

    private mutating func readArguments(of verb: Verb) throws(CommandFailure) -> Arguments {
        var arguments = Arguments()
        var areOptionsOver = false
        while index < words.count {
            let word = words[index]
            index += 1
            if areOptionsOver || word == "-" || !word.hasPrefix("-") {
                arguments.operands.append(word)
            } else if word == "--" {
                areOptionsOver = true
            } else {
                try readOption(word, of: verb, into: &arguments)
            }
        }
        if !arguments.help { try check(arguments.operands, of: verb) }
        return arguments
    }

    private mutating func readOption(
        _ word: String, of verb: Verb, into arguments: inout Arguments
    ) throws(CommandFailure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let written = word == "-h" ? "--help" : String(parts[0])
        let inline = parts.count > 1 ? String(parts[1]) : nil
        guard let option = verb.allOptions.first(where: { "--\($0.name)" == written }) else {
            let names = verb.allOptions.map { "--\($0.name)" }
            let near = nearest(written, among: names).map { ": did you mean `\($0)`?" } ?? ""
            throw .usage("`\(verb.name)` has no option `\(written)`\(near)", of: verb)
        }
        guard let placeholder = option.placeholder else {
            guard inline == nil else { throw .usage("`--\(option.name)` takes no value", of: verb) }
            return try option.apply("", &arguments)
        }
        if let inline { return try option.apply(inline, &arguments) }
        guard index < words.count else { throw .usage("`--\(option.name)` needs a \(placeholder)", of: verb) }
        index += 1
        try option.apply(words[index - 1], &arguments)
    }

    private func check(_ operands: [String], of verb: Verb) throws(CommandFailure) {
        guard operands.count >= verb.operands.least else {
            throw .usage("`\(verb.name)` needs \(verb.operands.form)", of: verb)
        }
        guard let most = verb.operands.most, operands.count > most else { return }
        let takes = most == 0 ? "nothing but options" : verb.operands.form
        throw .usage("`\(verb.name)` takes \(takes), not `\(operands[most])`", of: verb)
    }
}
