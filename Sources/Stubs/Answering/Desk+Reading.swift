internal import JSON

extension Desk {
    private static let pageSizes = 1...500
    private static let comparisons = ["gt", "gte", "lt", "lte", "isnull", "in"]
    private static let expandable = [
        "zaaktype", "hoofdzaak", "deelzaken", "status", "status.statustype", "resultaat",
        "resultaat.resultaattype",
        "rollen", "rollen.roltype", "zaakobjecten", "zaakinformatieobjecten",
    ]

    /// The resource as it is served: with its URL, and what follows from others.
    func view(_ resource: Resource) throws(StubsFailure) -> Value {
        var document = resource.document
        let url = url(resource)
        document["url"] = url
        // What only the server knows.
        document["_lock"] = nil
        if ["zaken", "rollen", "statussen", "resultaten", "zaakobjecten", "zaakinformatieobjecten"]
            .contains(resource.collection)
        {
            document["uuid"] = .string(resource.uuid)
        }
        guard resource.collection == "zaken" else { return document }
        let statussen = try children("statussen", of: "zaak", url).sorted {
            Self.moment($0) < Self.moment($1)
        }
        document["status"] = statussen.last.map(self.url) ?? .null
        document["resultaat"] = try children("resultaten", of: "zaak", url).first.map(self.url) ?? .null
        for name in ["rollen", "zaakobjecten", "zaakinformatieobjecten"] {
            document[name] = .array(try children(name, of: "zaak", url).map(self.url))
        }
        document["deelzaken"] = .array(try children("zaken", of: "hoofdzaak", url).map(self.url))
        document["eigenschappen"] = []
        return document
    }

    private static func moment(_ status: Resource) -> Int64 {
        status.document["datumStatusGezet"]?.text.flatMap(Moments.moment) ?? 0
    }

    // MARK: Lists

    func list(_ asked: Asked) throws(StubsFailure) -> Reply {
        try checkNames(asked)
        let found = try matching(asked.collection, asked.query)
        guard asked.collection.isPaged else {
            var items: [Value] = []
            for resource in found { items.append(try view(resource)) }
            return Reply(200, .array(items))
        }
        return try page(found, asked, asked.query, expanding: try expansion(asked))
    }

    /// `POST zaken/_zoek`: the same filters, in the body.
    func search(_ asked: Asked) throws(StubsFailure) -> Reply {
        var filters: [(name: String, value: String)] = []
        for member in asked.body?.members ?? [] {
            let texts = member.value.items.map { $0.compactMap(\.text).joined(separator: ",") }
            if let text = texts ?? member.value.text { filters.append((member.key, text)) }
        }
        let expansion = filters.filter { $0.name == "expand" }.flatMap { $0.value.split(separator: ",") }
        let names = filters.filter { isFilter($0.name, asked.collection) || $0.name == "uuid__in" }
        let paging = asked.query.filter { $0.name == "page" || $0.name == "pageSize" }
        return try page(
            try matching(asked.collection, names), asked, paging,
            expanding: try known(expansion.map(String.init)))
    }

    private func checkNames(_ asked: Asked) throws(StubsFailure) {
        let isZaken = asked.collection.path == "zaken"
        for (name, _) in asked.query {
            let isOfPage = asked.collection.isPaged && (name == "page" || name == "pageSize")
            let isOther = isZaken && (name == "expand" || name == "ordering")
            guard isFilter(name, asked.collection) || isOfPage || isOther else {
                throw Refusal.invalid("nonFieldErrors", "unknown-parameters").failure
            }
        }
    }

    private func isFilter(_ name: String, _ collection: Collection) -> Bool {
        if collection.filters[name] != nil { return true }
        guard collection.path == "zaken", let parts = Self.comparison(name) else { return false }
        return collection.filters[parts.name] != nil
    }

    /// `startdatum__gte`.
    private static func comparison(_ name: String) -> (name: String, kind: String)? {
        guard let range = name.ranges(of: "__").last else { return nil }
        let kind = String(name[range.upperBound...])
        return comparisons.contains(kind) ? (String(name[..<range.lowerBound]), kind) : nil
    }

    private func matching(
        _ collection: Collection, _ filters: [(name: String, value: String)]
    ) throws(StubsFailure) -> [Resource] {
        var part = Value.object([])
        for (name, value) in filters {
            guard case .member(let path)? = collection.filters[name] else { continue }
            part = Self.holding(path, name == "zaaktypen" ? [.string(value)] : .string(value), in: part)
        }
        var result: [Resource] = []
        for resource in try session.documents(collection.path, holding: part) {
            guard try isVisible(resource) else { continue }
            var fits = true
            for (name, value) in filters where fits {
                fits = try self.fits(resource, name, value, collection)
            }
            if fits { result.append(resource) }
        }
        return result
    }

