internal import Mapping
internal import Model
internal import Record
internal import XML

/// The types of a WSDL: one schema for each namespace, its types derived from the models.
struct Schemas {
    private static let xs = "http://www.w3.org/2001/XMLSchema"

    /// A type that is to be written: the members of one element, in the namespace that they stand in.
    private struct GroupType {
        var name: String
        var element: Element
    }

    let prefixes: [(prefix: String, namespace: String)]
    private let operations: [Operation]
    private let entities: [(form: EntityForm, namespace: String)]
    /// By namespace: the types it declares, in the order in which they were met.
    private var types: [String: [GroupType]] = [:]
    private var names: [ObjectIdentifier: String] = [:]
    /// By namespace: elements that types of other namespaces refer to.
    private var shared: [String: Set<String>] = [:]

    init(_ operations: [Operation], _ forms: Forms) {
        self.operations = operations
        let own = forms.prefixes.all.filter { $0.prefix != "xsi" }
        let others = Set(operations.map(\.namespace)).filter { space in
            !own.contains { $0.namespace == space }
        }
        prefixes =
            own
            + others.sorted().enumerated().map { ("KV\($0.offset == 0 ? "" : "\($0.offset)")", $0.element) }
            + [("xs", Self.xs)]
        let asked = Set(operations.map(\.entiteittype))
        entities = forms.models.all.filter { $0.namespace != nil }.flatMap(\.entities)
            .compactMap { forms.form(of: $0) }.filter { asked.contains($0.entity.name) }
            .map { ($0, $0.namespace) }
        for (form, namespace) in entities { collect(form.entity.elements, form.entity.name, in: namespace) }
    }

    /// `ZKN:zakLk01`.
    func qualified(_ name: String, in namespace: String) -> String {
        "\(prefixes.first { $0.namespace == namespace }?.prefix ?? "tns"):\(name)"
    }

    /// Gives every group a type in the namespace of its members.
    private mutating func collect(_ elements: [Element], _ owner: String, in namespace: String) {
        for element in elements where !element.isAttribute {
            let own = element.stuf?.namespace ?? namespace
            if own != namespace { shared[own, default: []].insert(String(element.localName)) }
            guard element.isGroup else { continue }
            let inner = space(of: element) ?? own
            let name = "\(owner).\(element.localName)"
            let isKnown =
                names.updateValue(
                    qualified(name, in: inner), forKey: ObjectIdentifier(element)) != nil
            guard !isKnown else { continue }
            types[inner, default: []].append(GroupType(name: name, element: element))
            collect(element.members, name, in: inner)
        }
    }

    /// Where the members of a group stand.
    private func space(of element: Element) -> String? {
        element.members.first { !$0.isAttribute }?.stuf?.namespace
    }

    // MARK: Writing

    func write(to writer: inout Writer) {
        for (prefix, namespace) in prefixes where prefix != "xs" && prefix != "xmime" {
            writer.start(x("schema"))
            attribute("targetNamespace", namespace, &writer)
            attribute("elementFormDefault", "qualified", &writer)
            for (_, other) in prefixes
            where other != namespace && other != Self.xs && other != Namespace.xmime {
                writer.start(x("import"))
                attribute("namespace", other, &writer)
                writer.end()
            }
            writeSchema(namespace, to: &writer)
            writer.end()
        }
    }

    private func writeSchema(_ namespace: String, to writer: inout Writer) {
        if namespace == Namespace.stuf { StUFSchema.write(to: &writer) }
        for operation in operations where operation.namespace == namespace { write(operation, to: &writer) }
        for (form, own) in entities where own == namespace {
            startType(form.entity.name, to: &writer)
            write(form.entity.elements, in: namespace, to: &writer)
            endType(isEntity: true, to: &writer)
            write(messagesOf: form, to: &writer)
        }
        for type in types[namespace] ?? [] {
            startType(type.name, to: &writer)
            write(type.element.members, in: namespace, to: &writer)
            endType(isEntity: true, to: &writer)
        }
        for name in (shared[namespace] ?? []).sorted() where namespace != Namespace.stuf {
            writer.start(x("element"))
            attribute("name", name, &writer)
            attribute("type", "xs:anyType", &writer)
            writer.end()
        }
    }

