internal import Diagnostics
internal import HTTP
internal import Model
internal import Record
internal import Resources

/// A question that was asked with a document, read: BRP personen's `RaadpleegMetBurgerservicenummer` and its searches.
struct DocumentQuestion: Sendable {
    let kind: APIQuestion
    /// What is wanted of each object that is found.
    let fields: Fields
    private(set) var criteria: [Question.Criterion] = []
    /// What is found only when it is asked to be: the property and its value.
    private(set) var passedOver: [(path: String, value: [UInt8])] = []
    /// Dates that have to be known wholly.
    private(set) var dates: [String] = []

    /// - Throws: ``ServingFailure`` `bodyRefused`, or `parameterRefused` with everything that is wrong.
    init(
        _ head: RequestHead, _ body: [UInt8], of collection: ServedCollection, depth: Int
    ) throws(ServingFailure) {
        let document = try QuestionDocument(body, depth: depth)
        var faults = Faults()
        for item in head.queryItems { faults.unexpected(item.name) }
        guard let kind = Self.kind(document, collection.questions, &faults) else { throw faults.failure }
        self.kind = kind
        fields = FieldPaths(collection, kind).read(document["fields"], &faults)
        let known = Set(kind.parameters.map(\.name) + ["type", "fields"])
        for (name, _) in document.values where !known.contains(name) { faults.unexpected(name) }
        for parameter in kind.parameters {
            read(parameter, document[parameter.name], collection.entity, &faults)
        }
        guard faults.all.isEmpty else { throw faults.failure }
    }

    private static func kind(
        _ document: QuestionDocument, _ questions: [APIQuestion], _ faults: inout Faults
    ) -> APIQuestion? {
        guard case .text(let name)? = document["type"] else {
            if document["type"] == nil { faults.add("type", .required) } else { faults.add("type", .value) }
            return nil
        }
        let kind = questions.first { $0.name == name }
        if kind == nil { faults.add("type", .value) }
        return kind
    }

    // MARK: Parameters

    private mutating func read(
        _ parameter: APIQuestion.Parameter, _ value: QuestionDocument.Value?, _ entity: Entity,
        _ faults: inout Faults
    ) {
        if case .includes(let special) = parameter.use {
            return readInclusion(parameter, value, special, &faults)
        }
        guard let value else {
            if parameter.isRequired { faults.add(parameter.name, .required) }
            return
        }
        guard let type = entity.resolve(parameter.path).element?.type else { return }
        if parameter.isList { return readList(parameter, value, type, &faults) }
        guard let bytes = canonical(value, parameter, type, parameter.name, &faults) else { return }
        if type.base == .datum { dates.append(parameter.path) }
        if case .like = parameter.use {
            criteria += Self.like(parameter.path, bytes)
        } else {
            criteria.append(Question.Criterion(path: parameter.path, comparison: .equals, value: bytes))
        }
    }

    private mutating func readInclusion(
        _ parameter: APIQuestion.Parameter, _ value: QuestionDocument.Value?, _ special: String,
        _ faults: inout Faults
    ) {
        switch value {
        case .flag(true)?: return
        case nil, .flag(false)?: passedOver.append((parameter.path, Array(special.utf8)))
        default: faults.add(parameter.name, .boolean)
        }
    }

    private mutating func readList(
        _ parameter: APIQuestion.Parameter, _ value: QuestionDocument.Value, _ type: ElementType,
        _ faults: inout Faults
    ) {
        guard case .list(let items) = value else { return faults.add(parameter.name, .array) }
        guard !items.isEmpty else { return faults.add(parameter.name, .minItems(1)) }
        let most = parameter.limit ?? Parameters.longest
        guard items.count <= most else { return faults.add(parameter.name, .maxItems(most)) }
        let values = items.enumerated().compactMap { index, item in
            canonical(item, parameter, type, "\(parameter.name).\(index)", &faults)
        }
        criteria.append(Question.Criterion(path: parameter.path, comparison: .oneOf, values: values))
    }

