import Diagnostics
import Language
import Mapping
import Model
import Testing

/// One mistake in a shipped file: the first of what stands there, and what is put in its place.
private struct Planted: Sendable, CustomTestStringConvertible {
    var file: String
    var original: String
    var mistake: String
    var code: String
    /// How far behind the beginning of what is planted the finding points: lines, or characters on its line.
    var lines = 0
    var characters = 0

    init(
        _ file: String, _ original: String, _ mistake: String, _ code: String, lines: Int = 0,
        characters: Int = 0
    ) {
        self.file = file
        self.original = original
        self.mistake = mistake
        self.code = code
        self.lines = lines
        self.characters = characters
    }

    var testDescription: String { "\(file): \(mistake)" }
}

private let planted: [Planted] = [
    Planted("zds-zgw/zaak.map", "startdatum           <->  startdatum", "startdatun <-> startdatum", "M152"),
    Planted("zds-zgw/zaak.map", "as codes betaling\n", "as codes betalingen\n", "M164", characters: 9),
    Planted("zds-zgw/zaak.map", "use natuurlijkPersoon", "use natuurlijkPersoonn", "M161", characters: 4),
    Planted("zds-zgw/document.map", "dct.omschrijving  ", "dct.omschryving  ", "M152"),
    Planted("zds-zgw/document.map", "@zender/organisatie  ", "@zender/organisatei  ", "M171"),
    Planted(
        "zds-zgw/besluit.map", "datumBeslissing      <->  datum", "datumBeslissing <-> daum", "M152",
        characters: 20),
    Planted("bg-brp/persoon.map", "inp.a-nummer  <->", "inp.a-numer  <->", "M152"),
    Planted("bg-brp/persoon.map", "as codes geheim", "as codes geheimen", "M164", characters: 9),
    Planted("legacy-brp/kopiepersoon.map", "ANR ", "ANRR ", "M152"),
    Planted("models/legacybrp.model", "text(", "txt(", "M121"),
    Planted("models/legacybrp.facts.model", "table PERS_NAT", "table PERS_NATT", "M139", characters: 6),
    Planted("zds-zgw/zds.route", "creeerZaak_Lk01", "creerZaak_Lk01", "M180"),
    Planted("zds-zgw/zds.route", "map    document", "map    documenten", "M181", characters: 7),
    Planted("zds-zgw/zds12.route", "creeerZaak_ZakLk01", "creerZaak_ZakLk01", "M180"),
    Planted("zds-zgw/zkn.route", "bslLk01\n", "bslLk1\n", "M180"),
    Planted("bg-brp/bg.route", "npsLk01\n", "npsLk1\n", "M180"),
    Planted("zds-zgw/rsin.csv", "1900;", "1900;001900007;\n1900;", "M165", lines: 1),
    Planted("zds-zgw/taal.csv", "nld;nld", "nld;eng\nnld;nld", "M165", lines: 1),
    Planted(
        "zds-zgw/rechtsvorm.csv", "rechtsvorm;innRechtsvorm", "rechtsvorm;innRechtsvorm\nleeg", "M166",
        lines: 1),
    Planted("bg-brp/gemeenten.csv", "0344;Utrecht", "0344;Elders\n0344;Utrecht", "M165", lines: 1),
    Planted("bg-brp/landen.csv", "0000;onbekend", "0000;bekend\n0000;onbekend", "M165", lines: 1),
    Planted("bg-brp/nationaliteiten.csv", "0001;Nederlandse", "0001\n0001;Nederlandse", "M166"),
    Planted("bg-brp/verblijfstitels.csv", "00;onbekend", "00;bekend\n00;onbekend", "M165", lines: 1),
    Planted("models/zkn0310.model", "text(", "txt(", "M121"),
    Planted("models/bg0310.model", "text(", "text(99..", "M132", characters: 5),
    Planted("models/zaken.model", "text(", "txet(", "M121"),
    Planted("models/documenten.model", "text(", "tekst(", "M121"),
    Planted("models/catalogi.model", "text(", "text datum (", "M123", characters: 5),
    Planted("models/besluiten.model", "text(", "tex(", "M121"),
    Planted("models/brp.model", "text(", "texts(", "M121"),
    Planted("models/zkn0310.facts.model", "ZAK key", "ZAAK key", "M139"),
    Planted("models/bg0310.facts.model", "NPS key", "NPSS key", "M139"),
    Planted("models/zaken.facts.model", "Zaak key", "Zaaak key", "M139"),
    Planted("models/documenten.facts.model", "bestandsomvang  ", "bestandsomvan  ", "M139"),
    Planted("models/catalogi.facts.model", "ZaakType key", "ZaakTipe key", "M139"),
    Planted(
        "models/besluiten.facts.model", "link catalogi:BesluitType", "link catalogi:BesluitTipe", "M129",
        characters: 5),
    Planted(
        "models/brp.facts.model", "burgerservicenummer  required", "burgerservicenumer  required", "M139"),
]