    private func write(_ operation: Operation, to writer: inout Writer) {
        guard let form = entities.first(where: { $0.form.entity.name == operation.entiteittype })?.form else {
            return
        }
        let kinds: [(root: Root, kind: String)] =
            switch operation.kind {
            case .kennisgeving: [(operation.input, "kennisgeving")]
            case .vraag: [(operation.input, "vraag"), (operation.output, "antwoord")]
            case .vrijBericht: []
            }
        let others = operations.prefix { $0 != operation }
        for (root, kind) in kinds where !others.contains(where: { $0.input == root || $0.output == root }) {
            writer.start(x("element"))
            attribute("name", root.name, &writer)
            attribute("type", qualified("\(form.entity.name)-\(kind)", in: form.namespace), &writer)
            writer.end()
        }
    }

    /// What stands around the objects (StUF 03.01 sections 5.1, 6.1 and 6.2).
    private func write(messagesOf form: EntityForm, to writer: inout Writer) {
        let entity = qualified(form.entity.name, in: form.namespace)
        func element(_ name: String, _ type: String, _ least: Int, _ most: String = "1") {
            writer.start(x("element"))
            attribute("name", name, &writer)
            attribute("type", type, &writer)
            attribute("minOccurs", "\(least)", &writer)
            attribute("maxOccurs", most, &writer)
            writer.end()
        }
        func type(_ kind: String, _ content: () -> Void) {
            startType("\(form.entity.name)-\(kind)", to: &writer)
            content()
            endType(isEntity: false, to: &writer)
        }
        type("objecten") { element("object", entity, 1, "unbounded") }
        let objects = qualified("\(form.entity.name)-objecten", in: form.namespace)
        type("kennisgeving") {
            element("stuurgegevens", "StUF:Stuurgegevens", 1)
            element("parameters", "StUF:ParametersKennisgeving", 1)
            element("object", entity, 1, "2")
        }
        type("vraag") {
            element("stuurgegevens", "StUF:Stuurgegevens", 1)
            element("parameters", "StUF:ParametersVraag", 1)
            for name in ["gelijk", "vanaf", "totEnMet"] { element(name, entity, 0) }
            element("scope", objects, 0)
            element("start", objects, 0)
        }
        type("antwoord") {
            element("stuurgegevens", "StUF:Stuurgegevens", 1)
            element("parameters", "StUF:ParametersAntwoord", 1)
            element("melding", "xs:string", 0, "unbounded")
            element("antwoord", objects, 0)
        }
    }

    private func write(_ elements: [Element], in namespace: String, to writer: inout Writer) {
        for element in elements where !element.isAttribute {
            let own = element.stuf?.namespace ?? namespace
            writer.start(x("element"))
            if own != namespace {
                attribute("ref", qualified(String(element.localName), in: own), &writer)
            } else {
                attribute("name", String(element.localName), &writer)
                attribute("type", type(of: element), &writer)
                attribute("nillable", "true", &writer)
            }
            attribute("minOccurs", "0", &writer)
            if element.isRepeat { attribute("maxOccurs", "unbounded", &writer) }
            writer.end()
        }
    }

    private func type(of element: Element) -> String {
        switch element.type.base {
        case .group: names[ObjectIdentifier(element)] ?? "xs:anyType"
        case .content: "StUF:BinaireInhoud"
        case .geometrie: "xs:anyType"
        case .text, .datum, .tijdstip, .boolean, .integer, .decimal, .duur: "StUF:Waarde"
        }
    }

    private func startType(_ name: String, to writer: inout Writer) {
        writer.start(x("complexType"))
        attribute("name", name, &writer)
        writer.start(x("sequence"))
    }

    private func endType(isEntity: Bool, to writer: inout Writer) {
        writer.end()
        if isEntity {
            writer.start(x("attributeGroup"))
            attribute("ref", "StUF:entiteit", &writer)
            writer.end()
        }
        writer.end()
    }

    private func x(_ name: String) -> Tag { Tag(prefix: "xs", local: name) }

    private func attribute(_ name: String, _ value: String, _ writer: inout Writer) {
        writer.attribute(Definitions.plain(name), value)
    }
}
