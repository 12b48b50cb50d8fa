internal import Diagnostics
internal import Record
internal import XML

/// What the standard allows of verwerkingssoorten and times in a kennisgeving (StUF 03.01 sections 5.2.3 to 5.2.7,
/// tables 5.3, 5.5 and 5.7). The table with what is tolerated is <doc:Verwerkingssoorten>.
struct Verwerking {
    typealias Soort = Marks.Verwerkingssoort

    let mutatiesoort: Kennisgeving.Mutatiesoort
    /// The old object; nil where the sender gave one.
    let was: [EntityElement]?
    let wordt: [EntityElement]
    /// For the place of a failure.
    let spelled: (Name) -> String

    /// - Returns: the first thing that is not as the standard says; nil when nothing is.
    func failure() -> StUFFailure? {
        if let failure = was.flatMap(misplaced) ?? misplaced(wordt) { return failure }
        let pairs = pairs
        return pairFailure(pairs) ?? timeFailure(pairs)
    }

    // MARK: What may stand where

    /// Table 5.3: of the object itself.
    static func allowed(top mutatiesoort: Kennisgeving.Mutatiesoort) -> Soorten {
        switch mutatiesoort {
        case .toevoeging: [.toevoegen]
        case .wijziging: [.wijzigen, .identificatie]
        case .correctie: [.wijzigen, .identificatie, .sleutelwijziging, .ontdubbeling]
        case .correctieFormeel: [.wijzigen, .identificatie]
        case .verwijdering: [.verwijderen]
        }
    }

    /// Table 5.5: of a relation. Some senders mark the relations of a new object that were there before with I.
    static func allowed(relatie mutatiesoort: Kennisgeving.Mutatiesoort) -> Soorten {
        switch mutatiesoort {
        case .toevoeging: [.toevoegen, .identificatie]
        case .wijziging: [.toevoegen, .wijzigen, .verwijderen, .beeindigen, .vervangen, .identificatie]
        case .correctie, .correctieFormeel:
            [.wijzigen, .vervangen, .verwijderen, .identificatie, .sleutelwijziging, .ontdubbeling]
        case .verwijdering: [.identificatie]
        }
    }

    /// Table 5.7: of a gerelateerde. V is none of them; senders give it with a relation that goes, and mean I.
    static func allowed(gerelateerde mutatiesoort: Kennisgeving.Mutatiesoort) -> Soorten {
        switch mutatiesoort {
        case .wijziging: [.identificatie, .toevoegen, .wijzigen, .verwijderen]
        case .correctie, .correctieFormeel: [.identificatie, .toevoegen, .verwijderen]
        case .toevoeging, .verwijdering: [.identificatie, .toevoegen]
        }
    }

    private func misplaced(_ elements: [EntityElement]) -> StUFFailure? {
        let top = Self.allowed(top: mutatiesoort)
        let relatie = Self.allowed(relatie: mutatiesoort)
        let gerelateerde = Self.allowed(gerelateerde: mutatiesoort)
        for element in elements {
            let allowed =
                switch element.role {
                case .top: top
                case .relatie: relatie
                case .gerelateerde: gerelateerde
                }
            if let failure = misplaced(element, allowed, below: elements[0].soort) { return failure }
        }
        return nil
    }

    private func misplaced(
        _ element: EntityElement, _ allowed: Soorten, below top: Soort
    ) -> StUFFailure? {
        let isKey = element.soort == .sleutelwijziging || element.soort == .ontdubbeling
        let isMisplaced =
            element.soort != .none && !allowed.contains(element.soort)
            // The key of a relation changes by itself.
            || isKey && element.role == .relatie && top != .identificatie
        if isMisplaced { return fail(.stufVerwerkingssoortMisplaced, element, "/@verwerkingssoort") }
        let isTimed = element.geldigheid != nil || element.hasRegistratie
        if element.role == .gerelateerde, element.soort == .identificatie, isTimed {
            return fail(.stufTijdvakGeldigheid, element, "/tijdvakGeldigheid")
        }
        return nil
    }

    // MARK: Old and new

