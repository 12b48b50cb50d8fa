package import Crypto
internal import Model
package import Record

extension Resource {
    /// The values by which a stored object can be found, each with its path: its key, the keys of what its root links to,
    /// its root's dates and enumerations, the object that a child is there to link to, what identifies a child, and the
    /// numbers of persons anywhere in it, as keyed hashes; and what the questions need that its API is asked.
    ///
    /// A ``Question`` may filter on these paths and on no others.
    package func findable(in record: Record, hash: KeyedHash) -> [(path: String, value: [UInt8])] {
        var found: [(path: String, value: [UInt8])] = []
        findPlan.collect(Record.root, of: record, hash: hash, into: &found)
        return found
    }

    /// Whether questions may filter on that path of the root.
    fileprivate func isFindable(_ index: Int, _ path: String) -> Bool {
        Self.isFindable(index, path, of: shape, entity, asked)
    }

    fileprivate static func isFindable(
        _ index: Int, _ path: String, of shape: Shape, _ entity: Entity, _ asked: AskedPaths
    ) -> Bool {
        let node = shape.nodes[index]
        if node.isGroup { return false }
        if entity.key.contains(path) || node.type.base == .datum || !node.type.enumeration.isEmpty
            || asked.exactly.contains(path)
        {
            return true
        }
        guard let parent = shape.layout.nodes[index].parent else { return false }
        return shape.nodes[parent].link != nil
    }

    /// The criterion on what ``findable(in:hash:)`` gives.
    package static func finding(_ criterion: Question.Criterion, hash: KeyedHash) -> Question.Criterion {
        var criterion = criterion
        criterion.values = criterion.values.map { Self.criterion(criterion.path, $0, hash: hash) }
        if criterion.isFolded { criterion.path += AskedPaths.mark }
        criterion.isFolded = false
        return criterion
    }

    /// The value of a criterion as ``findable(in:hash:)`` gives it.
    package static func criterion(_ path: String, _ value: [UInt8], hash: KeyedHash) -> [UInt8] {
        Personal.isPersonal(path) ? Array(hash.text(value).utf8) : value
    }
}

extension ResourceLibrary {
    /// A number for the values that ``Resource/findable(in:hash:)`` gives, which differs where they do: with other paths,
    /// another key, or another way to spell a value, which the word at its front stands for.
    package func findingRules(_ hash: KeyedHash) -> Int64 {
        var words = ["1", hash.id]
        for name in names { words += [name] + (resource(name)?.findPlan.words ?? []) }
        let digest = SHA256.digest(Array(words.joined(separator: "\n").utf8))
        return digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) } & .max
    }
}

/// What the questions that an API is asked require: the store finds by it.
struct AskedPaths: Sendable {
    /// As it is.
    let exactly: Set<String>
    /// Without its case and marks.
    let folded: Set<String>

    /// Behind the path of a folded value.
    static let mark = "~"

    init(_ questions: [APIQuestion]) {
        let required = questions.flatMap(\.parameters).filter(\.isRequired)
        exactly = Set(required.filter { $0.use == .equals }.map(\.path))
        folded = Set(required.filter { $0.use == .like }.map(\.path))
    }
}

/// Where in a frame the values stand by which objects are found, worked out once for each shape.
struct FindPlan: Sendable {
    private enum Place: Sendable {
        case value(Int, path: String)
        /// As a keyed hash.
        case person(Int, path: String)
        /// Without its case and marks.
        case folded(Int, path: String)
        case items(Int, FindPlan)
    }

    private let places: [Place]

    /// - Parameter within: paths into repeats by which objects are found.
    init(_ shape: Shape, _ entity: Entity, within: [String], asked: AskedPaths) {
        let plan = FindPlan(shape, prefix: "") { index, path, isRoot in
            isRoot ? Resource.isFindable(index, path, of: shape, entity, asked) : within.contains(path)
        }
        let folded = asked.folded.sorted().compactMap { path in
            shape.node(path).map { Place.folded($0, path: path + AskedPaths.mark) }
        }
        places = plan.places + folded
    }

    private init(_ shape: Shape, prefix: String, _ isFindable: (Int, String, _ isRoot: Bool) -> Bool) {
        places = shape.nodes.indices.compactMap { index in
            let path = prefix + shape.layout.nodes[index].path
            if let items = shape.nodes[index].items {
                let plan = FindPlan(items, prefix: "\(path).", isFindable)
                return plan.places.isEmpty ? nil : .items(index, plan)
            }
            if Personal.isPersonal(path) { return .person(index, path: path) }
            return isFindable(index, path, prefix.isEmpty) ? .value(index, path: path) : nil
        }
    }

