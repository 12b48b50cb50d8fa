import Diagnostics
import Model
import Testing

private let stuf = #"model a stuf "urn:a" as A"# + "\n"
private let api = #"model a api "/a""# + "\n"

@Suite("A mistake in a model") struct ModelFindingTests {
    @Test(
        "is named, with its place and what was meant where that is clear",
        arguments: [
            (
                "",
                [
                    "a.model:1:1 M120 the file says nothing: it starts with `model NAME stuf|api …` or `facts NAME`"
                ]
            ),
            (
                "entity ZAK { }",
                ["a.model:1:1 M120 a model file starts with `model NAME stuf|api …` or `facts NAME`"]
            ),
            (
                #"model a stof "urn:a" as A"#,
                [
                    "a.model:1:9 M117 `stof` is not a kind of model: did you mean `stuf`?\n"
                        + #"    write: model a stuf "urn:a" as A"#
                ]
            ),
            (
                stuf + "entity ZAK { naam txt(80) }",
                [
                    "a.model:2:19 M121 `txt` is not a type or clause of an element: did you mean `text`?\n"
                        + "    write: naam text(80)"
                ]
            ),
            (
                stuf + "entity ZAK { naam required }",
                [
                    "a.model:2:14 M122 `naam` has no type and no members: is it `text`, or a group with `{ … }`?"
                ]
            ),
            (
                stuf + "entity ZAK { naam text datum }",
                ["a.model:2:24 M123 `naam` has a type already, and cannot be `datum` too"]
            ),
            (stuf + "entity ZAK { a/b text }", ["a.model:2:14 M124 `a/b` cannot be the name of an element"]),
            (
                api + "resource Z in z { a.b text }",
                ["a.model:2:19 M124 `a.b` cannot be the name of an element"]
            ),
            (
                stuf + "entity ZAK {\n naam text\n naam* text\n}",
                ["a.model:4:2 M125 `naam` stands on line 3 already"]
            ),
            (
                stuf + "entity ZAK { naam text }\ngroup ZAK { naam text }",
                ["a.model:3:7 M126 `ZAK` is the name of what stands on line 2 already"]
            ),
            (
                api + "resource Z in z { a text }\nresource Y in z { a text }",
                ["a.model:3:15 M126 `z` is the collection of Z already"]
            ),
            (
                stuf + "entity ZAK { a like adress }\ngroup adres { a text }",
                [
                    "a.model:2:21 M127 `adress` is not a group of a model: did you mean `adres`?\n"
                        + "    write: a like adres"
                ]
            ),
            (
                stuf + "group een { a like twee }\ngroup twee { a like een }",
                [
                    "a.model:2:20 M128 `twee` would stand inside itself",
                    "a.model:3:21 M128 `een` would stand inside itself",
                ]
            ),
            (
                api + "resource Z in z { a link Zz by a }",
                [
                    "a.model:2:26 M129 `Zz` is not a resource of a model: did you mean `Z`?\n    write: a link Z by a"
                ]
            ),
            (
                api + "resource Z in z key naam { naem text }",
                ["a.model:2:21 M130 `naam` of `naam` is not in a:Z: did you mean `naem`?"]
            ),
            (
                api + "resource Z in z { naam text\n ouder link Z by naan }",
                [
                    "a.model:3:18 M130 `naan` is not a value of a:Z: did you mean `naam`?\n"
                        + "    write: ouder link Z by naam"
                ]
            ),
            (
                stuf + "entity ZAK { a text read-only }",
                ["a.model:2:21 M131 `read-only` is said in a model of an API or a database only"]
            ),
            (
                api + "resource Z in z { a text kern }",
                ["a.model:2:26 M131 `kern` is said in a model of StUF only"]
            ),
            (
                stuf + "entity ZAK { a text { b text } }",
                ["a.model:2:23 M131 `a` is a value: it has attributes, and no element `b`"]
            ),
            (
                stuf + "entity ZAK { a text incomplete }",
                ["a.model:2:14 M131 only a datum or tijdstip can be incomplete"]
            ),
            (
                stuf + #"entity ZAK { a opaque empty "" }"#,
                ["a.model:2:14 M131 `a` is a group: only a value can be incomplete, empty or unknown"]
            ),
            (
                stuf + "entity ZAK { a opaque { b text } }",
                ["a.model:2:14 M131 `a` has its members from elsewhere, and no block of its own"]
            ),
            (
                stuf + "entity ZAK { a text(0) }",
                [
                    "a.model:2:21 M132 `0` is no length: write the most, `text(80)`, or least and most, `text(5..40)`"
                ]
            ),
            (
                stuf + "entity ZAK { a text(9..3) }",
                [
                    "a.model:2:21 M132 `9..3` is no length: write the most, `text(80)`, or least and most, `text(5..40)`"
                ]
            ),
            (
                stuf + "entity ZAK { a text(99999999999999999999) }",
                [
                    "a.model:2:21 M132 `99999999999999999999` is no length: write the most, `text(80)`, "
                        + "or least and most, `text(5..40)`"
                ]
            ),
            (
                stuf + #"entity ZAK { a enum("J", "J") }"#,
                [#"a.model:2:26 M133 "J" is one of the values already"#]
            ),
            (
                api + #"resource Z in z { s enum("a")"# + "\n" + #"w varies-by s { when "b" { x text } } }"#,
                [#"a.model:3:28 M134 "b" is no value of `s`, so this shape never occurs"#]
            ),
            (
                api + "resource Z in z { y* child Y { } }\nresource Y in y { naam text }",
                [
                    "a.model:2:19 M135 a child says which of its properties points to the parent: `parent zaak`",
                    "a.model:2:19 M135 a child says how its items change: `replace-only`, `append-only`, `in-place`",
                    "a.model:2:19 M135 a child that repeats says by what an item is known again: `match …`",
                ]
            ),
            (
                stuf + "entity ZAK { a content { @StUFF:naam text } }",
                [
                    "a.model:2:26 M136 `@StUFF:naam` is not an attribute of a namespace that models know (`StUFF`): "
                        + "did you mean `@StUF:naam`?\n    write: @StUF:naam text"
                ]
            ),
        ])
    func message(_ text: String, _ expected: [String]) {
        #expect(read(text).messages == expected)
    }

    @Test("does not hide the others, in whatever file they are")
    func all() {
        let messages = read(
            stuf + "entity ZAK {\n a tekst\n b text(x)\n c like nergens\n}\nentitie X { }",
            #"model a api "/b""# + "\nresource Z in { a text }"
        ).messages
        #expect(
            messages.map { $0.prefix { $0 != " " } } == [
                "a.model:3:4", "a.model:4:9", "a.model:5:9", "a.model:7:1", "b.model:1:7", "b.model:2:14",
            ])
    }

    @Test("of groups that double each other ends, however often they do")
    func doubling() {
        var text = stuf + "entity ZAK { a like g0 }\n"
        for index in 0..<40 { text += "group g\(index) {\n x like g\(index + 1)\n y like g\(index + 1)\n}\n" }
        text += "group g40 { z text }\n"
        #expect(read(text).messages.contains { $0.contains("M137") })
    }
}