@Suite("A mistake in a shipped file") struct PlantedMistakeTests {
    private static let folder = "/\(Shipped.root)/mappings"

    /// Every file of the language below the folder, and the tables beside them, by their names.
    private static let files: [String: [UInt8]] = {
        let found = [".model", ".map", ".route", ".csv"].flatMap { SourceFiles.find($0, in: [folder]).files }
        return Dictionary(
            found.compactMap { file in SourceFiles.bytes(of: file).map { (file, $0) } },
            uniquingKeysWith: { first, _ in first })
    }()

    private static func findings(_ files: [String: [UInt8]]) -> [Finding] {
        func documents(_ suffix: String) -> (documents: [Document], findings: [Finding]) {
            let named = files.filter { $0.key.hasSuffix(suffix) }.sorted { $0.key < $1.key }
            let read = named.map { Parser.parse(file: $0.key, bytes: $0.value) }
            return (read.map(\.document), read.flatMap(\.findings))
        }
        let models = documents(".model")
        let readModels = Models.read(models.documents)
        let maps = documents(".map")
        let mappings = MappingLibrary.read(
            maps.documents, models: readModels.models, broken: maps.findings
        ) { files[$0] }
        let entities = mappings.library.mappings.map { ($0.name, $0.legacy.name) }
        let routes = documents(".route")
        let readRoutes = RouteLibrary.read(
            routes.documents, mappings: Dictionary(entities, uniquingKeysWith: { first, _ in first }),
            apis: Set(mappings.library.mappings.map(\.api.model)))
        let all = [models.findings, readModels.findings, maps.findings, mappings.findings, routes.findings]
        return (all.flatMap { $0 } + readRoutes.findings).sortedForReading()
    }

    /// Where the text begins; nil when it is not there.
    private static func place(of text: String, in content: String, _ file: String) -> Diagnostics
        .SourceLocation?
    {
        guard let range = content.firstRange(of: text) else { return nil }
        let before = content[..<range.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        return Diagnostics.SourceLocation(
            file: file, line: before.count, column: (before.last?.unicodeScalars.count ?? 0) + 1)
    }

    @Test("is there for every one of them, more than twenty in all")
    func every() {
        #expect(Self.findings(Self.files).map(\.description) == [])
        #expect(planted.count >= 20)
        let names = Self.files.keys.map { String($0.dropFirst(Self.folder.count + 1)) }
        #expect(Set(names).subtracting(planted.map(\.file)) == [])
    }

    @Test("is found at its line and column", arguments: planted)
    fileprivate func found(_ planted: Planted) throws {
        var files = Self.files
        let file = "\(Self.folder)/\(planted.file)"
        let content = String(decoding: files[file] ?? [], as: UTF8.self)
        var place = try #require(Self.place(of: planted.original, in: content, file))
        let range = try #require(content.firstRange(of: planted.original))
        files[file] = Array(content.replacingCharacters(in: range, with: planted.mistake).utf8)
        place.line += planted.lines
        place.column = planted.lines > 0 ? 1 : place.column + planted.characters
        let found = Self.findings(files).filter { $0.location.file == file && $0.severity == .error }
        let first = found.first.map { "\($0.location) \($0.code.number)" }
        #expect(first == "\(place) \(planted.code)", "\(found.map(\.description))")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
