/// The help texts, made from the table.
enum Help {
    /// All verbs, one line each.
    static var overview: String {
        var lines = [
            "Sluis lifts StUF-XML and legacy tables to REST source APIs, and lowers changes back.", "",
            "Usage: sluis COMMAND [ARGUMENTS]", "",
        ]
        let width = Table.verbs.map(\.name.count).max() ?? 0
        for verb in Table.verbs {
            lines.append("    " + verb.name.padded(to: width + 2) + verb.summary)
        }
        lines += [
            "",
            "`sluis help COMMAND` says more of one. Exit codes: 0 done, 1 the answer is no, 2 could not do it.",
        ]
        return lines.joined(separator: "\n")
    }

    /// One verb with its options.
    static func text(of verb: Verb) -> String {
        var usage = "Usage: sluis \(verb.name)"
        if !verb.operands.form.isEmpty { usage += " \(verb.operands.form)" }
        usage += " [OPTIONS]"
        var lines = ["sluis \(verb.name): \(verb.summary)", "", usage]
        if !verb.details.isEmpty { lines += ["", verb.details] }
        lines += ["", "Options:"]
        let width = verb.allOptions.map(\.form.count).max() ?? 0
        for option in verb.allOptions {
            lines.append("    " + option.form.padded(to: width + 2) + option.summary)
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// With blanks behind it up to that width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
