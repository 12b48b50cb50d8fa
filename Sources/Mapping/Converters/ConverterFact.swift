import Language
import Record

/// One converter of the closed list: the one place that the reader, the checker, the laws and the generated reference
/// know it from.
package struct ConverterFact: Sendable {
    /// As it is written: `text(n, truncate)`.
    package var form: String
    /// What it takes and gives upward, for the reference.
    package var between: String
    /// What it does upward, and back.
    package var up: String
    package var down: String
    /// Nil when it has no way back.
    package var law: Law?
    /// A rule that uses it.
    package var example: String
    /// Whether it makes one value of several.
    package var takesTuple: Bool
    /// What `must` be written when a value does not fit.
    package var refuses: String

    var fits: @Sendable (ValueType, ValueType) -> Bool
    /// What its arguments say; nil when they are not its own.
    var read: @Sendable ([Token]) -> Converter?

    /// `text` of `text(n, truncate)`.
    package var name: String { String(form.prefix { $0 != "(" && $0 != " " }) }

    init(
        _ form: String, _ between: String, up: String, down: String, law: Law?, refuses: String,
        example: String, takesTuple: Bool = false, fits: @escaping @Sendable (ValueType, ValueType) -> Bool,
        read: @escaping @Sendable ([Token]) -> Converter?
    ) {
        self.form = form
        self.between = between
        self.up = up
        self.down = down
        self.law = law
        self.refuses = refuses
        self.example = example
        self.takesTuple = takesTuple
        self.fits = fits
        self.read = read
    }

    /// Every name once, in the order of the list.
    static let names: [String] = all.map(\.name).reduce(into: []) { names, name in
        if !names.contains(name) { names.append(name) }
    }

    /// What the arguments behind a name say; nil when no form of it has such arguments.
    static func read(_ name: String, _ arguments: [Token]) -> Converter? {
        all.lazy.filter { $0.name == name }.compactMap { $0.read(arguments) }.first
    }

    /// `text(n), text(n, truncate), …`, for findings.
    static var forms: String { all.map(\.form).joined(separator: ", ") }

    static func of(_ converter: Converter) -> ConverterFact? { all.first { $0.form == converter.form } }
}

extension ConverterFact {
    package static let all: [ConverterFact] = texts + numbers + dates + several

    private static func count(_ arguments: [Token]) -> Int? {
        arguments.first.flatMap { Int($0.text) }.flatMap { (1..<1_000_000).contains($0) ? $0 : nil }
    }

    private static func isText(_ from: ValueType, _ to: ValueType) -> Bool { from == .text && to == .text }

    private static let texts: [ConverterFact] = [
        ConverterFact(
            "text(n)", "text, text", up: "at most n characters; longer is refused",
            down: "at most what the left side holds", law: .exact, refuses: "what is longer",
            example: "isVan/gerelateerde/code <-> zaaktype.identificatie as text(10)", fits: isText
        ) { $0.count == 1 ? count($0).map { .text($0, truncates: false) } : nil },
        ConverterFact(
            "text(n, truncate)", "text, text", up: "the first n characters",
            down: "the first that the left side holds", law: .stable, refuses: "nothing",
            example: "omschrijving <-> omschrijving as text(80, truncate)", fits: isText
        ) { $0.count == 2 && $0[1].text == "truncate" ? count($0).map { .text($0, truncates: true) } : nil },
        ConverterFact(
            "take(n)", "text, text", up: "the first n characters, which must be there", down: "none",
            law: nil,
            refuses: "what is shorter", example: "identificatie -> gemeentecode as take(4)", fits: isText
        ) { $0.count == 1 ? count($0).map { .take($0) } : nil },
        ConverterFact(
            "prefix(\"x\")", "text, text", up: "takes `x` off the front", down: "puts it there", law: .exact,
            refuses: "what does not begin so",
            example: "identificatie -> betrokkeneIdentificatie.inpBsn as prefix(\"11\") when @vraag",
            fits: isText
        ) { $0.count == 1 && $0[0].kind == .string && !$0[0].text.isEmpty ? .prefix($0[0].text) : nil },
        ConverterFact(
            "codes NAME", "any, any", up: "the table, left to right", down: "the table, right to left",
            law: .exact, refuses: "what is not in the table",
            example: "archiefnominatie <-> archiefnominatie as codes archiefnominatie", fits: { _, _ in true }
        ) { _ in nil },
    ]

