import JSON
import Ledger
import Threads

/// One line of a list, as cells and as JSON.
protocol Listed {
    static var headings: [String] { get }
    var cells: [String] { get }
    func write(to json: inout Writer)
}

extension BerichtLine: Listed {
    static let headings = [
        "SEQUENCE", "RECEIVED", "STATE", "ZENDER", "REFERENTIENUMMER", "CODE", "NAME", "CAUSE",
    ]

    var cells: [String] {
        [
            "\(sequence)", received.text, state.rawValue, zender.text, Text.harmless(referentienummer),
            Text.harmless(berichtcode), Text.harmless(name), cause.text,
        ]
    }

    func write(to json: inout Writer) {
        json.startObject()
        json.member("sequence", sequence)
        json.member("received", received.text)
        json.member("state", state.rawValue)
        json.key("zender")
        json.startObject()
        json.member("organisatie", zender.organisatie)
        json.member("applicatie", zender.applicatie)
        json.member("administratie", zender.administratie)
        json.end()
        json.member("referentienummer", referentienummer)
        json.member("berichtcode", berichtcode)
        json.member("name", name)
        json.member("cause", cause)
        json.end()
    }
}

extension DeliveryLine: Listed {
    static let headings = ["DELIVERY", "SEQUENCE", "TARGET", "STATE", "ATTEMPT", "DUE", "CAUSE"]

    /// When something happens by itself; nil when nothing does.
    private var moment: WallTime? { state == .waiting || state == .sending ? due : nil }

    var cells: [String] {
        [
            "d\(id)", "\(sequence)", Text.harmless(target), state.rawValue, "\(attempt)", moment?.text ?? "-",
            cause.text,
        ]
    }

    func write(to json: inout Writer) {
        json.startObject()
        json.member("delivery", "d\(id)")
        json.member("sequence", sequence)
        json.member("target", target)
        json.member("state", state.rawValue)
        json.member("attempt", Int64(attempt))
        json.member("due", moment?.text)
        json.member("cause", cause)
        json.end()
    }
}

extension AttemptLine: Listed {
    static let headings = ["AT", "WHAT", "DELIVERY", "ATTEMPT", "CAUSE"]

    var cells: [String] {
        [at.text, kind.rawValue, delivery.map { "d\($0)" } ?? "-", "\(attempt)", cause.text]
    }

    func write(to json: inout Writer) {
        json.startObject()
        json.member("at", at.text)
        json.member("kind", kind.rawValue)
        json.member("delivery", delivery.map { "d\($0)" })
        json.member("attempt", Int64(attempt))
        json.member("cause", cause)
        json.end()
    }
}

extension Zender {
    /// `1900/GWS4all`, as `sluis map --zender` takes it.
    var text: String {
        let parts =
            administratie.isEmpty ? [organisatie, applicatie] : [organisatie, applicatie, administratie]
        return Text.harmless(parts.joined(separator: "/"))
    }
}

extension Cause? {
    /// The code and where it happened; empty when there is none.
    fileprivate var text: String { map { Text.harmless($0.text) } ?? "" }
}

extension Writer {
    mutating func member(_ key: String, _ number: Int64) {
        self.key(key)
        self.number(Int(number))
    }

    mutating func member(_ key: String, _ text: String?) {
        self.key(key)
        if let text { string(text) } else { null() }
    }

    mutating func member(_ key: String, _ cause: Cause?) {
        self.key(key)
        guard let cause else { return null() }
        startObject()
        member("code", cause.code)
        member("text", cause.text)
        end()
    }
}

extension Console {
    /// The lines, below their headings where they are the first: in columns on a terminal, else with tabs between the
    /// cells.
    func table<Line: Listed>(_ lines: [Line], isFirst: Bool = true) {
        let rows = [Line.headings] + lines.map(\.cells)
        let texts = isTerminal ? Text.columns(rows) : rows.map { $0.joined(separator: "\t") }
        if isFirst, let headings = texts.first { print(paint(headings, .bold)) }
        for text in texts.dropFirst() { print(text) }
    }
}