    /// The value as the property's type has it; nil, and a fault, when it cannot have it.
    private func canonical(
        _ value: QuestionDocument.Value, _ parameter: APIQuestion.Parameter, _ type: ElementType,
        _ name: String, _ faults: inout Faults
    ) -> [UInt8]? {
        switch (type.base, value) {
        case (.integer, .number(let text)):
            guard text.count <= 9, let number = Int(text) else { break }
            guard number >= 1 else {
                faults.add(name, .minimum(1))
                return nil
            }
            guard type.maxLength.map({ String(number).count <= $0 }) ?? true else {
                faults.add(name, .maximum(Self.largest(of: type)))
                return nil
            }
            return Array(String(number).utf8)
        case (.datum, .text(let text)):
            if let bytes = type.canonical(parameter: text) { return bytes }
        case (.text, .text(let text)):
            guard parameter.accepts(text) else {
                faults.add(name, .pattern)
                return nil
            }
            // The document may show a blank that the property has no room for: `1234 AB`.
            let isTooLong = type.maxLength.map { text.unicodeScalars.count > $0 } ?? false
            return Array((isTooLong ? text.filter { $0 != " " } : text).utf8)
        default: break
        }
        faults.add(name, Fault.wrongKind(type.base))
        return nil
    }

    /// The largest number of its digits.
    static func largest(of type: ElementType) -> Int {
        (0..<min(type.maxLength ?? 9, 9)).reduce(0) { number, _ in number * 10 + 9 }
    }

    /// `*` at an end stands for anything.
    private static func like(_ path: String, _ bytes: [UInt8]) -> [Question.Criterion] {
        let star = UInt8(ascii: "*")
        func criterion(_ comparison: Question.Comparison, _ bytes: some Sequence<UInt8>) -> Question.Criterion
        {
            var criterion = Question.Criterion(
                path: path, comparison: comparison, value: FoldedText.of(bytes))
            criterion.isFolded = true
            return criterion
        }
        if bytes.first == star { return [criterion(.ends, bytes.dropFirst())] }
        guard bytes.last == star else { return [criterion(.equals, bytes)] }
        let first = criterion(.atLeast, bytes.dropLast())
        var behind = first
        behind.comparison = .below
        // No byte of UTF-8 is 0xFF: what begins with the text lies before the text followed by that.
        behind.values = [first.value + [0xFF]]
        return [first, behind]
    }

    // MARK: What is found

    /// The objects that it names by their key.
    func keys(_ source: StoreSource) -> [ObjectKey] {
        guard let resource = source.library.resource(kind.resource), resource.entity.key.count == 1,
            let criterion = criteria.first(where: { $0.path == resource.entity.key.first })
        else { return [] }
        return criterion.values.map { value in
            let bytes = Resource.criterion(criterion.path, value, hash: source.hash)
            return ObjectKey(
                tenant: source.tenant, resource: kind.resource,
                values: [String(decoding: bytes, as: UTF8.self)])
        }
    }

    /// Whether an object that meets the criteria is one to answer with.
    func wants(_ object: StoredObject) -> Bool {
        let (shape, record) = (object.resource.shape, object.stored.record)
        let isPassedOver = passedOver.contains { path, value in
            shape.node(path).map { record.bytes($0).elementsEqual(value) } ?? false
        }
        let isKnown = dates.allSatisfy { path in
            shape.node(path).map { record.slot($0).precision == .full } ?? false
        }
        return !isPassedOver && isKnown
    }
}

extension APIQuestion.Parameter {
    /// Whether a text meets its pattern.
    func accepts(_ text: String) -> Bool {
        guard let pattern, text.utf8.count <= 1_000 else { return pattern == nil }
        // Patterns are checked when the model is read.
        guard let expression = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return false }
        return text.wholeMatch(of: expression) != nil
    }
}

extension StoreSource {
    /// What meets a question, at most one more than so many.
    func some(
        _ question: DocumentQuestion, limit: Int
    ) throws(ServingFailure) -> [StoredObject] {
        var page = Question(
            resource: question.kind.resource, criteria: question.criteria, limit: 100, caller: .local)
        var found: [StoredObject] = []
        while found.count <= limit {
            let part = try self.page(page)
            found += part.objects.filter(question.wants)
            guard let next = part.next else { break }
            page.after = next
        }
        return found
    }
}
