import Diagnostics
import Language
import Testing

func parse(_ text: String) -> (document: Document, findings: [Finding]) {
    Parser.parse(file: "a.map", bytes: Array(text.utf8))
}

/// The statements as lines, blocks indented, whatever their layout was.
func outline(_ statements: [Statement], indent: String = "") -> [String] {
    statements.flatMap { statement in
        [indent + statement.tokens.map(\.spelling).joined(separator: "·")]
            + outline(statement.block?.statements ?? [], indent: indent + "> ")
    }
}

@Suite("A token") struct TokenTests {
    @Test(
        "is one word for a whole path, whatever its steps are separated by",
        arguments: [
            "isVan/gerelateerde/code", "rollen*", "zkn0310:ZAK", "../naam", ".", "inp.a-nummer",
            "@zender/organisatie", "8", "inhoud/@bestandsnaam", "één", "n\u{0308}aam", "-5", "127.0.0.1:8080",
        ])
    func words(_ word: String) {
        let (document, findings) = parse(word)
        #expect(findings.isEmpty)
        #expect(document.statements.map(\.tokens).first?.map(\.kind) == [.word])
        #expect(document.statements.first?.tokens.first?.text == word)
    }

    @Test(
        "is an arrow, also without blanks around it",
        arguments: [
            ("a<->b", Token.Kind.both), ("a->b", .up), ("a<-b", .down), ("a-b -> c-", .up),
            ("a- <- -b", .down),
        ])
    func arrows(_ line: String, _ arrow: Token.Kind) {
        let (document, findings) = parse(line)
        #expect(findings.isEmpty)
        #expect(document.statements.first?.tokens.map(\.kind) == [.word, arrow, .word])
    }

    @Test("holds a string's content, and spells it again with quotes and escapes")
    func strings() {
        let (document, findings) = parse(#"a "één \"twee\" \\ \n\t #""#)
        #expect(findings.isEmpty)
        let token = document.statements.first?.tokens.last
        #expect(token?.text == "één \"twee\" \\ \n\t #")
        #expect(token?.spelling == #""één \"twee\" \\ \n\t #""#)
    }

    @Test("knows its line and column, counted in characters as editors do")
    func places() {
        let (document, _) = parse("a\n  \"é\" = über -> b # c")
        let tokens = document.statements.flatMap(\.tokens)
        #expect(
            tokens.map(\.location.description)
                == ["1:1", "2:3", "2:7", "2:9", "2:14", "2:17"].map { "a.map:\($0)" })
        #expect(tokens.map(\.end.column) == [2, 6, 8, 13, 16, 18])
        #expect(document.statements.last?.trailingComment?.location.column == 19)
    }
}

@Suite("A statement") struct StatementTests {
    @Test("ends with its line, with its block, or with the block that holds it")
    func ends() {
        let (document, findings) = parse("a b\nc { d\n e } f { g <-> h { i } j }")
        #expect(findings.isEmpty)
        #expect(outline(document.statements) == ["a·b", "c", "> d", "> e", "f", "> g·<->·h", "> > i", "> j"])
    }

    @Test("goes on over line ends inside brackets, and on a line that starts with |")
    func continues() {
        let (document, findings) = parse("a (b,\n\n  c) [\nd ] e\n  | f # g\n # h\n | i\nj")
        #expect(findings.isEmpty)
        #expect(outline(document.statements) == ["a·(·b·,·c·)·[·d·]·e·|·f·|·i", "j"])
        #expect(document.statements.first?.innerComments.map(\.comment.text) == ["# g", "# h"])
    }

    @Test("keeps the pairs of a block of one line together")
    func pairs() {
        let (document, _) = parse(#"codes c {  "J" <-> true    "N" <-> false  }"#)
        #expect(document.statements.first?.block?.isOneLine == true)
        #expect(outline(document.statements) == ["codes·c", #"> "J"·<->·true·"N"·<->·false"#])
    }

    @Test("carries the comments before, behind and in it, and those of its block")
    func comments() throws {
        let (document, _) = parse(
            "# one\n\n# two\n\na { # three\n  # four\n  b # five\n  # six\n} # seven\n# eight\n")
        let statement = try #require(document.statements.first)
        let block = try #require(statement.block)
        #expect(statement.leadingComments.map(\.text) == ["# one", "# two"])
        #expect(statement.leadingComments.map(\.hasBlankLineBefore) == [false, true])
        #expect(statement.hasBlankLineBefore)
        #expect(block.openingComment?.text == "# three")
        #expect(block.statements.first?.leadingComments.map(\.text) == ["# four"])
        #expect(block.statements.first?.trailingComment?.text == "# five")
        #expect(block.closingComments.map(\.text) == ["# six"])
        #expect(statement.trailingComment?.text == "# seven")
        #expect(document.closingComments.map(\.text) == ["# eight"])
    }
}

@Suite("A file with mistakes") struct MistakeTests {
    @Test("reports ten of ten, sorted, each with its place")
    func ten() {
        let text = """
            mapping zaak  zkn0310:ZAK <-> “zaken:Zaak”
            a <-> b as text(80, truncate
            c ↔ d
            e <-> f else "x
            g <-> h)
            fragment rol(soort) {
                i <-> "\\q"
            }
            }
            { j <-> k }
            l <-> m[n = "o")
            p <-> q { r <-> s
            """
        let lines = parse(text).findings.map(\.description)
        #expect(
            lines == [
                "a.map:1:31 M103 `“` starts no text: write it between \" quotes",
                "a.map:2:16 M108 this `(` is not closed",
                "a.map:3:3 M103 `↔` has no meaning here: write `<->`",
                "a.map:4:14 M104 this text is not closed on its line",
                "a.map:5:8 M109 this `)` closes nothing",
                "a.map:7:12 M105 `\\` is followed by none of \" \\ n t",
                "a.map:9:1 M107 this `}` closes no block",
                "a.map:10:1 M113 nothing before this `{` says what it is",
                "a.map:11:16 M109 this `)` closes `[`",
                "a.map:12:9 M106 the block that starts here is not closed",
            ])
    }

    @Test(
        "costs one problem for an arrow that is spelled as elsewhere, which is read as what was meant",
        arguments: [
            ("<=>", "<->"), ("<-->", "<->"), ("=>", "->"), ("-->", "->"), ("<=", "<-"), ("<>", "<->"),
        ])
    func arrows(written: String, meant: String) {
        let (document, findings) = parse("a \(written) b as c\nd <-> e\n")
        let line = "a.map:1:3 M103 `\(written)` has no meaning here: write `\(meant)`"
        #expect(findings.map(\.description) == [line])
        #expect(outline(document.statements) == ["a·\(meant)·b·as·c", "d·<->·e"])
    }

    @Test("costs one problem for one missing bracket, quote or brace, and the rest is read")
    func recovers() {
        let (document, findings) = parse("a (b\nc <-> d\nuse rol(\"Initiator) {\n  e <-> f\n}\ng [h\ni\nj\n")
        #expect(findings.map(\.code.number) == ["M108", "M104", "M108"])
        #expect(
            outline(document.statements)
                == ["a·(·b", "c·<->·d", "use·rol·(·\"Initiator) \"", "> e·<->·f", "g·[·h", "i", "j"])
    }
}
