internal import Diagnostics
internal import XML

/// Collects the stuurgegevens from events, whatever their order; the standard's demands are checked at the end.
struct StuurgegevensReader {
    private enum Place: UInt8 { case top, zender, ontvanger }

    private let words: Vocabulary
    private var place = Place.top
    private var depth = 0
    private var text: [UInt8] = []
    private var code: String?
    private var zender = Stuurgegevens.Systeem(applicatie: "")
    private var ontvanger = Stuurgegevens.Systeem(applicatie: "")
    private var found = Stuurgegevens(.lk01)
    private(set) var failure: StUFFailure?

    init(words: Vocabulary) { self.words = words }

    mutating func start(_ name: Name) {
        depth += 1
        text.removeAll(keepingCapacity: true)
        guard depth == 1 else { return }
        place = name == words.zender ? .zender : name == words.ontvanger ? .ontvanger : .top
    }

    mutating func add(_ piece: ArraySlice<UInt8>) {
        if text.count + piece.count <= 1000 {
            text += piece
        } else {
            fail(.stufStuurgegevenInvalid, "stuurgegevens")
        }
    }

    mutating func end(_ name: Name) {
        depth -= 1
        defer { text.removeAll(keepingCapacity: true) }
        let value = String(decoding: Spelling.trimmed(text[...]), as: UTF8.self)
        if depth == 1, place != .top {
            guard let (field, length) = systeemField(name) else { return }
            bound(value, length, words.local(name))
            if place == .zender { zender[keyPath: field] = value } else { ontvanger[keyPath: field] = value }
        } else if depth == 0, place == .top {
            topField(name, value)
        }
    }

    private func systeemField(
        _ name: Name
    ) -> (field: WritableKeyPath<Stuurgegevens.Systeem, String>, length: Int)? {
        switch name {
        case words.organisatie: (\.organisatieText, 200)
        case words.applicatie: (\.applicatie, 50)
        case words.administratie: (\.administratieText, 50)
        case words.gebruiker: (\.gebruikerText, 100)
        default: nil
        }
    }

    private mutating func topField(_ name: Name, _ value: String) {
        switch name {
        case words.berichtcode: code = value
        case words.referentienummer:
            bound(value, 40, "referentienummer")
            found.referentienummer = value.isEmpty ? nil : value
        case words.tijdstipBericht:
            let isNumber = (8...17).contains(value.utf8.count) && value.utf8.allSatisfy(Spelling.isDigit)
            if isNumber {
                found.tijdstipBericht = value
            } else if !value.isEmpty {
                fail(.stufStuurgegevenInvalid, "stuurgegevens/tijdstipBericht")
            }
        case words.crossRefnummer:
            bound(value, 40, "crossRefnummer")
            found.crossRefnummer = value.isEmpty ? nil : value
        case words.entiteittype:
            bound(value, 30, "entiteittype")
            found.entiteittype = value.isEmpty ? nil : value
        case words.functie:
            bound(value, 30, "functie")
            found.functie = value.isEmpty ? nil : value
        default: break
        }
    }

    private mutating func bound(_ value: String, _ length: Int, _ name: String) {
        if value.unicodeScalars.count > length { fail(.stufStuurgegevenInvalid, "stuurgegevens/\(name)") }
    }

    private mutating func fail(_ code: Code, _ place: String) {
        if failure == nil { failure = StUFFailure(code, at: place) }
    }

    /// What was found; nil while nothing says what the bericht is or from whom.
    ///
    /// Values that are no part of an answer's length limits are given nevertheless: a fault must be addressed.
    var stuurgegevens: Stuurgegevens? {
        guard code != nil || zender.isNamed || found.referentienummer != nil else { return nil }
        var result = found
        result.berichtcode = code.flatMap(Berichtcode.init(rawValue:)) ?? .unknown
        result.zender = zender.isNamed ? zender : nil
        result.ontvanger = ontvanger.isNamed ? ontvanger : nil
        return result
    }

    /// Checks what the standard demands of this kind of bericht, in the order of its fault table.
    mutating func finish() {
        guard let stuurgegevens, stuurgegevens.berichtcode != .unknown else {
            return fail(
                (code ?? "").isEmpty ? .stufStuurgegevenMissing : .stufBerichtcodeUnknown,
                "stuurgegevens/berichtcode")
        }
        guard !stuurgegevens.berichtcode.isSynchronous else { return }
        if stuurgegevens.zender == nil { fail(.stufStuurgegevenMissing, "stuurgegevens/zender/applicatie") }
        if stuurgegevens.ontvanger == nil {
            fail(.stufStuurgegevenMissing, "stuurgegevens/ontvanger/applicatie")
        }
        if stuurgegevens.referentienummer == nil {
            fail(.stufStuurgegevenMissing, "stuurgegevens/referentienummer")
        }
        if stuurgegevens.tijdstipBericht == nil {
            fail(.stufStuurgegevenMissing, "stuurgegevens/tijdstipBericht")
        }
    }
}

extension Stuurgegevens.Systeem {
    fileprivate var isNamed: Bool { !applicatie.isEmpty }

    fileprivate var organisatieText: String {
        get { organisatie ?? "" }
        set { organisatie = newValue.isEmpty ? nil : newValue }
    }

    fileprivate var administratieText: String {
        get { administratie ?? "" }
        set { administratie = newValue.isEmpty ? nil : newValue }
    }

    fileprivate var gebruikerText: String {
        get { gebruiker ?? "" }
        set { gebruiker = newValue.isEmpty ? nil : newValue }
    }
}
