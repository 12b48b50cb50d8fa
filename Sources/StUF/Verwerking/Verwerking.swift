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
        for elements in [was, wordt].compactMap(\.self) {
            for index in elements.indices {
                if let failure = misplaced(elements[index], below: top(elements)) { return failure }
            }
        }
        if let failure = pairFailure() { return failure }
        return timeFailure()
    }

    private func top(_ elements: [EntityElement]) -> Soort { elements.first?.soort ?? .none }

    // MARK: What may stand where

    /// Table 5.3: of the object itself.
    static func allowed(top mutatiesoort: Kennisgeving.Mutatiesoort) -> Set<Soort> {
        switch mutatiesoort {
        case .toevoeging: [.toevoegen]
        case .wijziging: [.wijzigen, .identificatie]
        case .correctie: [.wijzigen, .identificatie, .sleutelwijziging, .ontdubbeling]
        case .correctieFormeel: [.wijzigen, .identificatie]
        case .verwijdering: [.verwijderen]
        }
    }

    /// Table 5.5: of a relation. Some senders mark the relations of a new object that were there before with I.
    static func allowed(relatie mutatiesoort: Kennisgeving.Mutatiesoort) -> Set<Soort> {
        switch mutatiesoort {
        case .toevoeging: [.toevoegen, .identificatie]
        case .wijziging: [.toevoegen, .wijzigen, .verwijderen, .beeindigen, .vervangen, .identificatie]
        case .correctie, .correctieFormeel:
            [.wijzigen, .vervangen, .verwijderen, .identificatie, .sleutelwijziging, .ontdubbeling]
        case .verwijdering: [.identificatie]
        }
    }

    /// Table 5.7: of a gerelateerde. V is none of them; senders give it with a relation that goes, and mean I.
    static func allowed(gerelateerde mutatiesoort: Kennisgeving.Mutatiesoort) -> Set<Soort> {
        switch mutatiesoort {
        case .wijziging: [.identificatie, .toevoegen, .wijzigen, .verwijderen]
        case .correctie, .correctieFormeel: [.identificatie, .toevoegen, .verwijderen]
        case .toevoeging, .verwijdering: [.identificatie, .toevoegen]
        }
    }

    private func misplaced(_ element: EntityElement, below top: Soort) -> StUFFailure? {
        let allowed =
            switch element.role {
            case .top: Self.allowed(top: mutatiesoort)
            case .relatie: Self.allowed(relatie: mutatiesoort)
            case .gerelateerde: Self.allowed(gerelateerde: mutatiesoort)
            }
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

    private func pairFailure() -> StUFFailure? {
        guard let was, let oldTop = was.first, let newTop = wordt.first else { return nil }
        if oldTop.soort != newTop.soort, oldTop.soort != .none, newTop.soort != .none {
            return fail(.stufVerwerkingssoortUnpaired, newTop, "/@verwerkingssoort")
        }
        for (old, new) in pairs(was) where Self.contradict(old, new) {
            return fail(.stufVerwerkingssoortUnpaired, new, "/@verwerkingssoort")
        }
        return nil
    }

    /// The relations of the object itself that both have, paired by name and order.
    private func pairs(_ was: [EntityElement]) -> [(old: EntityElement, new: EntityElement)] {
        var olds = Dictionary(grouping: was.filter { $0.parent == 0 }, by: \.name).mapValues { $0[...] }
        return wordt.filter { $0.parent == 0 }.compactMap { new in
            olds[new.name]?.popFirst().map { ($0, new) }
        }
    }

    /// Senders leave the empty ones out, so that what goes stands opposite to what comes; a relation that is only named
    /// may do so too.
    private static func contradict(_ old: EntityElement, _ new: EntityElement) -> Bool {
        if old.soort != .none, new.soort != .none, old.soort != new.soort {
            return new.soort != .toevoegen
                || ![.verwijderen, .beeindigen, .identificatie].contains(old.soort)
        }
        switch new.soort == .none ? old.soort : new.soort {
        case .toevoegen: return new.isLeeg
        case .verwijderen, .beeindigen: return old.isLeeg
        case .vervangen, .wijzigen: return old.isLeeg || new.isLeeg
        default: return false
        }
    }

    // MARK: Times

    private func timeFailure() -> StUFFailure? {
        for element in wordt where element.role != .gerelateerde {
            // "Without an end" is said by geenWaarde, never by leaving it out; a new value has none.
            guard let tijdvak = element.geldigheid else { continue }
            if tijdvak.begin == .absent || tijdvak.eind == .absent { return time(element) }
            if case .known = tijdvak.eind, mustBeOpen(element) { return time(element) }
        }
        guard let was, let old = was.first, let new = wordt.first else { return nil }
        if let failure = pairTime(old, new) { return failure }
        for (old, new) in pairs(was) where new.soort == .wijzigen {
            if let failure = pairTime(old, new) { return failure }
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
