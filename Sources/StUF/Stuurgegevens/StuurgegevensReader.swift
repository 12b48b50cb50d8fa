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
    /// What is known of who sent it.
    private(set) var from: Zender?

    init(words: Vocabulary) {
        self.words = words
        text.reserveCapacity(128)
    }

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
            failure = failure ?? StUFFailure(.stufStuurgegevenInvalid, at: "stuurgegevens")
        }
    }

    mutating func end(_ name: Name) {
        depth -= 1
        let value = String(decoding: Spelling.trimmed(text[...]), as: UTF8.self)
        text.removeAll(keepingCapacity: true)
        switch (place, depth) {
        case (.top, 0): topField(name, value)
        case (.zender, 1):
            if let field = Self.systeemField(name, value, of: &zender, words) { failLength(field) }
        case (.ontvanger, 1):
            if let field = Self.systeemField(name, value, of: &ontvanger, words) { failLength(field) }
        default: break
        }
    }

    /// - Returns: the field, when its value is longer than it may be.
    private static func systeemField(
        _ name: Name, _ value: String, of systeem: inout Stuurgegevens.Systeem, _ words: Vocabulary
    ) -> StaticString? {
        let said = value.isEmpty ? nil : value
        switch name {
        case words.organisatie:
            systeem.organisatie = said
            return isLonger(value, 200) ? "organisatie" : nil
        case words.applicatie:
            systeem.applicatie = value
            return isLonger(value, 50) ? "applicatie" : nil
        case words.administratie:
            systeem.administratie = said
            return isLonger(value, 50) ? "administratie" : nil
        case words.gebruiker:
            systeem.gebruiker = said
            return isLonger(value, 100) ? "gebruiker" : nil
        default: return nil
        }
    }

    private mutating func topField(_ name: Name, _ value: String) {
        let said = value.isEmpty ? nil : value
        switch name {
        case words.berichtcode: code = value
        case words.referentienummer:
            found.referentienummer = said
            if Self.isLonger(value, 40) { failLength("referentienummer") }
        case words.tijdstipBericht:
            let isNumber = (8...17).contains(value.utf8.count) && value.utf8.allSatisfy(Spelling.isDigit)
            if isNumber {
                found.tijdstipBericht = value
            } else if !value.isEmpty {
                fail(.stufStuurgegevenInvalid, "tijdstipBericht")
            }
        case words.crossRefnummer:
            found.crossRefnummer = said
            if Self.isLonger(value, 40) { failLength("crossRefnummer") }
        case words.entiteittype:
            found.entiteittype = said
            if Self.isLonger(value, 30) { failLength("entiteittype") }
        case words.functie:
            found.functie = said
            if Self.isLonger(value, 30) { failLength("functie") }
        default: break
        }
    }

    /// Whether a value has more characters than it may have.
    private static func isLonger(_ value: String, _ length: Int) -> Bool {
        value.utf8.count > length && value.unicodeScalars.count > length
    }

    private mutating func failLength(_ place: StaticString) { fail(.stufStuurgegevenInvalid, place) }

    private mutating func fail(_ code: Code, _ place: StaticString) {
        if failure == nil { failure = StUFFailure(code, at: "stuurgegevens/\(place)") }
    }

    /// Checks what the standard demands of this kind of bericht, in the order of its fault table.
    ///
    /// - Returns: what was found; nil when nothing says what the bericht is or from whom. Values that are no part of an
    ///   answer's length limits are given nevertheless: a fault must be addressed.
    ///
    /// - Parameter zenders: who may leave out what.
    mutating func finish(_ zenders: Zenders) -> Stuurgegevens? {
        found.berichtcode = code.flatMap(Berichtcode.named) ?? .unknown
        found.zender = zender.isNamed ? zender : nil
        found.ontvanger = ontvanger.isNamed ? ontvanger : nil
        from = zenders.zender(found.zender)
        if found.berichtcode == .unknown {
            fail(
                (code ?? "").isEmpty ? .stufStuurgegevenMissing : .stufBerichtcodeUnknown, "berichtcode")
        } else if !found.berichtcode.isSynchronous {
            check()
        }
        return code == nil && found.zender == nil && found.referentienummer == nil ? nil : found
    }

    private mutating func check() {
        if found.zender == nil { fail(.stufStuurgegevenMissing, "zender/applicatie") }
        if found.ontvanger == nil { fail(.stufStuurgegevenMissing, "ontvanger/applicatie") }
        if found.referentienummer == nil, from?.referentienummers != .missing {
            fail(.stufStuurgegevenMissing, "referentienummer")
        }
        if found.tijdstipBericht == nil { fail(.stufStuurgegevenMissing, "tijdstipBericht") }
    }
}

extension Stuurgegevens.Systeem {
    fileprivate var isNamed: Bool { !applicatie.isEmpty }
}