    /// What it collects, in words.
    var words: [String] {
        places.flatMap { place -> [String] in
            switch place {
            case .value(_, let path): [path]
            case .person(_, let path): ["\(path) hashed"]
            case .folded(_, let path): ["\(path) folded"]
            case .items(_, let plan): plan.words
            }
        }
    }

    func collect(
        _ frame: Record.Frame, of record: borrowing Record, hash: KeyedHash,
        into found: inout [(path: String, value: [UInt8])]
    ) {
        for place in places {
            switch place {
            case .value(let index, let path):
                guard record.slot(index, in: frame).standing == .value else { continue }
                found.append((path, Array(record.bytes(index, in: frame))))
            case .person(let index, let path):
                guard record.slot(index, in: frame).standing == .value else { continue }
                found.append((path, Array(hash.text(record.bytes(index, in: frame)).utf8)))
            case .folded(let index, let path):
                guard record.slot(index, in: frame).standing == .value else { continue }
                found.append((path, FoldedText.of(record.bytes(index, in: frame))))
            case .items(let index, let plan):
                var item = record.firstItem(index, in: frame)
                while let next = item {
                    plan.collect(next, of: record, hash: hash, into: &found)
                    item = record.nextItem(after: next)
                }
            }
        }
    }
}

extension Resource {
    /// Whether ``findable(in:hash:)`` gives values for that path.
    package func canFind(_ path: String) -> Bool {
        if Personal.isPersonal(path) || foundWithin.contains(path) { return true }
        return shape.node(path).map { isFindable($0, path) } ?? false
    }

    /// Whether ``findable(in:hash:)`` gives what the criterion compares.
    package func canFind(_ criterion: Question.Criterion) -> Bool {
        criterion.isFolded ? asked.folded.contains(criterion.path) : canFind(criterion.path)
    }

    /// Whether objects are found by these criteria without looking at the records: two on one repeat have to be met by
    /// one of its items, which no index tells.
    package func canFind(_ criteria: [Question.Criterion]) -> Bool {
        let repeats = criteria.compactMap { shape.repeatOn($0.path[...]) }
        return criteria.allSatisfy { canFind($0) } && Set(repeats).count == repeats.count
    }

    /// Whether the record meets all criteria; those on members of one repeat are met by one of its items.
    package func meets(_ criteria: [Question.Criterion], _ record: Record) -> Bool {
        meets(criteria.map { (path: $0.path[...], criterion: $0) }, shape, Record.root, record)
    }

    /// Whether a child meets all criteria, which name the child's own properties.
    package func meets(_ criteria: [Question.Criterion], _ child: Shape.ChildPlace, of record: Record)
        -> Bool
    {
        meets(
            criteria.map { (path: (child.prefix + $0.path)[...], criterion: $0) }, child.shape, child.frame,
            record)
    }

    private typealias Wish = (path: Substring, criterion: Question.Criterion)

    private func meets(_ wishes: [Wish], _ shape: Shape, _ frame: Record.Frame, _ record: Record) -> Bool {
        var byRepeat: [Int: [Wish]] = [:]
        for wish in wishes {
            if let node = shape.node(String(wish.path)), shape.nodes[node].items == nil {
                let slot = record.slot(node, in: frame)
                let isMet =
                    slot.standing == .value && !shape.nodes[node].isGroup
                    ? wish.criterion.accepts(record.bytes(of: slot))
                    : wish.criterion.comparison == .absent && slot.standing != .value
                guard isMet else { return false }
            } else if let index = shape.repeatOn(wish.path) {
                let rest = wish.path.dropFirst(shape.layout.nodes[index].path.count + 1)
                byRepeat[index, default: []].append((rest, wish.criterion))
            } else {
                return false
            }
        }
        return byRepeat.allSatisfy { index, wishes in
            guard let items = shape.nodes[index].items else { return false }
            return record.items(index, in: frame).contains { meets(wishes, items, $0, record) }
        }
    }
}

extension Shape {
    /// Paths of the links that alone tell the items of a child apart.
    var associations: [String] {
        nodes.indices.compactMap { index in
            let node = nodes[index]
            guard let items = node.items, let equal = node.child?.match.equal, equal.count == 1,
                let member = items.node(equal[0]), let parent = items.layout.nodes[member].parent,
                items.nodes[parent].link != nil
            else { return nil }
            return "\(layout.nodes[index].path).\(equal[0])"
        }
    }

    /// Paths of what identifies the items of children.
    var identifiers: [String] {
        nodes.indices.flatMap { index in
            (nodes[index].child?.match.identifiers ?? []).map { "\(layout.nodes[index].path).\($0)" }
        }
    }

    /// The repeat that the path leads through first.
    fileprivate func repeatOn(_ path: Substring) -> Int? {
        nodes.indices.first { nodes[$0].items != nil && path.hasPrefix("\(layout.nodes[$0].path).") }
    }
}
