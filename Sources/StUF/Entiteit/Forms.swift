internal import Mapping
package import Model
package import Record
internal import XML

/// Every StUF entity of the models in force, compiled for reading and writing. Made once; any number of threads
/// use it at once.
///
/// The first thing to make; all readers and writers of berichten start from it:
///
/// ```swift
/// let forms = Forms(models)
/// var reader = try BerichtReader(forms, soapAction: action, hash: hash, contents: contents)
/// ```
package final class Forms: Sendable {
    package let models: Models
    /// Who sends what is not as the standard says.
    package let zenders: Zenders
    let words: Vocabulary
    let readers: ReaderPool
    let prefixes: Prefixes
    let roots: [Name: KnownRoot]
    private let byEntity: [ObjectIdentifier: EntityForm]
    /// To find one by the bytes of a bericht; in the order of the models.
    private let named: [(entiteittype: [UInt8], namespace: [UInt8], form: EntityForm)]

    /// - Parameters:
    ///   - limits: what a bericht may ask of its reader.
    ///   - zenders: what is not as the standard says, by who sends it.
    package init(
        _ models: Models, limits: BerichtLimits = BerichtLimits(), zenders: Zenders = Zenders()
    ) {
        var names = Names()
        self.models = models
        self.zenders = zenders
        let prefixes = Prefixes(models)
        var byEntity: [ObjectIdentifier: EntityForm] = [:]
        var named: [(entiteittype: [UInt8], namespace: [UInt8], form: EntityForm)] = []
        for model in models.all {
            guard let namespace = model.namespace else { continue }
            for section in Section.allCases {
                _ = names.add(namespace: namespace, local: section.rawValue)
            }
            for entity in model.entities {
                let form = EntityForm(entity, namespace: namespace, prefixes: prefixes, names: &names)
                byEntity[ObjectIdentifier(entity)] = form
                named.append((Array(entity.name.utf8), Array(namespace.utf8), form))
            }
        }
        var roots: [Name: KnownRoot] = [:]
        for operation in Operations.all {
            let name = names.add(namespace: operation.namespace, local: operation.root)
            roots[name] = KnownRoot(
                local: operation.root, namespace: operation.namespace,
                refusal: Self.refusal(ofRoot: operation.root, in: operation.namespace, models))
        }
        self.roots = roots
        words = Vocabulary(&names)
        readers = ReaderPool(names: names, limits: limits.ofXML)
        self.byEntity = byEntity
        self.prefixes = prefixes
        self.named = named
    }

    /// The form of an entity of the models; nil for a resource.
    package func form(of entity: Entity) -> EntityForm? { byEntity[ObjectIdentifier(entity)] }

    /// The form of the entity with that entiteittype in that namespace.
    func form(entiteittype: some Sequence<UInt8>, namespace: ArraySlice<UInt8>) -> EntityForm? {
        for index in named.indices
        where named[index].namespace.count == namespace.count
            && entiteittype.elementsEqual(named[index].entiteittype)
            && namespace == named[index].namespace[...]
        {
            return named[index].form
        }
        return nil
    }
}

/// One StUF entity, compiled: a path trie to read it by, and a plan to write it by.
package final class EntityForm: Sendable {
    package let entity: Entity
    /// Of the sector model: also of `object` and `stuurgegevens`.
    package let namespace: String
    let trie: PathTrie
    let plan: WritingPlan
    let prefixes: Prefixes

    private let choosing: Set<String>

    package var layout: Layout { entity.layout }

    init(_ entity: Entity, namespace: String, prefixes: Prefixes, names: inout Names) {
        self.entity = entity
        self.namespace = namespace
        self.prefixes = prefixes
        trie = PathTrie(entity, names: &names)
        plan = WritingPlan(entity, prefixes: prefixes)
        choosing = plan.choosing
    }

    /// Whether a criterion there says which of the items of a relation the answer is to hold.
    func isChoosing(_ path: String) -> Bool { choosing.contains(path) }
}

/// Which prefix each namespace is written with: the model's own.
struct Prefixes: Sendable {
    /// In the order in which they are declared.
    let all: [(prefix: String, namespace: String)]

    init(_ models: Models) {
        var all: [(prefix: String, namespace: String)] = []
        for model in models.all {
            if case .stuf(let namespace, let prefix) = model.kind { all.append((prefix, namespace)) }
        }
        all.append(("StUF", Namespace.stuf))
        all.append(("xsi", Vocabulary.xsi))
        all.append(("xmime", Namespace.xmime))
        self.all = all
    }

    func tag(_ local: some StringProtocol, in namespace: String) -> Tag {
        Tag(prefix: all.first { $0.namespace == namespace }?.prefix ?? "", local: String(local))
    }

    /// Declares all of them on the element that was just started.
    func declare(on writer: inout Writer) {
        for (prefix, namespace) in all { writer.declare(prefix: prefix, namespace: namespace) }
    }
}
