internal import JSON
internal import Model
internal import Record
internal import Resources

/// What the documents look like: as ``ResourceDocument`` writes them.
extension Description {
    /// A resource: every property is there, whether it has a value or not.
    func schema(of entity: Entity, _ json: inout Writer) {
        let properties = entity.documented
        let isWhole = isDelivered(entity)
        json.text("type", "object")
        json.texts("required", ["url", "uuid"] + properties.map { $0.describedName })
        json.object("properties") { json in
            json.object("url") { formatted("uri", isNullable: false, &$0) }
            json.object("uuid") { formatted("uuid", isNullable: false, &$0) }
            for element in properties {
                let isSure =
                    isWhole || entity.key.contains { $0.split(separator: ".").first ?? "" == element.name }
                json.object(element.describedName) { property(element, mayBeUnknown: !isSure, &$0) }
            }
            let branches = Expansion.branches(of: entity, library)
            if !branches.isEmpty { json.object("_expand") { expanded(branches, &$0) } }
        }
    }

    /// Whether old applications send it, so that the API's required properties were asked for. Of a type that was only
    /// seen through a link no more is known than its key.
    private func isDelivered(_ entity: Entity) -> Bool {
        let isChild = library.models.all.lazy.flatMap(\.entities).flatMap(\.elements).contains {
            $0.api?.child?.resource == entity.qualifiedName
        }
        return isChild || entity.elements.contains { $0.api?.child != nil }
    }

    private func property(_ element: Element, mayBeUnknown: Bool, _ json: inout Writer) {
        if let child = element.api?.child {
            let isList = element.isRepeat && child.change != .appendOnly
            return isList
                ? list(&json) { formatted("uri", isNullable: false, &$0) }
                : formatted("uri", isNullable: true, &json)
        }
        guard element.isRepeat else {
            return single(element, isNullable: mayBeUnknown || !element.isRequired, &json)
        }
        list(&json) { single(element, isNullable: false, &$0) }
    }

    private func list(_ json: inout Writer, _ items: (inout Writer) -> Void) {
        json.text("type", "array")
        json.object("items", items)
    }

    private func single(_ element: Element, isNullable: Bool, _ json: inout Writer) {
        if element.api?.link != nil || element.type.base == .content {
            return formatted("uri", isNullable: isNullable, &json)
        }
        guard element.isGroup else { return value(element.type, isNullable: isNullable, &json) }
        type("object", isNullable, &json)
        // Of a group whose shape differs only the properties of its own shape are there.
        let isOfOneShape = element.api?.discriminator == nil
        if isOfOneShape, !element.members.isEmpty {
            json.texts("required", element.members.map(\.describedName))
        }
        json.object("properties") { json in
            for member in element.members {
                json.object(member.describedName) { property(member, mayBeUnknown: false, &$0) }
            }
        }
    }

    private func value(_ type: ElementType, isNullable: Bool, _ json: inout Writer) {
        let isEmptyText = type.empty != nil
        self.type(type.jsonType, isNullable && !isEmptyText, &json)
        if let format = type.jsonFormat { json.text("format", format) }
        if !type.enumeration.isEmpty {
            json.array("enum") { json in
                for word in type.enumeration { json.string(word) }
                if isNullable, let empty = type.empty, !type.enumeration.contains(empty) {
                    json.string(empty)
                }
                if isNullable, !isEmptyText { json.null() }
            }
        } else if type.base == .text, let length = type.maxLength {
            json.number("maxLength", length)
        }
    }

    private func formatted(_ format: String, isNullable: Bool, _ json: inout Writer) {
        type("string", isNullable, &json)
        json.text("format", format)
    }

    /// The two editions say differently that a value may be null.
    private func type(_ name: String, _ isNullable: Bool, _ json: inout Writer) {
        switch edition {
        case .v31 where isNullable: json.texts("type", [name, "null"])
        case .v30 where isNullable:
            json.text("type", name)
            json.flag("nullable", true)
        default: json.text("type", name)
        }
    }

    // MARK: What stands in full

