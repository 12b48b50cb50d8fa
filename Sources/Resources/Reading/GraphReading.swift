package import JSON
package import Model

/// Puts the graph of an object together from the documents of an API: its children nested under their names, and every
/// link as what it is looked up by.
///
/// Pure: it says what it needs and is told it, until the graph is whole.
///
/// ```swift
/// var reading = GraphReading(of: zaak, entity, models, children: nil)
/// while !reading.needs.isEmpty {
///     for need in reading.needs { reading.take(fetch(need), for: need) }
/// }
/// let graph = reading.graph
/// ```
package struct GraphReading: Sendable {
    package enum Need: Hashable, Sendable {
        /// The document at a URL.
        case document(String)
        /// Every item of a collection whose `parent` is that URL.
        case list(api: String, collection: String, parent: String, url: String)
    }

    private let root: Value
    private let entity: Entity
    private let models: Models
    private let children: Set<String>?
    private var documents: [String: Value] = [:]
    private var lists: [Need: [Value]] = [:]
    /// As far as it can be put together now.
    package private(set) var graph: Value = .null
    /// What is still missing, each once.
    package private(set) var needs: [Need] = []

    /// - Parameters:
    ///   - document: the root's, with what came along in its `_expand`.
    ///   - children: the names of the children that are wanted; nil for all.
    package init(of document: Value, _ entity: Entity, _ models: Models, children: Set<String>?) {
        root = document
        self.entity = entity
        self.models = models
        self.children = children
        learn(document)
        assemble()
    }

    /// What was asked for. Nothing is needed twice, whatever is given.
    package mutating func take(_ found: [(need: Need, documents: [Value])]) {
        for (need, items) in found {
            for item in items { learn(item) }
            switch need {
            case .document(let url): documents[url] = items.first ?? .null
            case .list: lists[need] = items
            }
        }
        assemble()
    }

    /// Remembers a document by its URL, and those that came along with it.
    private mutating func learn(_ document: Value) {
        if let url = document["url"]?.text, !url.isEmpty { documents[url] = document }
        for member in document["_expand"]?.members ?? [] {
            for item in member.value.items ?? [member.value] { learn(item) }
        }
    }

    private mutating func assemble() {
        var walk = Walk(reading: self)
        graph = walk.object(root, entity.elements, root: root["url"]?.text ?? "")
        var seen: Set<Need> = []
        needs = walk.needs.filter { seen.insert($0).inserted }
    }

    private struct Walk {
        let reading: GraphReading
        var needs: [Need] = []

        /// - Parameter root: the URL of the object itself; nil for what is no root, which has no children.
        mutating func object(_ document: Value, _ elements: [Element], root: String? = nil) -> Value {
            guard document.members != nil else { return .null }
            var members: [Value.Member] = []
            for element in elements {
                if let child = element.api?.child {
                    guard let root, reading.children?.contains(element.name) ?? true,
                        let value = self.children(element, child, document[element.name], root)
                    else { continue }
                    members.append(.init(element.name, value))
                } else if let value = document[element.name] {
                    members.append(.init(element.name, property(value, element)))
                }
            }
            return .object(members)
        }

        private mutating func property(_ value: Value, _ element: Element) -> Value {
            guard Self.hasLinks(element) else { return value }
            if let items = value.items {
                var result: [Value] = []
                for item in items { result.append(one(item, element)) }
                return .array(result)
            }
            return one(value, element)
        }

        private mutating func one(_ value: Value, _ element: Element) -> Value {
            guard element.api?.link != nil else { return object(value, element.members) }
            guard let url = value.text, !url.isEmpty else { return .null }
            guard let target = reading.documents[url] else {
                needs.append(.document(url))
                return .null
            }
            return object(target, element.members)
        }

        private static func hasLinks(_ element: Element) -> Bool {
            element.api?.link != nil || element.members.contains { hasLinks($0) }
        }

        /// - Parameter value: what the object's own document says of them: URLs, or nothing where it has no such property.
        private mutating func children(
            _ element: Element, _ child: APIFacts.Child, _ value: Value?, _ root: String
        ) -> Value? {
            guard let entity = reading.models.entity(child.resource), let collection = entity.collection
            else { return nil }
            let list = Need.list(api: entity.model, collection: collection, parent: child.parent, url: root)
            guard let items = reading.lists[list] ?? known(value) else {
                if !element.isRepeat, let url = value?.text {
                    needs.append(.document(url))
                } else {
                    needs.append(list)
                }
                return nil
            }
            var result: [Value] = []
            for item in items { result.append(object(item, element.members)) }
            return element.isRepeat ? .array(result) : result.first ?? .null
        }

        /// The documents of all URLs; nil when one of them is not known, or nothing is said.
        private func known(_ value: Value?) -> [Value]? {
            switch value {
            case .array(let urls)?:
                let found = urls.compactMap { $0.text.flatMap { reading.documents[$0] } }
                return found.count == urls.count ? found : nil
            case .string(let url)?: return url.isEmpty ? [] : reading.documents[url].map { [$0] }
            case .null?: return []
            default: return nil
            }
        }
    }
}