    private func pairFailure(_ pairs: [Pair]) -> StUFFailure? {
        guard let oldTop = was?.first, let newTop = wordt.first else { return nil }
        if oldTop.soort != newTop.soort, oldTop.soort != .none, newTop.soort != .none {
            return fail(.stufVerwerkingssoortUnpaired, newTop, "/@verwerkingssoort")
        }
        for pair in pairs where Self.contradict(pair.old, pair.new) {
            return fail(.stufVerwerkingssoortUnpaired, pair.new, "/@verwerkingssoort")
        }
        return nil
    }

    private typealias Pair = (old: EntityElement, new: EntityElement)

    /// The relations of the object itself that both have, paired by name and order.
    private var pairs: [Pair] {
        guard let was else { return [] }
        var pairs: [Pair] = []
        // Of each name, where among the old ones the next of that name is looked for.
        var searches: [(name: Name, start: Int)] = []
        for new in wordt where new.parent == 0 {
            let search = searches.firstIndex { $0.name == new.name } ?? searches.count
            if search == searches.count { searches.append((new.name, 0)) }
            let found = was[searches[search].start...].firstIndex { $0.parent == 0 && $0.name == new.name }
            searches[search].start = found.map { $0 + 1 } ?? was.count
            if let found { pairs.append((was[found], new)) }
        }
        return pairs
    }

    /// Senders leave the empty ones out, so that what goes stands opposite to what comes; a relation that is only named
    /// may do so too.
    private static func contradict(_ old: EntityElement, _ new: EntityElement) -> Bool {
        if old.soort != .none, new.soort != .none, old.soort != new.soort {
            let goes: Soorten = [.verwijderen, .beeindigen, .identificatie]
            return new.soort != .toevoegen || !goes.contains(old.soort)
        }
        switch new.soort == .none ? old.soort : new.soort {
        case .toevoegen: return new.isLeeg
        case .verwijderen, .beeindigen: return old.isLeeg
        case .vervangen, .wijzigen: return old.isLeeg || new.isLeeg
        default: return false
        }
    }

    // MARK: Times

    private func timeFailure(_ pairs: [Pair]) -> StUFFailure? {
        for element in wordt where element.role != .gerelateerde {
            // "Without an end" is said by geenWaarde, never by leaving it out; a new value has none.
            guard let tijdvak = element.geldigheid else { continue }
            if tijdvak.begin == .absent || tijdvak.eind == .absent { return time(element) }
            if case .known = tijdvak.eind, mustBeOpen(element) { return time(element) }
        }
        guard let old = was?.first, let new = wordt.first else { return nil }
        if let failure = pairTime(old, new) { return failure }
        for pair in pairs where pair.new.soort == .wijzigen {
            if let failure = pairTime(pair.old, pair.new) { return failure }
        }
        return nil
    }

    private func mustBeOpen(_ element: EntityElement) -> Bool {
        switch element.soort {
        case .toevoegen, .wijzigen, .vervangen: true
        default: false
        }
    }

    /// Section 5.2.5: of a change the old one ends where the new one begins, of a correction neither ends.
    private func pairTime(_ old: EntityElement, _ new: EntityElement) -> StUFFailure? {
        guard new.soort == .wijzigen, old.geldigheid != nil || new.geldigheid != nil else { return nil }
        guard let before = old.geldigheid, let after = new.geldigheid else { return time(new) }
        if mutatiesoort == .wijziging {
            let isWell = before.eind.agrees(with: after.begin) && !before.begin.isLater(than: before.eind)
            return isWell ? nil : time(new)
        }
        if case .known = before.eind { return time(old) }
        return before.eind == .absent ? time(old) : nil
    }

    private func time(_ element: EntityElement) -> StUFFailure {
        fail(.stufTijdvakGeldigheid, element, "/tijdvakGeldigheid")
    }

    private func fail(_ code: Code, _ element: EntityElement, _ rest: String) -> StUFFailure {
        let place = element.role == .top ? "object" : "object/\(spelled(element.name))"
        return StUFFailure(code, at: place + rest)
    }
}

/// A set of verwerkingssoorten; one bit each.
struct Soorten: ExpressibleByArrayLiteral {
    private var bits: UInt16 = 0

    init(arrayLiteral soorten: Marks.Verwerkingssoort...) {
        for soort in soorten { bits |= Self.bit(soort) }
    }

    func contains(_ soort: Marks.Verwerkingssoort) -> Bool { bits & Self.bit(soort) != 0 }

    private static func bit(_ soort: Marks.Verwerkingssoort) -> UInt16 { 1 << UInt16(soort.rawValue) }
}