    private static let numbers: [ConverterFact] = [
        ConverterFact(
            "digits(n)", "text or integer, text or integer", up: "digits only, zeros in front up to n",
            down: "zeros in front up to what the left side holds", law: .stable,
            refuses: "what is no number, or has more digits",
            example: "inp.bsn <-> burgerservicenummer as digits(9)",
            fits: { from, to in [.text, .integer].contains(from) && [.text, .integer].contains(to) }
        ) { $0.count == 1 ? count($0).map { .digits($0) } : nil },
        ConverterFact(
            "decimal(n)", "text, integer or decimal",
            up: "a number with at most n decimals, `,` or `.`; never rounded",
            down: "the same", law: .stable, refuses: "what is no number, or has more decimals",
            example: "bedrag <-> bedrag as decimal(2)",
            fits: { from, to in
                [.text, .integer, .decimal].contains(from) && [.text, .integer, .decimal].contains(to)
            }
        ) { $0.count == 1 ? count($0).map { .decimals($0) } : nil },
        ConverterFact(
            "duur(days)", "integer, duur", up: "a number of days as a duration: 5 is `P5D`",
            down: "the days of a duration", law: .exact,
            refuses: "a duration that is no whole number of days",
            example: "doorlooptijd <-> doorlooptijd as duur(days)",
            fits: { from, to in from == .integer && to == .duur || from == .duur && to == .integer }
        ) { $0.count == 1 && $0[0].text == "days" ? .days : nil },
    ]

    private static let dates: [ConverterFact] = [
        ConverterFact(
            "datum(complete)", "datum, datum", up: "only a complete date", down: "the same", law: .exact,
            refuses: "a date that is known in part",
            example: "geboortedatum <-> geboorte.datum as datum(complete) else omit",
            fits: { from, to in from == .datum && to == .datum }
        ) { $0.count == 1 && $0[0].text == "complete" ? .dateComplete : nil },
        ConverterFact(
            "datum(parts)", "(year, month, day), datum",
            up: "one date; without day, or month and day, known in part",
            down: "the parts that are known", law: .stable, refuses: "parts that are no date",
            example: "(geb_jaar, geb_mnd, geb_dag) <-> geboorte.datum as datum(parts)", takesTuple: true,
            fits: { _, to in to == .datum }
        ) { $0.count == 1 && $0[0].text == "parts" ? .dateParts : nil },
        ConverterFact(
            "tijdstip(fill)", "tijdstip or datum, tijdstip or datum",
            up:
                "of a day without time its first second by local time that no other item has; of a moment its local date",
            down: "the same", law: .stable, refuses: "a day that is not known",
            example: "datumStatusGezet <-> datumStatusGezet as tijdstip(fill)",
            fits: { from, to in [.datum, .tijdstip].contains(from) && [.datum, .tijdstip].contains(to) }
        ) { $0.count == 1 && $0[0].text == "fill" ? .momentFilled : nil },
    ]

    private static let several: [ConverterFact] = [
        ConverterFact(
            "join(\"x\")", "(places), text", up: "those that have a value, `x` between them", down: "none",
            law: nil, refuses: "nothing", example: "(voornaam, achternaam) -> naam as join(\" \")",
            takesTuple: true,
            fits: { _, to in to == .text }
        ) { $0.count == 1 && $0[0].kind == .string ? .join($0[0].text) : nil },
        ConverterFact(
            "derive NAME", "(places), what NAME gives", up: "what the function makes of them", down: "none",
            law: nil, refuses: "nothing: where it gives none, nothing is written",
            example: "(voornamen) -> voorletters as derive voorletters", takesTuple: true,
            fits: { _, _ in true }
        ) { $0.count == 1 ? Derivation.named($0[0].text).map { .derive($0) } : nil },
    ]
}