    private func expanded(_ branches: [Expansion.Branch], _ json: inout Writer) {
        json.text("type", "object")
        json.text("description", "Wat met `expand` gevraagd is.")
        json.object("properties") { json in
            for branch in branches {
                json.object(branch.name) { json in
                    let reference = "schemas/\(branch.entity.name)"
                    guard !branch.isList else {
                        json.text("type", "array")
                        return json.reference("items", reference)
                    }
                    json.array(edition == .v30 ? "allOf" : "anyOf") { json in
                        json.reference(reference)
                        if edition == .v31 { json.object { $0.text("type", "null") } }
                    }
                    if edition == .v30 { json.flag("nullable", true) }
                }
            }
        }
    }

    // MARK: Filters

    func schema(of filter: Filter, _ json: inout Writer) {
        guard filter.isList else { return one(filter, &json) }
        list(&json) { one(filter, &$0) }
        json.number("minItems", 1)
        json.number("maxItems", Parameters.longest)
    }

    private func one(_ filter: Filter, _ json: inout Writer) {
        switch filter.meaning {
        case .value(var type, _):
            // What is asked for has a value.
            type.empty = nil
            value(type, isNullable: false, &json)
            if type.base == .text, type.enumeration.isEmpty { json.number("minLength", 1) }
        case .isNull: json.text("type", "boolean")
        case .link(let link, _): url(of: link.resource, &json)
        case .identities: formatted("uuid", isNullable: false, &json)
        }
    }

    /// The URL of a resource that is served here.
    func url(of resource: String, _ json: inout Writer) {
        formatted("uri", isNullable: false, &json)
        guard let collection = addresses.collection(resource) else { return }
        let escaped = collection.reduce(into: "") { text, character in
            text += ".[]()*+?^$|{}\\".contains(character) ? "\\\(character)" : String(character)
        }
        json.text("pattern", "^\(escaped)/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
    }

    // MARK: Pages and problems

    func page(of collection: ServedCollection, _ json: inout Writer) {
        json.text("type", "object")
        json.texts("required", ["count", "next", "previous", "results"])
        json.object("properties") { json in
            json.object("count") { json in
                json.text("type", "integer")
                json.number("minimum", 0)
            }
            for name in ["next", "previous"] {
                json.object(name) { formatted("uri", isNullable: true, &$0) }
            }
            json.object("results") { json in
                json.text("type", "array")
                json.reference("items", "schemas/\(collection.entity.name)")
            }
        }
    }

    /// Problem details (RFC 9457), with what the ZGW standard adds.
    func fout(hasParameters: Bool, _ json: inout Writer) {
        json.text("type", "object")
        json.texts("required", ["type", "code", "title", "status", "detail", "instance"])
        json.object("properties") { json in
            json.object("type") { formatted("uri", isNullable: false, &$0) }
            for name in ["code", "title", "detail"] { json.object(name) { $0.text("type", "string") } }
            json.object("status") { json in
                json.text("type", "integer")
                json.number("minimum", 400)
                json.number("maximum", 599)
            }
            json.object("instance") { formatted("uri", isNullable: false, &$0) }
            guard hasParameters else { return }
            json.object("invalidParams") { json in
                list(&json) { json in
                    json.text("type", "object")
                    json.texts("required", ["name", "code", "reason"])
                    json.object("properties") { json in
                        for name in ["name", "code", "reason"] {
                            json.object(name) { $0.text("type", "string") }
                        }
                    }
                }
            }
        }
    }
}

extension Entity {
    /// What stands in its document.
    var documented: [Element] { elements.filter { $0.api?.child.map(documents) ?? true } }
}

extension Element {
    /// Its name in a document: of a collection that can only grow its newest item stands there, as `status`.
    var describedName: String {
        guard let child = api?.child, isRepeat, child.change == .appendOnly else { return name }
        return child.servedName
    }
}

extension ElementType {
    /// What kind of JSON value it is written as.
    var jsonType: String {
        switch base {
        case .boolean: "boolean"
        case .integer: "integer"
        case .decimal: "number"
        case .datum where spelling == .brp: "object"
        case .text, .datum, .tijdstip, .duur, .content: "string"
        case .group, .geometrie: "object"
        }
    }

    var jsonFormat: String? {
        switch base {
        case .datum: spelling != .standard || allowsIncomplete ? nil : "date"
        case .tijdstip: allowsIncomplete ? nil : "date-time"
        case .duur: "duration"
        default: nil
        }
    }
}
