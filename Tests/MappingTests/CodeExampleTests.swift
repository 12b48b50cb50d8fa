import Diagnostics
import Language
import Mapping
import Model
import Testing

/// A file of the language with one mistake, and what is read beside it.
private enum Example: Sendable {
    /// A model.
    case model(String)
    /// Two models, the second beside the first.
    case models(String, String)
    /// Rules behind the two lines of `SmallModels.mapping`.
    case rules(String)
    /// A whole mapping file.
    case mapping(String)
    /// Overlays on a mapping.
    case overlay(String)
    case route(String)
    /// Any file, byte by byte.
    case bytes([UInt8])
}

private let stuf = "model a stuf \"urn:a\" as A\n"
private let api = "model a api \"/a\"\n"
private let on = "on zds11 creeerZaak_Lk01\n"

private let examples: [String: Example] = [
    "M101": .bytes(Array("naam \"caf".utf8) + [0xE9] + Array("\"".utf8)),
    "M102": .bytes(Array("naam \u{0}".utf8)),
    "M103": .rules("naam ; naam"),
    "M104": .rules("\"naam -> naam"),
    "M105": .rules("\"na\\am\" -> naam"),
    "M106": .rules("adres <-> adres {"),
    "M107": .rules("}"),
    "M108": .rules("(naam, kort -> titel"),
    "M109": .rules("naam) <-> naam"),
    "M110": .rules(String(repeating: "a {\n", count: 200)),
    "M111": .rules(String(repeating: ";\n", count: 200)),
    "M112": .bytes([UInt8](repeating: 0x61, count: Parser.byteLimit + 1)),
    "M113": .bytes(Array("{ naam <-> naam }".utf8)),
    "M114": .bytes(Array("\u{FEFF}naam".utf8)),
    "M115": .rules("naam <-> naam esle omit"),
    "M116": .mapping("mapping t oud:ZAK <-> nieuw:Zaak \"x\""),
    "M117": .rules("kye naam <-> naam"),
    "M120": .model("entity ZAK { a text }"),
    "M121": .model(stuf + "entity ZAK { a txt }"),
    "M122": .model(stuf + "entity ZAK { a }"),
    "M123": .model(stuf + "entity ZAK { a text datum }"),
    "M124": .model(stuf + "entity ZAK { a/b text }"),
    "M125": .model(stuf + "entity ZAK {\n a text\n a text\n}"),
    "M126": .model(stuf + "entity ZAK { a text }\nentity ZAK { a text }"),
    "M127": .model(stuf + "entity ZAK { a like b }"),
    "M128": .model(stuf + "group b { a like b }"),
    "M129": .model(api + "resource Z in z { a link Y by a }"),
    "M130": .model(api + "resource Z in z key b { a text }"),
    "M131": .model(stuf + "entity ZAK { a text incomplete }"),
    "M132": .model(stuf + "entity ZAK { a text(0) }"),
    "M133": .model(stuf + "entity ZAK { a enum(\"J\", \"J\") }"),
    "M134": .model(api + "resource Z in z { s enum(\"a\")\nw varies-by s { when \"b\" { x text } } }"),
    "M135": .model(api + "resource Z in z { y* child Y { } }\nresource Y in y { a text }"),
    "M136": .model(stuf + "entity ZAK { a content { @X:b text } }"),
    "M137": .model(
        stuf + "entity ZAK { a like g0 }\n"
            + (0..<40).map { "group g\($0) {\n x like g\($0 + 1)\n y like g\($0 + 1)\n}\n" }.joined()
            + "group g40 { z text }"),
    "M138": .model("facts weg"),
    "M139": .models(stuf + "entity ZAK { a text }", "facts a\nentity ZAKK { a text }"),
    "M140": .models(stuf + "entity ZAK { a text }", "facts a\nentity ZAK { a }"),
    "M150": .mapping("naam <-> naam"),
    "M151": .mapping("mapping t oud:ZAKK <-> nieuw:Zaak"),
    "M152": .rules("naan <-> naam"),
    "M153": .rules("regel*/tekst -> naam"),
    "M154": .rules("dag <-> naam"),
    "M155": .rules("naam <-> krap"),
    "M156": .rules("deeldag <-> dag"),
    "M157": .rules("adres <-> adres { straat <-> straat }"),
    "M158": .rules("soort <-> soort"),
    "M159": .rules("naam <-> naam\nkort -> naam"),
    "M160": .rules(
        "regel*[soort = \"x\"] <-> regels* { must tekst <-> tekst }\nregel* -> regels* { must tekst -> tekst }"
    ),
    "M161": .rules("adres <-> adres use weg"),
    "M162": .rules("adres <-> adres use a\nfragment a { must straat <-> straat\nuse a }"),
    "M163": .rules("fragment a { straat <-> straat }"),
    "M164": .rules("naam <-> naam as codes weg"),
    "M165": .rules("soort <-> vlag as codes s\ncodes s { \"A\" <-> true \"B\" <-> true \"C\" -> false }"),
    "M166": .rules("kort <-> kort as codes s else omit\ncodes s from \"weg.csv\""),
    "M167": .rules("naam <-> naam as text(90, truncate)"),
    "M168": .rules("\"vast\" <-> naam"),
    "M169": .rules("naam <-> naam\nignore naam \"dubbel\""),
    "M170": .rules("\"d\" -> soort"),
    "M171": .rules("@zender/organisate -> naam"),
    "M172": .rules("adres <-> adres"),
    "M173": .rules("adres <-> adres use a\nfragment a(x) { must straat <-> straat }"),
    "M174": .rules(
        "adres <-> adres use a\nfragment a { must straat <-> straat }\nfragment a { must straat <-> straat }"),
    "M175": .rules(
        "regel* <-> regels* { must tekst <-> tekst\nchoice c { when wie/mens <-> aard = \"mens\" } }"),
    "M176": .overlay("overlay x of weg { drop naam }"),
    "M177": .overlay("overlay x of t { drop naan }"),
    "M178": .overlay("overlay x of t when naam { drop naam }"),
    "M179": .overlay(
        "overlay x of t when @zender/applicatie = \"S\" { drop naam }\noverlay y of t { drop naam }"),
    "M180": .route("route a { on zds11 creerZaak_Lk01\nmap zaak\nto store }"),
    "M181": .route("route a { \(on)map weg\nto store }"),
    "M182": .route("route a { \(on)map document\nto store }"),
    "M183": .route("route a { \(on)map zaak\nmap zaak\nto store }"),
    "M184": .route("route a { \(on)map zaak }"),
    "M185": .route("route a { \(on)map zaak\nask store }"),
    "M186": .route("route a { \(on)map zaak\nto store\nreply Bv03 after effect within 600 s }"),
    "M187": .route("route a { \(on)map zaak\nto store\nstage shadow }"),
    "M188": .route("route a { \(on)map zaak\nto api zaak }"),
    "M190": .overlay(
        (0..<9).map { place in
            let name = ["organisatie", "applicatie", "administratie", "gebruiker"][place % 4]
            let side = ["zender", "ontvanger", "zender"][place / 4]
            return "overlay o\(place) of t when @\(side)/\(name) = \"\(place)\" { \"\(place)\" -> krap }"
        }.joined(separator: "\n")),
    "M191": .rules("drop naam"),
    "M192": .rules("naam -> titel as derive weg"),
    "M193": .rules(
        "(naam, kort, vrij) -> titel as derive volledigeNaam\n(naam, kort) -> naam as derive gemeentecode"),
]

