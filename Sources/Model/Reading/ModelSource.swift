import Diagnostics
import Language
import Record

/// What one `.model` file says, before the names it uses are looked up.
struct ModelSource {
    var name: String
    var kind: Model.Kind
    var location: SourceLocation
    /// How "there, but empty" is spelled for every value of a type: `every text empty ""`.
    var emptyByType: [ValueType: String] = [:]
    /// Whether a property without value is left out: `every value left-out`.
    var leavesOut = false
    /// Of an API: how it is asked.
    var served = ServedSource()
    var groups: [GroupSource] = []
    var entities: [EntitySource] = []
    /// Whether it says what people know beside a derived file: `facts zkn0310`.
    var isFacts = false

    var side: Side {
        switch kind {
        case .stuf: .stuf
        case .api: .api
        case .tables: .tables
        }
    }

    func group(_ name: String) -> GroupSource? { groups.first { $0.name.text == name } }
    func entity(_ name: String) -> EntitySource? { entities.first { $0.name.text == name } }
}

/// `group verblijfsadres { … }`: elements that stand in several places.
struct GroupSource {
    var name: Token
    var elements: [ElementSource]
    /// Of a facts file: whether the derived file does not have it.
    var isAdded = false
}

/// `entity ZAK { … }` or `resource Zaak in zaken { … }`.
struct EntitySource {
    var name: Token
    /// Of a facts file: whether the derived file does not have it.
    var isAdded = false
    var collection: Token?
    var key: [Token] = []
    var elements: [ElementSource] = []
    var statement: Statement
}

/// One statement of an element.
struct ElementSource {
    /// What the element is made of.
    enum Form {
        case leaf(ElementType)
        /// Its own block.
        case group
        /// The members of a group elsewhere.
        case like(Token)
        /// Known by name; what is below it is not.
        case opaque
        case link(resource: Token, by: [Token], with: [Token])
        case child(resource: Token, ChildSource)
        /// The rows of another table that refer to this one.
        case rows(table: Token, by: [Token], order: [Token])
    }

    var name: Token
    /// Without prefix and `*`: `identificatie`, `@bestandsnaam`.
    var localName: String
    /// `StUF`; of an attribute also `xmime`.
    var prefix: String?
    var isRepeat: Bool
    var form: Form?
    var isRequired = false
    var isIncomplete = false
    var spelling = ElementType.Spelling.standard
    var empty: String?
    var unknown: String?
    var entiteittype: String?
    var role = StUFFacts.Role.plain
    var isKerngegeven = false
    var isMetagegeven = false
    var isAnswerOnly = false
    var isReadOnly = false
    var setBy: Token?
    var reference: Token?
    /// Of a datum in several columns: those of its year, month and day.
    var columns: [Token] = []
    var isPadded = false
    var sizeOf: Token?
    /// Of a repeat that is no child: what tells its items apart.
    var identifiers: [Token] = []
    var otherwise: [Token] = []
    var discriminator: Token?
    var variants: [String] = []
    /// What a facts file takes back.
    var correction = Correction()
    /// Of a facts file: whether the derived file does not have it.
    var isAdded = false
    var members: [ElementSource] = []
    var statement: Statement

    init(name: Token, localName: String, prefix: String?, isRepeat: Bool, statement: Statement) {
        self.name = name
        self.localName = localName
        self.prefix = prefix
        self.isRepeat = isRepeat
        self.statement = statement
    }
}

/// What a facts file says against the derived one.
struct Correction {
    var isRepeat: Bool?
    var isOptional = false
    var isComplete = false
    var isWritable = false
    var isDropped = false
    /// Of an added element: the one that it stands before in the schema; else it stands last.
    var before: Token?
}

/// The block of a `child` property.
struct ChildSource {
    var parent: Token?
    var equal: [Token] = []
    var identifiers: [Token] = []
    var otherwise: [Token] = []
    var change: APIFacts.Child.Change?
}
