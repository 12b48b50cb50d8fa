/// Completion scripts, made from the table.
enum Completion {
    enum Shell: String, CaseIterable { case bash, zsh, fish }

    static func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        }
    }

    /// The words that can come first: `ledger`, not `ledger list`.
    private static var firstWords: [String] {
        Table.verbs.map { String($0.name.prefix { $0 != " " }) }.reduce(into: []) { words, word in
            if !words.contains(word) { words.append(word) }
        }
    }

    /// Verbs of two words, by the first.
    private static func secondWords(of first: String) -> [String] {
        Table.verbs.compactMap { verb in
            verb.name.hasPrefix("\(first) ") ? String(verb.name.dropFirst(first.count + 1)) : nil
        }
    }

    private static var allOptions: [Option] {
        Table.verbs.flatMap(\.allOptions).reduce(into: []) { options, option in
            if !options.contains(where: { $0.name == option.name }) { options.append(option) }
        }
    }

    // MARK: bash

    private static var bash: String {
        let values = allOptions.filter { $0.placeholder != nil }.map { option in
            "        --\(option.name)) \(bashReply(option.completion)); return ;;"
        }
        var verbs = Table.verbs.map { verb in
            let options = verb.allOptions.map { "--\($0.name)" }.joined(separator: " ")
            return """
                        "\(verb.name)" | "\(verb.name) "*)
                            case "$cur" in
                                -*) COMPREPLY=($(compgen -W "\(options)" -- "$cur")) ;;
                                *) \(bashReply(verb.operands.completion)) ;;
                            esac ;;
                """
        }
        for first in firstWords where !secondWords(of: first).isEmpty {
            let words = secondWords(of: first).joined(separator: " ")
            verbs.append("        \"\(first)\") COMPREPLY=($(compgen -W \"\(words)\" -- \"$cur\")) ;;")
        }
        return """
            # bash completion, made by `sluis completion bash`
            _sluis() {
                local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}" said="" word i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word="${COMP_WORDS[i]}"
                    case "$word" in
                        -*) ;;
                        *) said="${said:+$said }$word" ;;
                    esac
                done
                case "$prev" in
            \(values.joined(separator: "\n"))
                esac
                case "$said" in
                    "") COMPREPLY=($(compgen -W "\(firstWords.joined(separator: " "))" -- "$cur")) ;;
            \(verbs.joined(separator: "\n"))
                esac
            }
            complete -o filenames -F _sluis sluis

            """
    }

    private static func bashReply(_ completion: Option.Completion) -> String {
        switch completion {
        case .nothing: "COMPREPLY=()"
        case .files: "COMPREPLY=($(compgen -f -- \"$cur\"))"
        case .folders: "COMPREPLY=($(compgen -d -- \"$cur\"))"
        case .words(let words): "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$cur\"))"
        }
    }

    // MARK: zsh

    private static var zsh: String {
        let firsts = firstWords.map { first in
            let verb = Table.verb(first) ?? Table.verbs.first { $0.name.hasPrefix("\(first) ") }
            return "        '\(first):\(zshQuoted(verb?.summary ?? ""))'"
        }
        var cases = Table.verbs.map { verb in
            let options = verb.allOptions.map { option in
                let value = option.placeholder.map { ":\($0):\(zshAction(option.completion))" } ?? ""
                return "            '--\(option.name)[\(zshQuoted(option.summary))]\(value)'"
            }
            let operands =
                verb.operands.most == 0
                ? []
                : ["            '*:\(verb.operands.form.zshEscaped):\(zshAction(verb.operands.completion))'"]
            let lines = (options + operands).joined(separator: " \\\n")
            return "        '\(verb.name)') _arguments -s : \\\n\(lines) ;;"
        }
        for first in firstWords where !secondWords(of: first).isEmpty {
            cases.append("        '\(first)') compadd \(secondWords(of: first).joined(separator: " ")) ;;")
        }
        let pairs = firstWords.filter { !secondWords(of: $0).isEmpty }.joined(separator: "|")
        return """
            #compdef sluis
            # zsh completion, made by `sluis completion zsh`
            _sluis() {
                local verb
                local -a firsts=(
            \(firsts.joined(separator: "\n"))
                )
                if ((CURRENT == 2)); then
                    _describe command firsts
                    return
                fi
                verb=$words[2]
                shift words
                ((CURRENT--))
                if [[ "$verb" == (\(pairs.isEmpty ? "-" : pairs)) ]] && ((CURRENT > 2)); then
                    verb="$verb $words[2]"
                    shift words
                    ((CURRENT--))
                fi
                case "$verb" in
            \(cases.joined(separator: "\n"))
                esac
            }
            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _sluis "$@"; else compdef _sluis sluis; fi

            """
    }

    private static func zshQuoted(_ text: String) -> String {
        text.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : "\($1)" }
    }

    private static func zshAction(_ completion: Option.Completion) -> String {
        switch completion {
        case .nothing: " "
        case .files: "_files"
        case .folders: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        }
    }

    // MARK: fish

    private static var fish: String {
        var lines = ["# fish completion, made by `sluis completion fish`", "complete -c sluis -f"]
        for first in firstWords {
            let verb = Table.verb(first) ?? Table.verbs.first { $0.name.hasPrefix("\(first) ") }
            lines.append(
                "complete -c sluis -n __fish_use_subcommand -a \(first) -d '\(verb?.summary.fishEscaped ?? "")'"
            )
        }
        for verb in Table.verbs {
            let words = verb.name.split(separator: " ")
            let condition =
                "-n '" + words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ") + "'"
            if words.count == 2 {
                lines.append(
                    "complete -c sluis -n '__fish_seen_subcommand_from \(words[0])' -a \(words[1]) "
                        + "-d '\(verb.summary.fishEscaped)'")
            }
            for option in verb.allOptions {
                let value = option.placeholder == nil ? "" : " -x" + fishValues(option.completion)
                lines.append(
                    "complete -c sluis \(condition) -l \(option.name)\(value) -d '\(option.summary.fishEscaped)'"
                )
            }
            guard verb.operands.most != 0 else { continue }
            let values = verb.operands.completion == .files ? " -F" : fishValues(verb.operands.completion)
            if !values.isEmpty { lines.append("complete -c sluis \(condition)\(values)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func fishValues(_ completion: Option.Completion) -> String {
        switch completion {
        case .nothing: ""
        case .files: " -a '(__fish_complete_path)'"
        case .folders: " -a '(__fish_complete_directories)'"
        case .words(let words): " -a '\(words.joined(separator: " "))'"
        }
    }
}

extension String {
    fileprivate var fishEscaped: String {
        reduce(into: "") { $0 += $1 == "'" || $1 == "\\" ? "\\\($1)" : "\($1)" }
    }

    /// A colon ends a message there, and brackets would be read.
    fileprivate var zshEscaped: String { filter { $0.isLetter || $0 == " " } }
}
