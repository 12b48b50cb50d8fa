internal import JSON
internal import Model
internal import Record
internal import Resources

/// What operations are asked with.
extension Description {
    func acceptCrs(_ collection: ServedCollection, _ json: inout Writer) {
        if collection.hasGeometry { crs("Accept-Crs", isRequired: requiresCrs, &json) }
    }

    func crs(_ name: String, isRequired: Bool, _ json: inout Writer) {
        json.object { json in
            json.text("name", name)
            json.text("in", "header")
            json.flag("required", isRequired)
            json.text("description", "Het coördinatenstelsel.")
            json.object("schema") { json in
                json.text("type", "string")
                json.texts("enum", [Crs.served])
            }
        }
    }

    func uuid(_ json: inout Writer) {
        json.object { json in
            json.text("name", "uuid")
            json.text("in", "path")
            json.flag("required", true)
            json.text("description", "Het laatste deel van de URL van de resource.")
            json.object("schema") { json in
                json.text("type", "string")
                json.text("format", "uuid")
            }
        }
    }

    // MARK: Parameters of the query

    func query(
        _ name: String, _ description: String, isList: Bool = false, _ json: inout Writer,
        _ schema: (inout Writer) -> Void
    ) {
        json.object { json in
            json.text("name", name)
            json.text("in", "query")
            json.text("description", description)
            if isList {
                json.text("style", "form")
                json.flag("explode", false)
            }
            json.object("schema", schema)
        }
    }

    func parent(
        _ child: ServedCollection.Child, _ collection: ServedCollection, _ json: inout Writer
    ) {
        query(
            child.facts.parent,
            "URL van de \(collection.root.entity.name) waarvan \(collection.tag) gevraagd worden; zonder die van alle, "
                + "als dat er niet te veel zijn.", &json
        ) { url(of: collection.root.entity.qualifiedName, &$0) }
    }

    func parameter(_ filter: Filter, _ json: inout Writer) {
        query(filter.name, filter.explanation, isList: filter.isList, &json) { schema(of: filter, &$0) }
    }

    func expand(_ collection: ServedCollection, _ json: inout Writer) {
        guard !collection.expansions.isEmpty else { return }
        query(
            "expand", "Wat naast zijn URL ook voluit in het antwoord staat, onder `_expand`.", isList: true,
            &json
        ) { json in
            // A list of a query cannot be empty: one empty name is what would stand there.
            json.number("minItems", 1)
            expansions(collection, &json)
        }
    }

    func expansions(_ collection: ServedCollection, _ json: inout Writer) {
        json.text("type", "array")
        json.object("items") { json in
            json.text("type", "string")
            json.texts("enum", collection.expansions)
        }
        json.number("maxItems", collection.expansions.count)
    }

    func ordering(_ collection: ServedCollection, _ json: inout Writer) {
        guard !collection.orders.isEmpty else { return }
        query(
            Ordering.name, "In welke volgorde; met een minteken andersom. Van te veel wordt dat geweigerd.",
            isList: true, &json
        ) { orders(collection, &$0) }
    }

    func orders(_ collection: ServedCollection, _ json: inout Writer) {
        json.text("type", "array")
        json.number("minItems", 1)
        json.number("maxItems", Parameters.longest)
        json.object("items") { json in
            json.text("type", "string")
            json.texts("enum", Ordering.choices(of: collection))
        }
    }

    func paging(_ json: inout Writer) {
        query("page", "De pagina, vanaf 1.", &json) { whole(ListRequest.pages, 1, &$0) }
        query("pageSize", "Hoeveel er op een pagina staan.", &json) {
            whole(ListRequest.sizes, ListRequest.usualSize, &$0)
        }
        query(
            ListRequest.cursor,
            "Waar de pagina begint; staat in `next`. Volg `next` en stel dit niet zelf samen.",
            &json
        ) { $0.text("type", "string") }
    }

    func whole(_ bounds: ClosedRange<Int>, _ usual: Int, _ json: inout Writer) {
        json.text("type", "integer")
        json.number("minimum", bounds.lowerBound)
        json.number("maximum", bounds.upperBound)
        json.number("default", usual)
    }
}

extension Filter {
    /// What it asks, in a sentence.
    var explanation: String {
        let what = element.map { "`\($0.name)`" } ?? "`uuid`"
        switch meaning {
        case .value(_, .equals): return "\(what) is gelijk hieraan."
        case .value(_, .oneOf): return "\(what) is gelijk aan een van deze."
        case .value(_, .above): return "\(what) ligt hierna."
        case .value(_, .atLeast): return "\(what) is dit of ligt hierna."
        case .value(_, .below): return "\(what) ligt hiervoor."
        case .value(_, .atMost): return "\(what) is dit of ligt hiervoor."
        case .value: return "\(what) voldoet hieraan."
        case .isNull: return "Of \(what) leeg is."
        case .link(_, isList: false): return "URL van \(what)."
        case .link(_, isList: true): return "\(what) is een van deze URL's."
        case .identities: return "De resource is een van deze."
        }
    }
}