    private static func holding(_ path: [String], _ value: Value, in part: Value) -> Value {
        guard let first = path.first else { return value }
        var part = part
        part[first] = holding(Array(path.dropFirst()), value, in: part[first] ?? .object([]))
        return part
    }

    /// Whether a resource passes a filter that is more than equality.
    private func fits(
        _ resource: Resource, _ name: String, _ value: String, _ collection: Collection
    ) throws(StubsFailure) -> Bool {
        let document = resource.document
        if name == "uuid__in" { return value.split(separator: ",").contains { $0 == resource.uuid } }
        switch collection.filters[name] {
        case .member: return true
        case .validity:
            let begin = document["beginGeldigheid"]?.text ?? ""
            return begin <= value && value <= document["eindeGeldigheid"]?.text ?? "9999"
        case .publication:
            return value == "alles" || (document["concept"]?.flag ?? false) == (value == "concept")
        case .rol(let path):
            let rollen = try children("rollen", of: "zaak", url(resource))
            return rollen.contains { rol in path.reduce(rol.document) { $0[$1] ?? .null }.text == value }
        case nil:
            guard let parts = Self.comparison(name) else { return true }
            let text = document[parts.name]?.text
            switch parts.kind {
            case "isnull": return (text == nil) == (value == "true")
            case "in": return value.split(separator: ",").contains { $0 == text ?? "" }
            case "gt": return text.map { $0 > value } ?? false
            case "gte": return text.map { $0 >= value } ?? false
            case "lt": return text.map { $0 < value } ?? false
            default: return text.map { $0 <= value } ?? false
            }
        }
    }

    private func page(
        _ found: [Resource], _ asked: Asked, _ query: [(name: String, value: String)],
        expanding paths: [String]
    ) throws(StubsFailure) -> Reply {
        let number = Int(query.first { $0.name == "page" }?.value ?? "1") ?? 0
        let size = Int(query.first { $0.name == "pageSize" }?.value ?? "100") ?? 100
        let count = Self.pageSizes.contains(size) ? size : 100
        let start = (max(number, 1) - 1).multipliedReportingOverflow(by: count)
        guard number >= 1, !start.overflow, start.partialValue < max(found.count, 1) else {
            throw Refusal.notFound.failure
        }
        var items: [Value] = []
        for resource in found.dropFirst(start.partialValue).prefix(count) {
            items.append(try expanded(try view(resource), paths))
        }
        let hasMore = start.partialValue + count < found.count
        return Reply(
            200,
            [
                "count": .number("\(found.count)"), "next": hasMore ? pageURL(number + 1, asked) : .null,
                "previous": number > 1 ? pageURL(number - 1, asked) : .null, "results": .array(items),
            ])
    }

    private func pageURL(_ number: Int, _ asked: Asked) -> Value {
        var items = asked.query.filter { $0.name != "page" }.map { "\($0.name)=\(Self.encoded($0.value))" }
        items.append("page=\(number)")
        let action = asked.action.map { "/\($0)" } ?? ""
        return .string(
            "\(base)/\(asked.collection.api)/api/v1/\(asked.collection.path)\(action)?\(items.joined(separator: "&"))"
        )
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            result += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }
    }

    // MARK: Expand

    func expansion(_ asked: Asked) throws(StubsFailure) -> [String] {
        guard asked.collection.path == "zaken" else { return [] }
        return try known(
            asked.query.filter { $0.name == "expand" }.flatMap {
                $0.value.split(separator: ",").map(String.init)
            })
    }

    private func known(_ paths: [String]) throws(StubsFailure) -> [String] {
        guard paths.allSatisfy(Self.expandable.contains) else {
            throw Refusal.invalid("expand", "invalid").failure
        }
        return paths.sorted()
    }

    /// The document with `_expand` for each path, those of one step before those of two.
    func expanded(_ document: Value, _ paths: [String]) throws(StubsFailure) -> Value {
        let firsts = paths.map { String($0.prefix { $0 != "." }) }
        var expand = Value.object([])
        for name in Set(firsts).sorted() {
            let deeper = paths.filter { $0.hasPrefix(name + ".") }.map {
                String($0.dropFirst(name.count + 1))
            }
            switch document[name] {
            case .array(let urls)?:
                var items: [Value] = []
                for url in urls { if let item = try follow(url, deeper) { items.append(item) } }
                expand[name] = .array(items)
            case let url?: if let item = try follow(url, deeper) { expand[name] = item }
            case nil: break
            }
        }
        guard expand != .object([]) else { return document }
        var document = document
        document["_expand"] = expand
        return document
    }

    private func follow(_ url: Value, _ paths: [String]) throws(StubsFailure) -> Value? {
        guard let (collection, uuid) = Self.place(url), let document = try session.document(collection, uuid)
        else {
            return nil
        }
        return try expanded(
            try view(Resource(collection: collection, uuid: uuid, document: document)), paths)
    }
}
