extension Verb {
    static let completion = Verb(
        "completion", "a script that completes these commands in a shell",
        operands: Operands(
            form: "SHELL", least: 1, most: 1, completion: .words(Completion.Shell.allCases.map(\.rawValue))),
        details: """
            SHELL is bash, zsh or fish:

                source <(sluis completion bash)                            in ~/.bashrc
                sluis completion zsh > _sluis                              in a folder of $fpath
                sluis completion fish > ~/.config/fish/completions/sluis.fish
            """
    ) { arguments, console in
        guard let shell = Completion.Shell(rawValue: arguments.operands[0]) else {
            throw CommandFailure.usage("SHELL is bash, zsh or fish", of: "completion")
        }
        console.write(Array(Completion.script(for: shell).utf8))
        return .done
    }
}
