import Diagnostics

/// Works out what types allow, each once.
struct ContentReader {
    /// Types that derive from each other, and groups within groups.
    static let depthLimit = 64

    let set: SchemaSet
    private var known: [QName: Content] = [:]
    private var depth = 0

    init(_ set: SchemaSet) { self.set = set }

    /// What the type of an element allows.
    mutating func content(of particle: Content.Particle) throws(ModelImportFailure) -> Content {
        if let type = particle.type { return try content(of: type, askedAt: particle.location) }
        guard let inline = particle.inline else { return Content() }
        return try read(inline)
    }

    mutating func content(
        of type: QName, askedAt location: SourceLocation
    ) throws(ModelImportFailure) -> Content {
        if type.namespace == SchemaDocument.namespace {
            var content = Content()
            if type.local != "anyType" { content.facets = Facets(base: type.local) }
            return content
        }
        if let content = known[type] { return content }
        guard let component = set.component(.type, type) else {
            throw ModelImportFailure(
                .schemaNameUnknown, at: location, place: type.local, "no schema file defines this type")
        }
        var content = try read(component)
        content.facets?.names.insert(type, at: 0)
        known[type] = content
        return content
    }

    private mutating func read(_ component: SchemaSet.Component) throws(ModelImportFailure) -> Content {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw ModelImportFailure(
                .schemaTooDeep, at: component.location(in: set),
                "types derive from each other more than \(Self.depthLimit) deep, or in a circle")
        }
        var content = Content()
        if component.node.kind == "simpleType" {
            content.facets = try facets(of: component)
            return content
        }
        try add(component.node.children, of: component.document, to: &content, least: 1, most: 1)
        return content
    }

    // MARK: Complex types

    private mutating func add(
        _ nodes: [SchemaNode], of document: Int, to content: inout Content, least: Int, most: Int?
    ) throws(ModelImportFailure) {
        for node in nodes {
            let (low, high) = bounds(of: node)
            let least = least * low
            let outer = most
            let most = high.flatMap { high in most.map { $0.multipliedReportingOverflow(by: high) } }
                .flatMap { $0.overflow ? nil : $0.partialValue }
            switch node.kind {
            case "sequence", "all":
                try add(node.children, of: document, to: &content, least: least, most: most)
            case "choice":
                // A choice that is made as often as it has branches is a group in any order.
                let isUnordered = high.map { $0 <= node.children.count } ?? false
                try add(
                    node.children, of: document, to: &content, least: 0, most: isUnordered ? outer : most)
            case "element":
                try addElement(node, of: document, to: &content, least: least, most: most)
            case "group":
                guard let reference = node["ref"] else { continue }
                let group = try component(.group, reference, node, document)
                try nested(group) { (reader) throws(ModelImportFailure) in
                    try reader.add(
                        group.node.children, of: group.document, to: &content, least: least, most: most)
                }
            case "attribute", "attributeGroup": try addAttribute(node, of: document, to: &content)
            case "complexContent", "simpleContent":
                try addDerived(node, of: document, to: &content)
            default: continue
            }
        }
    }

    private mutating func nested(
        _ component: SchemaSet.Component,
        _ body: (inout ContentReader) throws(ModelImportFailure) -> Void
    ) throws(ModelImportFailure) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw ModelImportFailure(
                .schemaTooDeep, at: component.location(in: set), "it would stand inside itself")
        }
        try body(&self)
    }

    private func bounds(of node: SchemaNode) -> (Int, Int?) {
        let least = node["minOccurs"].flatMap { Int($0) }.map { min(max($0, 0), 1) } ?? 1
        guard let most = node["maxOccurs"] else { return (least, 1) }
        return (least, most == "unbounded" ? nil : Int(most))
    }

    private mutating func addElement(
        _ node: SchemaNode, of document: Int, to content: inout Content, least: Int, most: Int?
    ) throws(ModelImportFailure) {
        guard most != 0 else { return }
        let location = SourceLocation(file: set.documents[document].file, line: node.line, column: 1)
        guard let reference = node["ref"] else {
            let schema = set.documents[document]
            let isQualified = node["form"].map { $0 == "qualified" } ?? schema.isQualified
            content.add(
                try particle(
                    node, QName(namespace: isQualified ? schema.namespace : "", local: node["name"] ?? ""),
                    of: document, least, most, location))
            return
        }
        let name = try set.name(reference, in: document)
        let found = try component(.element, reference, node, document)
        content.add(try particle(found.node, name, of: found.document, least, most, location))
        for substitute in set.substitutes[name, default: []] {
            guard let found = set.component(.element, substitute) else { continue }
            content.add(try particle(found.node, substitute, of: found.document, 0, most, location))
        }
    }

    private func particle(
        _ node: SchemaNode, _ name: QName, of document: Int, _ least: Int, _ most: Int?,
        _ location: SourceLocation
    ) throws(ModelImportFailure) -> Content.Particle {
        Content.Particle(
            name: name,
            type: try node["type"].map { (type) throws(ModelImportFailure) in try set.name(type, in: document)
            },
            inline: node.child("complexType", "simpleType").map {
                SchemaSet.Component(node: $0, document: document)
            }, least: least, most: most, location: location)
    }

    private func component(
        _ kind: SchemaSet.Kind, _ reference: String, _ node: SchemaNode, _ document: Int
    ) throws(ModelImportFailure) -> SchemaSet.Component {
        guard let found = set.component(kind, try set.name(reference, in: document)) else {
            throw ModelImportFailure(
                .schemaNameUnknown,
                at: SourceLocation(file: set.documents[document].file, line: node.line, column: 1),
                place: reference, "no schema file defines it")
        }
        return found
    }

    /// `extension` adds to its base, `restriction` says again what it keeps.
    private mutating func addDerived(
        _ node: SchemaNode, of document: Int, to content: inout Content
    ) throws(ModelImportFailure) {
        guard let derivation = node.child("extension", "restriction"), let base = derivation["base"] else {
            return
        }
        let location = SourceLocation(
            file: set.documents[document].file, line: derivation.line, column: 1)
        let inherited = try self.content(of: try set.name(base, in: document), askedAt: location)
        content.attributes = inherited.attributes
        if derivation.kind == "extension" { content.particles = inherited.particles }
        if var facets = inherited.facets {
            narrow(&facets, by: derivation.children)
            content.facets = facets
        }
        try add(derivation.children, of: document, to: &content, least: 1, most: 1)
    }

    // MARK: Attributes

    private mutating func addAttribute(
        _ node: SchemaNode, of document: Int, to content: inout Content
    ) throws(ModelImportFailure) {
        if node.kind == "attributeGroup" {
            guard let reference = node["ref"] else { return }
            let group = try component(.attributeGroup, reference, node, document)
            return try nested(group) { (reader) throws(ModelImportFailure) in
                try reader.add(group.node.children, of: group.document, to: &content, least: 1, most: 1)
            }
        }
        var declaration = node
        var home = document
        var name = QName(namespace: "", local: node["name"] ?? "")
        if let reference = node["ref"] {
            name = try set.name(reference, in: document)
            // What `xml:lang` means is known without its schema.
            if let found = set.component(.attribute, name) {
                declaration = found.node
                home = found.document
            }
        }
        guard node["use"] != "prohibited" else {
            content.attributes.removeAll { $0.name == name }
            return
        }
        content.add(
            Content.Attribute(
                name: name, isRequired: node["use"] == "required",
                fixed: node["fixed"] ?? declaration["fixed"],
                facets: try facets(ofAttribute: declaration, home)))
    }

    private mutating func facets(
        ofAttribute node: SchemaNode, _ document: Int
    ) throws(ModelImportFailure) -> Facets {
        let location = SourceLocation(file: set.documents[document].file, line: node.line, column: 1)
        if let type = node["type"] {
            return try content(of: try set.name(type, in: document), askedAt: location).facets ?? Facets()
        }
        guard let inline = node.child("simpleType") else { return Facets() }
        return try read(SchemaSet.Component(node: inline, document: document)).facets ?? Facets()
    }

    // MARK: Simple types

    private mutating func facets(of component: SchemaSet.Component) throws(ModelImportFailure) -> Facets {
        guard let restriction = component.node.child("restriction") else {
            // A list or union is a text of any length.
            return Facets()
        }
        var facets = Facets()
        if let base = restriction["base"] {
            let name = try set.name(base, in: component.document)
            facets = try content(of: name, askedAt: component.location(in: set)).facets ?? Facets()
        } else if let inline = restriction.child("simpleType") {
            facets =
                try read(SchemaSet.Component(node: inline, document: component.document)).facets ?? Facets()
        }
        narrow(&facets, by: restriction.children)
        return facets
    }

    /// Facets that are not known bound nothing that a model says.
    private func narrow(_ facets: inout Facets, by nodes: [SchemaNode]) {
        let values = nodes.filter { $0.kind == "enumeration" }.compactMap { $0["value"] }
        if !values.isEmpty { facets.enumeration = values }
        let patterns = nodes.filter { $0.kind == "pattern" }.compactMap { $0["value"] }
        if !patterns.isEmpty { facets.patterns = patterns }
        for node in nodes {
            let number = node["value"].flatMap { Int($0) }
            switch node.kind {
            case "length": (facets.minLength, facets.maxLength) = (number, number)
            case "minLength": facets.minLength = number
            case "maxLength": facets.maxLength = number
            case "totalDigits": facets.totalDigits = number
            case "fractionDigits": facets.fractionDigits = number
            case "maxInclusive": facets.maxInclusive = node["value"]
            default: continue
            }
        }
    }
}