/// Codes whose mistake is no file of the language: a schema that cannot be imported, a path that is not there.
private let elsewhere: Set<String> = [
    "M119", "M141", "M142", "M143", "M144", "M145", "M146", "M147", "M148", "M149",
]

private let base = "mapping t oud:ZAK <-> nieuw:Zaak\nkey nummer <-> nummer\nnaam <-> naam\n"

private func findings(_ example: Example) -> [Finding] {
    func parsed(_ texts: [(String, [UInt8])]) -> (documents: [Document], findings: [Finding]) {
        let read = texts.map { Parser.parse(file: $0.0, bytes: $0.1) }
        return (read.map(\.document), read.flatMap(\.findings))
    }
    switch example {
    case .bytes(let bytes): return Parser.parse(file: "a.map", bytes: bytes).findings
    case .model(let text):
        let read = parsed([("a.model", Array(text.utf8))])
        return read.findings + Models.read(read.documents).findings
    case .models(let first, let second):
        let read = parsed([("a.model", Array(first.utf8)), ("b.model", Array(second.utf8))])
        return read.findings + Models.read(read.documents).findings
    case .rules(let rules): return SmallModels.mapping(rules).findings
    case .mapping(let text): return Shipped.read(text, models: SmallModels.models).findings
    case .overlay(let text):
        let read = parsed([("test.map", Array(base.utf8)), ("overlay.map", Array(text.utf8))])
        let found = MappingLibrary.read(read.documents, models: SmallModels.models) { _ in nil }
        return read.findings + found.findings
    case .route(let text):
        let read = parsed([("a.route", Array(text.utf8))])
        return read.findings
            + RouteLibrary.read(
                read.documents, mappings: ["zaak": "ZAK", "document": "EDC"], apis: ["zaken"]
            ).findings
    }
}

@Suite("A code of the language") struct CodeExampleTests {
    /// Every code of models, mappings and routes that is in use.
    static let codes = Catalogue.all.filter {
        $0.number.hasPrefix("M1") && !elsewhere.contains($0.number) && $0.meaning != "No longer used."
    }

    @Test("stands behind one of at least sixty mistakes that a check finds")
    func enough() {
        #expect(Self.codes.count >= 60)
        #expect(Set(examples.keys) == Set(Self.codes.map(\.number)))
    }

    @Test(
        "has an example that gives it, at a place, and a page that explains it",
        arguments: codes.map(\.number))
    func example(_ number: String) throws {
        let example = try #require(examples[number])
        let found = try #require(findings(example).first { $0.code.number == number })
        #expect(found.location.line >= 1 && found.location.column >= 1)
        #expect(found.description.contains(number) && found.text.count > 10)
        let page = try #require(Catalogue.code(number))
        #expect(page.meaning.count > 20 && page.remedy.count > 10)
    }
}
