package import Diagnostics

/// Every model that is in force; what a mapping names as `zkn0310:ZAK` or `zaken:Zaak` is looked up here.
package struct Models: Sendable {
    /// In the order of their names.
    package let all: [Model]
    private let byName: [String: Model]
    private let entities: [String: Entity]

    package init(_ models: [Model]) {
        all = models.sorted { $0.name < $1.name }
        byName = Dictionary(models.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        entities = Dictionary(
            models.flatMap(\.entities).map { ($0.qualifiedName, $0) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// The model with that name: `zkn0310`.
    package func model(_ name: String) -> Model? { byName[name] }

    /// The entity or resource with that name: `zkn0310:ZAK`, `zaken:Zaak`.
    package func entity(_ qualifiedName: String) -> Entity? { entities[qualifiedName] }

    /// The StUF entity of that entiteittype whose model has that namespace.
    package func entity(entiteittype: String, namespace: String) -> Entity? {
        all.first { $0.namespace == namespace }?.entity(entiteittype)
    }

    /// The resource served at that collection of that API: `zaken` of `zaken`, `rollen` of `zaken`.
    package func resource(collection: String, of model: String) -> Entity? {
        byName[model]?.entities.first { $0.collection == collection }
    }

    /// Names of every entity and resource, in order; for suggestions.
    package var entityNames: [String] { entities.keys.sorted() }
}

/// What one side looks like: one `.model` file.
package final class Model: Sendable {
    package enum Kind: Hashable, Sendable {
        /// A StUF sector model: its XML namespace, and the prefix it is written with.
        case stuf(namespace: String, prefix: String)
        /// Tables of a database: their schema there, `public`.
        case tables(schema: String)
        /// A REST API: the path below which it is served, `/zaken/api/v1`.
        case api(root: String)
    }

    /// `zkn0310`, `zaken`.
    package let name: String
    package let kind: Kind
    package let entities: [Entity]
    /// Of an API: how it is asked and answers.
    package let served: ServedFacts
    package let location: SourceLocation

    package init(
        name: String, kind: Kind, entities: [Entity], served: ServedFacts = ServedFacts(),
        location: SourceLocation
    ) {
        self.name = name
        self.kind = kind
        self.entities = entities
        self.served = served
        self.location = location
    }

    package func entity(_ name: String) -> Entity? { entities.first { $0.name == name } }

    /// The XML namespace; nil when this is no StUF model.
    package var namespace: String? {
        if case .stuf(let namespace, _) = kind { namespace } else { nil }
    }

    /// Whether this is the legacy side of a mapping.
    package var isLegacy: Bool {
        if case .api = kind { false } else { true }
    }
}

/// The XML namespaces that every StUF model may use for attributes.
package enum Namespace {
    /// StUF 03.01 itself: stuurgegevens, `@StUF:bestandsnaam`, `@StUF:noValue`.
    package static let stuf = "http://www.egem.nl/StUF/StUF0301"
    /// `@xmime:contentType`.
    package static let xmime = "http://www.w3.org/2005/05/xmlmime"
}
