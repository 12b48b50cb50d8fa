import Diagnostics
import Language
import Record

/// What can be wrong with a model once its names are looked up.
extension ModelBuilder {
    mutating func checkCollections(of model: ModelSource) {
        var seen: [String: EntitySource] = [:]
        for entity in model.entities {
            guard let collection = entity.collection else { continue }
            if let twin = seen[collection.text] {
                report(
                    .nameTwice, at: collection.location,
                    "`\(collection.text)` is the collection of \(twin.name.text) already")
            }
            seen[collection.text] = entity
        }
    }

    mutating func check(_ entity: Entity, _ source: EntitySource) {
        for path in source.key {
            check(path, among: entity.elements, of: entity.qualifiedName, separator: entity.separator)
        }
        check(source.elements, beside: entity.elements, of: entity)
    }

    /// The paths that elements name, each seen from where it may stand.
    private mutating func check(_ sources: [ElementSource], beside elements: [Element], of entity: Entity) {
        for source in sources {
            if let path = source.setBy { check(path, among: entity.elements, of: entity.qualifiedName) }
            if let path = source.sizeOf { check(path, among: entity.elements, of: entity.qualifiedName) }
            if let name = source.discriminator { checkDiscriminator(name, source, beside: elements) }
            if !source.identifiers.isEmpty, let items = elements.first(where: { $0.name == source.localName })
            {
                for path in source.identifiers + source.otherwise {
                    check(path, among: items.members, of: source.localName)
                }
            }
            let members = elements.first { $0.name == source.localName }?.members ?? []
            check(source.members, beside: members, of: entity)
        }
    }

    private mutating func checkDiscriminator(
        _ name: Token, _ source: ElementSource, beside elements: [Element]
    ) {
        guard let values = elements.first(where: { $0.name == name.text })?.type.enumeration, !values.isEmpty
        else {
            report(
                source.statement.unknown(
                    name, "a property with an `enum` beside `\(source.localName)`",
                    among: elements.filter { !$0.type.enumeration.isEmpty }.map(\.name),
                    code: .modelPathUnknown))
            return
        }
        var reported: Set<String> = []
        for member in source.members {
            for value in member.variants where !values.contains(value) && reported.insert(value).inserted {
                report(
                    .valueUnknown, at: member.name.location,
                    "\(Token.quoted(value)) is no value of `\(name.text)`, so this shape never occurs")
            }
        }
    }

    mutating func checkType(_ source: ElementSource) {
        guard case .leaf(let type)? = source.form else {
            if source.isIncomplete || source.empty != nil || source.unknown != nil || source.sizeOf != nil {
                report(
                    .clauseMisplaced, at: source.name.location,
                    "`\(source.localName)` is a group: only a value can be incomplete, empty or unknown")
            }
            return
        }
        if source.isIncomplete, type.base != .datum, type.base != .tijdstip {
            report(.clauseMisplaced, at: source.name.location, "only a datum or tijdstip can be incomplete")
        }
        if source.spelling != .standard, type.base != .datum {
            report(
                .clauseMisplaced, at: source.name.location,
                "`\(source.spelling.rawValue)` is a spelling of a datum")
        }
        if source.entiteittype != nil {
            report(.clauseMisplaced, at: source.name.location, "a value has no entiteittype")
        }
    }

    mutating func check(_ child: ChildSource, of target: EntitySource, _ source: ElementSource) {
        if let parent = child.parent {
            let found = target.elements.first { $0.localName == parent.text }
            if case .link? = found?.form {
            } else {
                let links = target.elements.filter { if case .link? = $0.form { true } else { false } }
                report(
                    source.statement.unknown(
                        parent, "a link of \(target.name.text)", among: links.map(\.localName),
                        code: .modelPathUnknown))
            }
        } else {
            report(
                .childIncomplete, at: source.name.location,
                "a child says which of its properties points to the parent: `parent zaak`")
        }
        if child.change == nil {
            let words = APIFacts.Child.Change.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            report(
                .childIncomplete, at: source.name.location, "a child says how its items change: \(words)")
        }
        if child.equal.isEmpty, source.isRepeat {
            report(
                .childIncomplete, at: source.name.location,
                "a child that repeats says by what an item is known again: `match …`")
        }
    }

    mutating func check(
        _ path: Token, among elements: [Element], of name: String, separator: Character = "."
    ) {
        guard
            case .unknown(let step, let nearest) = Resolution.of(
                path.text, among: elements, separator: separator)
        else { return }
        let hint = nearest.map { ": did you mean `\($0)`?" } ?? ""
        report(.modelPathUnknown, at: path.location, "`\(step)` of `\(path.text)` is not in \(name)\(hint)")
    }
}
