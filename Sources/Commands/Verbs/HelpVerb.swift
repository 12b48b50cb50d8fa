import Mapping

extension Verb {
    static let help = Verb(
        "help", "what the commands are, or one of them; `help language` is the reference",
        operands: Operands(
            form: "[COMMAND|language]", least: 0, most: 2,
            completion: .words([
                "serve", "demo", "check", "map", "format", "ledger", "explain", "doctor", "config",
                "completion",
                "version", "language",
            ]))
    ) { arguments, console in
        guard !arguments.operands.isEmpty else {
            console.print(Help.overview)
            return .done
        }
        if arguments.operands == ["language"] {
            console.write(Array(LanguageReference.markdown.utf8))
            return .done
        }
        let (verb, _) = try ArgumentReader.read(arguments.operands + ["--help"])
        console.print(Help.text(of: verb))
        return .done
    }
}
