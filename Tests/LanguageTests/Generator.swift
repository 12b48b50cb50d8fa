import TestSupport

/// Writes files that parse without errors, laid out in every way that the language allows.
struct FileGenerator {
    var random: SeededGenerator
    var text = ""

    init(seed: Seed) { random = seed.generator }

    static func file(seed: Seed) -> String {
        var generator = FileGenerator(seed: seed)
        generator.statements(depth: 0, onLine: false)
        return generator.text
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }

    private mutating func blanks(_ least: Int = 0) {
        text += String(repeating: " ", count: least + pick([0, 0, 0, 0, 1, 2, 7]))
    }

    private mutating func statements(depth: Int, onLine: Bool) {
        for _ in 0..<Int.random(in: 0...(onLine ? 3 : 8), using: &random) {
            if !onLine { newLines() }
            statement(depth: depth, onLine: onLine)
            if onLine { text += "  " } else if chance(20) { comment() }
        }
        if !onLine { newLines() }
    }

    private mutating func newLines() {
        text += pick(["\n", "\n", "\n", "\n\n", "\n\n\n", "\r\n", "\n\t\n"])
        while chance(15) {
            blanks()
            comment()
            text += pick(["\n", "\n\n"])
        }
        blanks()
    }

    private mutating func comment() {
        blanks()
        text += pick(["#", "# één", "# a <-> b {", "#\tmet tab ", "# \"niet dicht"])
    }

    private mutating func statement(depth: Int, onLine: Bool) {
        if chance(30) { text += pick(["key ", "must  ", "when ", "as ", "else   "]) }
        places(onLine: onLine)
        if chance(60) {
            blanks(1)
            text += pick(["<->", "->", "<-"])
            blanks(1)
            places(onLine: onLine)
            if chance(40) {
                text += pick([
                    " as text(80, truncate)", "   else omit", " use rol(\"x\")  else omit", " as codes y",
                ])
            }
        }
        guard depth < 4, chance(25) else { return }
        blanks()
        text += "{"
        let inner = onLine || chance(50)
        if !inner, chance(20) { comment() }
        if inner { text += " " }
        statements(depth: depth + 1, onLine: inner)
        text += "}"
    }

    private mutating func places(onLine: Bool) {
        place(onLine: onLine)
        while chance(35) {
            text += pick([" ", "  ", "      "])
            place(onLine: onLine)
        }
    }

    private mutating func place(onLine: Bool) {
        let word = pick([
            "a", "isVan/gerelateerde/code", "rollen*", "first", "é-è", ".", "../x", "key", "when", "as",
            "\"t#e{k}st\"",
            "\"\"", "\"a\\n\\\"b\"", "@zender", "8",
        ])
        text += word
        if chance(12) {
            text += pick(["[not b = \"x\"]", "[ a ]/b", " [c]", "(\"x\" ,y)", " ( a , (b) )", "[a][b]"])
        }
        if !onLine, chance(4) { text += "\n | c" }
        if !onLine, chance(4) { text += " # binnen\n  # eigen regel\n\n | d" }
        if !onLine, chance(4) { text += " (a, # waarom\n\n   b  c\n)" }
        if chance(5) { text += " | " + word }
        if chance(5) { text += "  =  " + word }
    }
}
