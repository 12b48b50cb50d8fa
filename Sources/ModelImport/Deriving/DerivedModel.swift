package import Model

/// What a schema, an API document or a database says of one side: the facts alone, ready to be written as a `.model`
/// file.
package struct DerivedModel: Sendable, Equatable {
    package var name: String
    package var kind: Model.Kind
    /// How "there, but empty" is spelled for every text, where the source says it for all: `every text empty ""`.
    package var emptyText: String?
    /// In the order of the source.
    package var entities: [DerivedEntity]
    package var groups: [DerivedGroup]

    package init(
        name: String, kind: Model.Kind, emptyText: String? = nil, entities: [DerivedEntity] = [],
        groups: [DerivedGroup] = []
    ) {
        self.name = name
        self.kind = kind
        self.emptyText = emptyText
        self.entities = entities
        self.groups = groups
    }
}

/// An entity, a resource or a table.
package struct DerivedEntity: Sendable, Equatable {
    package var name: String
    /// Of a resource: where it is served.
    package var collection: String?
    package var key: [String]
    package var elements: [DerivedElement]

    package init(name: String, collection: String? = nil, key: [String] = [], elements: [DerivedElement]) {
        self.name = name
        self.collection = collection
        self.key = key
        self.elements = elements
    }
}

/// Elements that stand in several places.
package struct DerivedGroup: Sendable, Equatable {
    package var name: String
    package var elements: [DerivedElement]

    package init(name: String, elements: [DerivedElement]) {
        self.name = name
        self.elements = elements
    }
}

/// One element, attribute, property or column.
package struct DerivedElement: Sendable, Hashable {
    package enum Form: Sendable, Hashable {
        case leaf(ElementType)
        /// Its members follow.
        case group
        /// The members of a group, perhaps of another model: `verblijfsadres`, `bg0310:NPS-kerngegevens`.
        case like(String)
        /// Known by name only.
        case opaque
    }

    package enum Role: Sendable, Hashable {
        case plain
        case relation(String)
        case object(String)
    }

    package var name: String
    package var form: Form
    package var isRepeat = false
    package var isRequired = false
    package var role = Role.plain
    package var isKerngegeven = false
    package var isMetagegeven = false
    package var isAnswerOnly = false
    package var isReadOnly = false
    /// Of a column: the one that its values must be in, `personen.bsn`.
    package var reference: String?
    /// Of a column: whether blanks fill it up.
    package var isPadded = false
    /// Of a group whose shape differs: the property beside it that tells which.
    package var discriminator: String?
    /// Of a member of such a group: for which values it exists.
    package var variants: [String] = []
    package var members: [DerivedElement] = []
    /// The name of the schema that its members come from; for the name of a group.
    var origin = ""

    package init(_ name: String, _ form: Form, members: [DerivedElement] = []) {
        self.name = name
        self.form = form
        self.members = members
    }
}
