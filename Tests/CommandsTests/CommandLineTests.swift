import Diagnostics
import TestSupport
import Testing

@Suite("The command line") struct CommandLineTests {
    @Test("without a command says what there is")
    func overview() throws {
        for arguments in [[], ["help"], ["--help"], ["-h"]] {
            let result = try Sluis.run(arguments)
            #expect(result.exit == 0)
            #expect(result.output.hasPrefix("Sluis lifts"))
            #expect(result.output.contains("\n    check "))
            #expect(result.errors.isEmpty)
        }
    }

    @Test(
        "says what is wrong with it, what was most likely meant and what to read, and exits 2",
        arguments: [
            ("chekc", "there is no command `chekc`: did you mean `check`?; read `sluis help`"),
            ("frobnicate", "there is no command `frobnicate`; read `sluis help`"),
            ("--json check", "an option comes behind its command; read `sluis help`"),
            ("check --jsn", "`check` has no option `--jsn`: did you mean `--json`?; read `sluis help check`"),
            ("check -x", "`check` has no option `-x`; read `sluis help check`"),
            ("check --json=yes", "`--json` takes no value; read `sluis help check`"),
            ("check --mappings", "`--mappings` needs a DIR; read `sluis help check`"),
            ("check --color=blue", "`--color` takes auto, always or never; read `sluis help`"),
            ("explain", "`explain` needs CODE; read `sluis help explain`"),
            ("explain M101 M102", "`explain` takes CODE, not `M102`; read `sluis help explain`"),
            ("version now", "`version` takes nothing but options, not `now`; read `sluis help version`"),
            ("completion tcsh", "SHELL is bash, zsh or fish; read `sluis help completion`"),
            ("help chekc", "there is no command `chekc`: did you mean `check`?; read `sluis help`"),
        ])
    func usage(_ row: (line: String, message: String)) throws {
        let result = try Sluis.run(row.line.split(separator: " ").map(String.init))
        #expect(result.exit == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors == "sluis: C020 usage: \(row.message)\n")
    }

    @Test(
        "explains each command and its options, also with --help",
        arguments: [
            "serve", "demo", "check", "map", "replay", "format", "ledger list", "ledger show", "stub zgw",
            "explain",
            "doctor", "config",
            "completion", "version", "help",
        ])
    func help(_ verb: String) throws {
        let words = verb.split(separator: " ").map(String.init)
        let result = try Sluis.run(["help"] + words)
        #expect(result.exit == 0)
        #expect(result.output.contains("\nUsage: sluis \(verb)"))
        #expect(result.output.contains("--color WHEN"))
        #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(try Sluis.run(words + ["--help"]).output == result.output)
    }

    @Test("takes what stands behind -- as a name")
    func endOfOptions() throws {
        let result = try Sluis.run("check", "--", "--json")
        #expect(result.exit == 1)
        #expect(result.output.contains("--json:1:1 M119 there is no such file or folder"))
    }

    @Test("knows its release, the one that publiccode.yml names")
    func version() throws {
        #expect(try Sluis.run("version").output == "sluis \(Product.version)\n")
        #expect(try Sluis.run("--version").output == "sluis \(Product.version)\n")
        let line = try Sluis.shell("grep softwareVersion publiccode.yml").output
        #expect(line == "softwareVersion: \"\(Product.version)\"\n")
    }

    @Test("explains a code, whatever its case, and says when there is none")
    func explain() throws {
        let result = try Sluis.run("explain", "m115")
        #expect(result.exit == 0)
        #expect(result.output.hasPrefix("M115 expected\n"))
        let json = try Sluis.run("explain", "M115", "--json")
        #expect(json.output.contains("\"name\": \"expected\""))
        let none = try Sluis.run("explain", "Z999")
        #expect(none.exit == 1)
        #expect(none.errors == "sluis: there is no code Z999\n")
    }

    @Test("is not troubled by a reader that goes, and says so when its output is lost")
    func pipes() throws {
        let gone = try Sluis.shell("$SLUIS help | head -c 1; echo ${PIPESTATUS[0]}")
        #expect(gone.output == "S0\n")
        #expect(gone.errors.isEmpty)
        // A whole list of codes is more than a pipe holds.
        let early = try Sluis.shell(
            "for i in {1..40}; do $SLUIS help check; done | true; echo ${PIPESTATUS[1]}")
        #expect(early.errors.isEmpty)
        let full = try Sluis.shell("$SLUIS version > /dev/full")
        #expect(full.exit == 2)
        #expect(full.errors.hasPrefix("sluis: C023 outputLost"))
    }

    @Test("colours only where it is asked to, or on a terminal without NO_COLOR")
    func colours() throws {
        #expect(try !Sluis.run("explain", "M115").output.contains("\u{1B}"))
        #expect(try Sluis.run("explain", "M115", "--color", "always").output.contains("\u{1B}[1m"))
        let terminal = "script -qec \"$SLUIS explain M115\" /dev/null"
        #expect(try Sluis.shell("TERM=xterm \(terminal)").output.contains("\u{1B}[1m"))
        #expect(try !Sluis.shell("NO_COLOR=1 TERM=xterm \(terminal)").output.contains("\u{1B}"))
        #expect(try !Sluis.shell("TERM=dumb \(terminal)").output.contains("\u{1B}"))
    }
}

@Suite("Completion") struct CompletionTests {
    private func complete(_ words: String...) throws -> [String] {
        let list = words.map { "'\($0)'" }.joined(separator: " ")
        let result = try Sluis.shell(
            """
            source <($SLUIS completion bash)
            COMP_WORDS=(\(list)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _sluis; printf '%s\\n' "${COMPREPLY[@]}"
            """)
        #expect(result.errors.isEmpty)
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test("offers commands, options, their values and files in bash")
    func bash() throws {
        #expect(try complete("sluis", "ch") == ["check"])
        #expect(try complete("sluis", "check", "--js") == ["--json"])
        #expect(try complete("sluis", "check", "--color", "a") == ["auto", "always"])
        #expect(try complete("sluis", "check", "Packa").contains("Package.swift"))
        #expect(try complete("sluis", "completion", "z") == ["zsh"])
        #expect(try complete("sluis", "explain", "M11").contains("M115"))
        #expect(try complete("sluis", "version", "x").isEmpty)
    }

    @Test("is a script that the shell takes", arguments: ["zsh", "fish"])
    func otherShells(_ shell: String) throws {
        let script = try Sluis.run("completion", shell)
        #expect(script.exit == 0)
        #expect(script.output.contains("check"))
        guard try Sluis.shell("command -v \(shell)").exit == 0 else { return }
        let result = try Sluis.shell("\(shell) -n <($SLUIS completion \(shell))")
        #expect(result.exit == 0, "\(result.errors)")
    }
}
