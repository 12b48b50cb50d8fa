import Diagnostics
import Model
import Record

/// Derives models from a tree of StUF schemas: one for each namespace that a wanted object needs.
package struct StUFDeriver {
    /// Objects within objects; deeper ones are known by name only.
    static let depthLimit = 24

    /// An element's type as a kennisgeving has it and as an answer has it.
    struct Shape: Hashable {
        var change: QName
        var answer: QName?
    }

    let schemas: SchemaSet
    var reader: ContentReader
    let names: StUFNames
    /// Members of each shape, worked out once.
    private(set) var shapes: [Shape: [DerivedElement]] = [:]
    private var namespaces: Set<String> = []
    /// Which shape a `like` stands for, while names are not given yet.
    private(set) var markers: [String: Shape] = [:]
    private(set) var uses: [String: Int] = [:]
    /// Which marker stands for members, by namespace.
    private var twins: [String: [[DerivedElement]: String]] = [:]
    private var stack: [Shape] = []

    /// - Parameters:
    ///   - entries: the schema files that include and import the rest; the first gives the namespace of names
    ///     without one.
    ///   - contents: the bytes of a file; nil when it cannot be read.
    package init(
        entries: [String], contents: @escaping (String) -> [UInt8]?
    ) throws(ModelImportFailure) {
        schemas = try SchemaSet(entries: entries, contents: contents)
        reader = ContentReader(schemas)
        names = StUFNames(set: schemas)
    }

    /// The objects that are taken when none are named.
    package var usual: [String] { names.objects(in: schemas.entryNamespace) }

    /// The names of the models that can come of it, that of the entry schema first.
    package var models: [String] {
        let others = schemas.namespaces.filter { $0 != schemas.entryNamespace }
        return [Self.model(of: schemas.entryNamespace)] + others.map(Self.model).sorted()
    }

    /// What the entry schemas call themselves: their files and versions.
    package var title: String {
        let names = schemas.entries.map { document in
            let name = document.file.split(separator: "/").last.map(String.init) ?? document.file
            return name + (document.root["version"].map { " (version \($0))" } ?? "")
        }
        return names.joined(separator: ", ")
    }

    /// The objects there are, as `bg0310:NPS`; those of the entry schema's own namespace without their model.
    package var objects: [String] {
        schemas.namespaces.flatMap { namespace in
            names.objects(in: namespace).map { name in
                namespace == schemas.entryNamespace ? name : "\(Self.model(of: namespace)):\(name)"
            }
        }
    }

    /// - Parameter wanted: `ZAK`, `bg0310:NPS`; empty is every object of the entry schema's own namespace.
    /// - Returns: the models in the order of their names.
    package mutating func derive(_ wanted: [String]) throws(ModelImportFailure) -> [DerivedModel] {
        let wanted = wanted.isEmpty ? usual : wanted
        var entities: [String: [DerivedEntity]] = [:]
        for name in wanted {
            let (namespace, object) = try find(name)
            entities[namespace, default: []].append(try entity(object, in: namespace))
        }
        guard !entities.isEmpty else {
            throw ModelImportFailure(
                .objectUnknown, place: schemas.documents.first?.file,
                "the schema has no object with a kennisgeving or an antwoord")
        }
        return assemble(entities)
    }

    private func find(_ name: String) throws(ModelImportFailure) -> (String, String) {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        let object = parts.last ?? name
        let all = schemas.namespaces
        let candidates =
            parts.count == 2 ? all.filter { Self.model(of: $0) == parts[0] } : [schemas.entryNamespace] + all
        for namespace in candidates where names.view(of: object, in: namespace) != nil {
            return (namespace, object)
        }
        throw ModelImportFailure(.objectUnknown, place: name, nearestHint(name))
    }

    private func nearestHint(_ name: String) -> String? {
        let near = objects.filter { $0.hasSuffix(":\(name)") }.first
        return near.map { "did you mean `\($0)`?" }
    }

    // MARK: Objects

    private mutating func entity(
        _ object: String, in namespace: String
    ) throws(ModelImportFailure) -> DerivedEntity {
        guard let change = names.view(of: object, in: namespace) else {
            throw ModelImportFailure(.objectUnknown, place: object)
        }
        let shape = Shape(change: change, answer: names.answer(of: object, in: namespace))
        return DerivedEntity(name: object, elements: try members(of: shape))
    }

    private mutating func members(of shape: Shape) throws(ModelImportFailure) -> [DerivedElement] {
        if let known = shapes[shape] { return known }
        stack.append(shape)
        defer { stack.removeLast() }
        let location = schemas.component(.type, shape.change)?.location(in: schemas)
        let place = location ?? SourceLocation(file: "", line: 1, column: 1)
        let change = try reader.content(of: shape.change, askedAt: place)
        let answer = try shape.answer.map { (type) throws(ModelImportFailure) in
            try reader.content(of: type, askedAt: place)
        }
        let members = try elements(of: change, answer, in: shape.change)
        shapes[shape] = members
        return members
    }

    /// Elements of both contents, in the order of the schema; what only an answer has is marked so.
    private mutating func elements(
        of change: Content, _ answer: Content?, in type: QName?
    ) throws(ModelImportFailure) -> [DerivedElement] {
        let kern = change.fixed("entiteittype") == nil ? [] : try kerngegevens(of: type)
        var elements: [DerivedElement] = []
        for particle in merged(change.particles, answer?.particles ?? [])
        where !Self.isProtocol(particle.name) {
            let said = change.particle(particle.name.local)
            let answered = answer?.particle(particle.name.local)
            var element = try self.element(said ?? particle, said == nil ? nil : answered)
            element.isAnswerOnly = said == nil
            // An answer may leave out what a kennisgeving must say, and repeat what that says once.
            if said != nil, element.form.isLeaf, answered?.isRepeat == true { element.isRepeat = true }
            if element.form.isLeaf, !element.isMetagegeven, kern.contains(element.name) {
                element.isKerngegeven = true
            }
            elements.append(element)
        }
        return elements
    }

    /// The order of both: what stands in the second alone comes behind what stands before it there.
    private func merged(
        _ first: [Content.Particle], _ second: [Content.Particle]
    ) -> [Content.Particle] {
        var all = first
        var index = 0
        for particle in second {
            if let place = all.firstIndex(where: { $0.name == particle.name }) {
                index = place + 1
            } else {
                all.insert(particle, at: min(index, all.count))
                index += 1
            }
        }
        return all
    }

    /// What StUF itself says of an object or field (marks, history, what a supplier adds), which no mapping names.
    private static func isProtocol(_ name: QName) -> Bool {
        name.namespace.contains("/StUF/StUF")
            || [
                "historieMaterieel", "historieFormeel", "historieFormeelRelatie", "inOnderzoek",
                "aanduidingStrijdigheidNietigheid", "extraElementen", "aanvullendeElementen",
                "tijdvakGeldigheid", "tijdvakRelatie", "tijdstipRegistratie",
            ].contains(name.local)
    }

    private mutating func kerngegevens(of type: QName?) throws(ModelImportFailure) -> Set<String> {
        guard let type, type.local.contains("-"), let kern = names.kerngegevens(of: type) else { return [] }
        let place = SourceLocation(file: kern.local, line: 1, column: 1)
        return Set(try reader.content(of: kern, askedAt: place).particles.map(\.name.local))
    }

    // MARK: Elements

    /// - Parameter answer: the same element in an answer; nil when there is none, or the element is an answer's only.
    private mutating func element(
        _ particle: Content.Particle, _ answer: Content.Particle?
    ) throws(ModelImportFailure) -> DerivedElement {
        let content = try reader.content(of: particle)
        var element = DerivedElement(particle.name.local, .group)
        element.isRepeat = particle.isRepeat
        if let facets = content.facets, content.particles.isEmpty {
            let isIncomplete = content.attributes.contains { $0.name.local == "indOnvolledigeDatum" }
            element.form = .leaf(facets.type(allowsIncomplete: isIncomplete))
            element.isRequired = particle.least > 0
            element.isMetagegeven = content.attributes.contains { $0.name.local == "metagegeven" }
            if content.attributes.contains(where: { $0.name.local == "kerngegeven" }) {
                element.isKerngegeven = true
            }
            element.members = attributes(of: content)
            return element
        }
        if let entiteittype = content.fixed("entiteittype") {
            let isRelation = content.particle("gerelateerde") != nil
            element.role = isRelation ? .relation(entiteittype) : .object(entiteittype)
        }
        guard !content.particles.isEmpty, stack.count < Self.depthLimit else {
            element.form = .opaque
            return element
        }
        guard !content.particles.allSatisfy(Self.isGeometry) else {
            element.form = .leaf(ElementType(.geometrie))
            element.isRequired = particle.least > 0
            return element
        }
        try fill(&element, particle, content, answer)
        return element
    }

    private mutating func fill(
        _ element: inout DerivedElement, _ particle: Content.Particle, _ content: Content,
        _ answer: Content.Particle?
    ) throws(ModelImportFailure) {
        guard var change = particle.type else {
            element.members = try elements(of: content, nil, in: nil)
            return
        }
        // Of an object at the end of a relation its kerngegevens are enough: an answer could nest without end.
        let isEnd =
            particle.name.local == "gerelateerde" || stack.last?.change.local.hasSuffix("Antwoord") == true
        if isEnd, change.local.hasSuffix("Antwoord") || change.local.hasSuffix("-antwoord") {
            change = names.kerngegevens(of: change) ?? change
        }
        let shape = Shape(change: change, answer: isEnd || answer?.type == change ? nil : answer?.type)
        guard !stack.contains(where: { $0.change == shape.change }) else {
            element.form = .opaque
            return
        }
        let members = try members(of: shape)
        // Types that differ in name alone are one group, of which the first gives the name.
        let namespace = shape.change.namespace
        let marker =
            twins[namespace, default: [:]][members]
            ?? "\(namespace)\n\(shape.change.local)\n\(shape.answer?.local ?? "")"
        twins[namespace, default: [:]][members] = marker
        if markers[marker] == nil { markers[marker] = shape }
        uses[marker, default: 0] += 1
        element.form = members.isEmpty ? .opaque : .like(marker)
    }

    private func attributes(of content: Content) -> [DerivedElement] {
        content.attributes.compactMap { attribute in
            let isOfStUF = attribute.name.namespace.contains("/StUF/StUF")
            let isOfXmime = attribute.name.namespace == Namespace.xmime
            guard isOfStUF ? attribute.name.local == "bestandsnaam" : isOfXmime else { return nil }
            let prefix = isOfStUF ? "StUF" : "xmime"
            var element = DerivedElement(
                "@\(prefix):\(attribute.name.local)", .leaf(attribute.facets.type(allowsIncomplete: false)))
            element.isRequired = attribute.isRequired
            return element
        }
    }

    /// GML, which the language has a type of its own for.
    private static func isGeometry(_ particle: Content.Particle) -> Bool {
        particle.name.namespace.contains("opengis.net")
    }

    /// `http://www.egem.nl/StUF/sector/zkn/0310` is `zkn0310`.
    static func model(of namespace: String) -> String {
        let parts = namespace.split { "/:#?".contains($0) }
            .map { $0.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } }
            .filter { !$0.isEmpty }
        guard let last = parts.last else { return "model" }
        let isNumber = last.allSatisfy(\.isNumber)
        return isNumber && parts.count > 1 ? parts[parts.count - 2] + last : last
    }
}

extension DerivedElement.Form {
    var isLeaf: Bool {
        if case .leaf = self { true } else { false }
    }
}
