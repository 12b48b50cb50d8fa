package import Diagnostics
import Language
package import Record

/// One kind of object on one side: a StUF entity (`ZAK`) or an API resource (`Zaak`).
package final class Entity: Sendable {
    /// `ZAK`, which is its entiteittype, or `Zaak`.
    package let name: String
    /// Name of its model.
    package let model: String
    /// Resources: the collection it is served in (`zaken`, `rollen`). Nil for a StUF entity.
    package let collection: String?
    /// Paths that together identify one object: `bronorganisatie`, `identificatie`.
    package let key: [String]
    /// In schema order.
    package let elements: [Element]
    /// Between the steps of a path: `/` in StUF, where a dot belongs to the name, and `.` in an API.
    package let separator: Character
    package let location: SourceLocation
    /// Its whole layout: a node for every leaf, group and repeat. Mappings, forms and stores all use this one, so
    /// that a record made by one is read by the other without renumbering.
    package let layout: Layout

    package init(
        name: String, model: String, collection: String? = nil, key: [String] = [], elements: [Element],
        separator: Character, location: SourceLocation
    ) {
        self.name = name
        self.model = model
        self.collection = collection
        self.key = key
        self.elements = elements
        self.separator = separator
        self.location = location
        layout = LayoutBuilder(separator: separator).layout(named: "\(model):\(name)", of: elements)
    }

    /// As mappings name it: `zkn0310:ZAK`.
    package var qualifiedName: String { "\(model):\(name)" }

    /// Whether a child has a property in this resource's document: one that belongs to another API has none, as a
    /// besluit of a zaak.
    package func documents(_ child: APIFacts.Child) -> Bool { child.resource.hasPrefix("\(model):") }

    /// A layout with those paths only, and the groups and repeats around them; unknown paths are left out.
    package func layout(only paths: Set<String>) -> Layout {
        LayoutBuilder(separator: separator, paths: paths).layout(named: qualifiedName, of: elements)
    }

    /// What a path leads to, seen from the top of the entity.
    package func resolve(_ path: String) -> Resolution {
        Resolution.of(path, among: elements, separator: separator)
    }
}

/// What a path leads to.
package enum Resolution: Sendable {
    /// One element for each step; the last is what the path names.
    case found([Element])
    /// No element has that name at this step; `nearest` is the name most like it there, if one is like it.
    case unknown(step: String, nearest: String?)

    /// The element that the path names; nil when there is none.
    package var element: Element? {
        if case .found(let chain) = self { chain.last } else { nil }
    }

    /// Follows a path through members, for a block or item whose elements are `members`. The path `.` of an item
    /// that is a leaf names the item itself and is not found here.
    package static func of(_ path: String, among members: [Element], separator: Character) -> Resolution {
        var chain: [Element] = []
        var members = members
        for step in path.split(separator: separator, omittingEmptySubsequences: false) {
            guard let element = members.first(where: { $0.name == step }) else {
                return .unknown(
                    step: String(step), nearest: nearest(String(step), among: members.map(\.name)))
            }
            chain.append(element)
            members = element.members
        }
        return .found(chain)
    }
}
