internal import Model
internal import Record
internal import Resources

/// Reads `fields`: which properties an answer holds (BRP API Personen 2.7.0, PersonenQuery, fields).
struct FieldPaths {
    static let most = 130
    private let entity: Entity
    private let served: ServedFacts
    private let allowed: Fields
    private let excerpt: [String]?

    init(_ collection: ServedCollection, _ question: APIQuestion) {
        entity = collection.entity
        served = collection.served
        excerpt = question.answers
        var allowed = question.answers == nil ? Fields.whole : .none
        for path in question.answers ?? [] { allowed.insert(Self.steps(path)[...]) }
        self.allowed = allowed
    }

    func read(_ value: QuestionDocument.Value?, _ faults: inout Faults) -> Fields {
        guard let value else {
            faults.add("fields", .required)
            return .none
        }
        guard case .list(let items) = value else {
            faults.add("fields", .array)
            return .none
        }
        guard !items.isEmpty, items.count <= Self.most else {
            faults.add("fields", items.isEmpty ? .minItems(1) : .maxItems(Self.most))
            return .none
        }
        var fields = Fields.none
        for (index, item) in items.enumerated() {
            if case .text(let path) = item, let steps = resolved(Self.steps(path)) {
                fields.insert(steps[...])
            } else {
                faults.add("fields.\(index)", .fields)
            }
        }
        return fields.within(allowed)
    }

    /// Every path that can be asked for, in the order of the model.
    var all: [String] { paths(of: entity.elements, below: []).filter { resolved(Self.steps($0)) != nil } }

    private func paths(of elements: [Element], below prefix: [String]) -> [String] {
        elements.flatMap { element -> [String] in
            let path = prefix + [element.name]
            let name = path.joined(separator: ".")
            if element.type.base == .datum {
                return [name] + BRPDateParts.names.sorted().map { "\(name).\($0)" }
            }
            return [name] + paths(of: element.members, below: path)
        }
    }

    private static func steps(_ path: String) -> [String] {
        path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// The path of what is answered for it: of a part of a date, or of a value from a table, the whole; nil when it is no
    /// path to ask for.
    private func resolved(_ steps: [String]) -> [String]? {
        var elements = entity.elements
        var taken: [String] = []
        for step in steps {
            if taken.last != nil, elements.isEmpty {
                return isDate(taken) && BRPDateParts.names.contains(step) ? taken : nil
            }
            guard !served.automatic.contains(step),
                let element = elements.first(where: { $0.name == step }),
                !served.wholes.contains(taken.joined(separator: "."))
            else { return nil }
            if isTable(elements) { return taken }
            taken.append(step)
            elements = element.members
        }
        return isAllowed(taken) ? taken : nil
    }

    private func isDate(_ path: [String]) -> Bool {
        let type = entity.resolve(path.joined(separator: ".")).element?.type
        return type?.base == .datum && type?.spelling == .brp && isAllowed(path)
    }

    /// Whether these are a code and its meaning, which belong together.
    private func isTable(_ elements: [Element]) -> Bool {
        elements.contains { $0.name == "code" } && elements.contains { $0.name == "omschrijving" }
    }

    /// Whether the excerpt has it, or something in it.
    private func isAllowed(_ path: [String]) -> Bool {
        guard let excerpt else { return true }
        return excerpt.contains { allowed in
            let steps = Self.steps(allowed)
            return steps.starts(with: path) || path.starts(with: steps)
        }
    }
}

/// The properties of a date in the BRP API.
enum BRPDateParts {
    static let names: Set<String> = ["type", "datum", "jaar", "maand", "onbekend", "langFormaat"]
}
