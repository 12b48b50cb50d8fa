import Diagnostics
import Language
import Mapping
import Model
import Record
import Testing

/// The routes and overlays of a text, over the small models and their mapping `zaak`.
private func read(_ text: String) throws -> (library: RouteLibrary, messages: [String]) {
    let parsed = Parser.parse(file: "a.route", bytes: Array(text.utf8))
    let legacy = try #require(SmallModels.models.entity("oud:ZAK"))
    let read = RouteLibrary.read(
        [parsed.document], mappings: ["zaak": "ZAK"], apis: [], entities: ["zaak": legacy])
    return (read.library, (parsed.findings + read.findings).sortedForReading().map(\.description))
}

private let routes = """
    route maak { on zds11 creeerZaak_Lk01
        map zaak
        to store
        schema warn }
    route wijzig { on zds11 updateZaak_Lk01
        map zaak
        to store }
    route vraag { on zds11 geefZaakdetails_Lv01
        map zaak
        ask store }

    """

@Suite("An overlay of a route") struct RouteOverlayTests {
    private func form(_ overlay: String, of name: String, from applicatie: String, _ said: String) throws
        -> Route
    {
        let (library, messages) = try read(routes + overlay)
        try #require(messages.isEmpty, "\(messages)")
        let route = try #require(library.route(name))
        let legacy = try #require(SmallModels.models.entity("oud:ZAK"))
        let context = Context(
            zender: .init(organisatie: "1900", applicatie: applicatie), ontvangen: "2026-01-05T10:00:00Z",
            isNew: false)
        return route.form(for: try RecordText.record(legacy, said), context: context)
    }

    @Test("says the lines of its routes anew for a sender, and for that one only")
    func sender() throws {
        let overlay = """
            overlay laat of maak, wijzig when @zender/applicatie = "LAAT" {
                reply  Bv03 after store
                policy older park
                dead   passes
            }
            """
        for name in ["maak", "wijzig"] {
            let route = try form(overlay, of: name, from: "LAAT", "nummer = 1")
            #expect(route.reply == .afterStore)
            #expect(route.whenOlder == .park)
            #expect(route.whenDead == .passes)
        }
        let other = try form(overlay, of: "wijzig", from: "ANDER", "nummer = 1")
        #expect(other.reply == .afterEffect(within: .seconds(8)))
        #expect(other.whenOlder == .apply)
        #expect(other.whenDead == .holds)
    }

    @Test("holds for the objects that have its value, and for none that does not say it")
    func value() throws {
        let overlay =
            "overlay b of wijzig when soort in (\"A\", \"B\") and adres/nummer = \"7\" { policy older refuse }"
        #expect(
            try form(overlay, of: "wijzig", from: "X", "soort = B\nadres/nummer = 7").whenOlder == .refuse)
        #expect(try form(overlay, of: "wijzig", from: "X", "soort = C\nadres/nummer = 7").whenOlder == .apply)
        #expect(try form(overlay, of: "wijzig", from: "X", "soort = B").whenOlder == .apply)
    }

    @Test("drops a line, after which the default counts")
    func drop() throws {
        let overlay = "overlay los of maak when @zender/applicatie = \"LOS\" { drop schema }"
        #expect(try form(overlay, of: "maak", from: "LOS", "").schema == .off)
        #expect(try form(overlay, of: "maak", from: "X", "").schema == .warn)
    }

    @Test("stands beside others that cannot hold with it, or that change other lines")
    func several() throws {
        let overlays = """
            overlay a of wijzig when @zender/applicatie = "A" { dead passes }
            overlay b of wijzig when @zender/applicatie = "B" { dead passes }
            overlay c of wijzig { policy older park }
            """
        let route = try form(overlays, of: "wijzig", from: "B", "")
        #expect(route.whenDead == .passes)
        #expect(route.whenOlder == .park)
    }

    @Test(
        "is refused with its place",
        arguments: [
            (
                "overlay o of wijzigt { dead passes }",
                "11:14 M176 `wijzigt` is not a route: did you mean `wijzig`?"
            ),
            ("overlay o of wijzig { }", "11:9 M177 overlay `o` changes nothing"),
            (
                "overlay o of wijzig { drop schema }",
                "11:28 M177 `wijzig` says no `schema` that could be dropped"
            ),
            (
                "overlay o of vraag { dead passes }",
                "11:22 M185 `vraag` takes geefZaakdetails_Lv01, which asks: it has no `dead`"
            ),
            (
                "overlay o of wijzig { map zaak }",
                "11:23 M117 `map` is not what an overlay of a route changes"
            ),
            (
                "overlay o of wijzig { dead passes\ndead holds }",
                "12:1 M183 `dead` is said in this overlay already"
            ),
            (
                "overlay o of wijzig when not soort = \"A\" { dead passes }",
                "11:30 M178 an overlay compares one place of the bericht with a text: `when place = \"x\"`"
            ),
            (
                "overlay o of wijzig when regel = \"A\" { dead passes }",
                "11:26 M178 `regel` is no single value of ZAK"
            ),
            (
                "overlay o of wijzig when soort = \"Z\" { dead passes }",
                "11:26 M178 `soort` cannot hold \"Z\""
            ),
            (
                "overlay o of vraag when soort = \"A\" { schema off }",
                "11:25 M178 `vraag` takes geefZaakdetails_Lv01, which asks: it holds no `soort`"
            ),
            (
                "overlay o of wijzig when @zender/applicatie = \"A\" { dead passes }\noverlay p of wijzig when soort = \"A\" { dead holds }",
                "12:9 M179 `p` and `o` (a.route:11:9) can hold for one bericht of `wijzig`, and both change `dead`"
            ),
            (
                "overlay o of wijzig { dead passes }\noverlay o of maak { dead passes }",
                "12:9 M183 `o` is the name of the overlay at a.route:11:9 already"
            ),
            ("overlay o of wijzig { dead pases }", "11:28 M117 `pases` is not what a dead delivery does"),
        ])
    func mistake(_ overlay: String, _ expected: String) throws {
        let messages = try read(routes + overlay).messages
        #expect(messages.count == 1, "\(messages)")
        #expect(messages.first?.hasPrefix("a.route:\(expected)") == true, "\(messages)")
    }
}
