import Diagnostics
package import Model
import Record

/// What a later import changes in a model.
package struct Drift: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// There was no such entity or element.
        case added
        /// There is no such entity or element any more.
        case removed
        /// It holds less than it did: shorter, fewer values, once, digits only.
        case narrowed
        /// It holds more than it did.
        case widened
        /// It must be there now.
        case required
        /// It need not be there any more.
        case optional
        /// It is of another type, or plays another part.
        case changed
    }

    package var kind: Kind
    /// `zkn0310:ZAK/startdatum`.
    package var path: String
    /// What it was and is: `text(40)`, `text(80)`; empty for what is added or removed.
    package var before: String
    package var after: String
    /// How many other places change with it, because they share a group.
    package var otherPlaces = 0

    package init(kind: Kind, path: String, before: String, after: String) {
        self.kind = kind
        self.path = path
        self.before = before
        self.after = after
    }
}

extension Drift: CustomStringConvertible {
    package var description: String {
        let change = before.isEmpty && after.isEmpty ? "" : "  \(before) -> \(after)"
        let others = otherPlaces == 0 ? "" : "  (and \(otherPlaces) more)"
        return "\(kind.rawValue)  \(path)\(change)\(others)"
    }
}

extension Drift {
    /// Compares what a model says with what the import gives, entity by entity in the order of the new one.
    package static func between(_ old: Model, _ new: Model) -> [Drift] {
        var comparison = Comparison()
        for entity in new.entities {
            guard let known = old.entity(entity.name) else {
                comparison.add(.added, entity.qualifiedName)
                continue
            }
            comparison.compare(known.elements, entity.elements, at: entity.qualifiedName, entity.separator)
        }
        for entity in old.entities where new.entity(entity.name) == nil {
            comparison.add(.removed, entity.qualifiedName)
        }
        return comparison.found
    }
}

/// One comparison; what changes in a group is told once.
private struct Comparison {
    private(set) var found: [Drift] = []
    /// By kind and by where both stand in their files.
    private var seen: [String: Int] = [:]

    mutating func add(_ kind: Drift.Kind, _ path: String) {
        found.append(Drift(kind: kind, path: path, before: "", after: ""))
    }

    private mutating func add(
        _ kind: Drift.Kind, _ path: String, _ place: SourceLocation, _ before: String = "",
        _ after: String = ""
    ) {
        let key = "\(kind) \(place) \(before) \(after)"
        if let index = seen[key] {
            found[index].otherPlaces += 1
        } else {
            seen[key] = found.count
            found.append(Drift(kind: kind, path: path, before: before, after: after))
        }
    }

    mutating func compare(_ old: [Element], _ new: [Element], at path: String, _ separator: Character) {
        for element in new {
            let place = join(path, element.name, separator)
            guard let known = old.first(where: { $0.name == element.name }) else {
                add(.added, place, element.location)
                continue
            }
            compare(known, element, at: place)
            compare(known.members, element.members, at: place, separator)
        }
        for element in old where !new.contains(where: { $0.name == element.name }) {
            add(.removed, join(path, element.name, separator), element.location)
        }
    }

    private func join(_ path: String, _ name: String, _ separator: Character) -> String {
        "\(path)\(separator)\(name)"
    }

    private mutating func compare(_ old: Element, _ new: Element, at path: String) {
        let (before, after) = (old.spelled, new.spelled)
        if before != after { add(kind(old, new), path, new.location, before, after) }
        if old.isRequired != new.isRequired {
            add(new.isRequired ? .required : .optional, path, new.location)
        }
    }

    private func kind(_ old: Element, _ new: Element) -> Drift.Kind {
        guard old.type.base == new.type.base, old.role == new.role else { return .changed }
        let isNarrower = new.type.isNarrower(than: old.type) || (old.isRepeat && !new.isRepeat)
        let isWider = old.type.isNarrower(than: new.type) || (new.isRepeat && !old.isRepeat)
        switch (isNarrower, isWider) {
        case (true, false): return .narrowed
        case (false, true): return .widened
        default: return .changed
        }
    }
}

extension Element {
    /// What it is beside its values.
    fileprivate var role: [String] {
        [
            stuf?.entiteittype ?? "", stuf?.isKerngegeven == true ? "kern" : "",
            stuf?.isMetagegeven == true ? "metagegeven" : "",
            stuf?.isAnswerOnly == true ? "answer-only" : "", api?.isReadOnly == true ? "read-only" : "",
        ].filter { !$0.isEmpty }
    }

    /// All that is compared, but not whether it is required.
    fileprivate var spelled: String {
        ([type.text + (isRepeat ? "*" : "")] + role).joined(separator: " ")
    }
}

extension ElementType {
    /// Whether some value of the other does not fit here.
    fileprivate func isNarrower(than other: ElementType) -> Bool {
        if let maxLength, maxLength < other.maxLength ?? .max { return true }
        if minLength ?? 0 > other.minLength ?? 0 { return true }
        if isDigits, !other.isDigits { return true }
        if !enumeration.isEmpty {
            return other.enumeration.isEmpty || !Set(other.enumeration).isSubset(of: enumeration)
        }
        return other.allowsIncomplete && !allowsIncomplete
    }
}
