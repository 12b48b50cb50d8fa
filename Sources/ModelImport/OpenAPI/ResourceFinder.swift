/// Finds the resources of an API: what each of its collections holds.
struct ResourceFinder {
    struct Resource: Sendable {
        /// Of the schema: `Zaak`.
        var name: String
        /// The last part of its path: `zaken`.
        var collection: String
        var path: String
        /// What an answer holds of one.
        var answer: JSONValue
        /// What is sent to make one; nil where none can be made.
        var request: JSONValue?
    }

    let document: APIDocument
    let reader: ShapeReader

    init(_ document: APIDocument) {
        self.document = document
        reader = ShapeReader(document: document)
    }

    /// One for each collection, in the order of the document; those at the top first.
    func resources() throws(ModelImportFailure) -> [Resource] {
        var resources: [Resource] = []
        let paths = document.root["paths"]?.members ?? []
        let sorted =
            paths.filter { $0.name.split(separator: "/").count == 1 }
            + paths.filter { $0.name.split(separator: "/").count != 1 }
        for path in sorted {
            guard let collection = path.name.split(separator: "/").last.map(String.init),
                collection.first?.isLetter == true, collection.allSatisfy(Self.isWordCharacter),
                !resources.contains(where: { $0.collection == collection })
            else { continue }
            let operations = try document.resolved(path.value).value
            let depth = path.name.split(separator: "/").count + 1
            let single = try paths.first {
                $0.name.hasPrefix("\(path.name)/{") && $0.name.split(separator: "/").count == depth
            }.map { (path) throws(ModelImportFailure) in try document.resolved(path.value).value }
            if let resource = try resource(collection, path.name, operations, single) {
                resources.append(resource)
            }
        }
        return resources
    }

    private func resource(
        _ collection: String, _ path: String, _ operations: JSONValue, _ single: JSONValue?
    ) throws(ModelImportFailure) -> Resource? {
        let request =
            try operations["post"].map { (post) throws(ModelImportFailure) in
                try schema(in: try document.resolved(post["requestBody"] ?? post).value)
            } ?? nil
        let made =
            try operations["post"].map { (post) throws(ModelImportFailure) in
                try answer(of: post, "201")
            } ?? nil
        let one =
            try single?["get"].map { (get) throws(ModelImportFailure) in try answer(of: get, "200") } ?? nil
        if let found = try plainest([made, one]) {
            // What is made there may be a command of which the collection lists nothing.
            guard operations["get"] != nil || one != nil else { return nil }
            return Resource(
                name: found.name, collection: collection, path: path, answer: found.schema, request: request)
        }
        for operation in ["get", "post"] {
            guard
                let listed = try operations[operation].map({ (operation) throws(ModelImportFailure) in
                    try answer(of: operation, "200")
                }) ?? nil
            else { continue }
            guard let item = try item(in: listed, of: collection, depth: 0), let name = try name(of: item)
            else {
                continue
            }
            return Resource(
                name: name, collection: collection, path: path, answer: item,
                request: operation == "get" ? request : nil)
        }
        return nil
    }

    /// Of several schemas for one thing (`Zaak`, `ExpandZaak`) that with the shortest name.
    private func plainest(
        _ schemas: [JSONValue?]
    ) throws(ModelImportFailure) -> (name: String, schema: JSONValue)? {
        var best: (name: String, schema: JSONValue)?
        for schema in schemas {
            guard let schema, let name = try name(of: schema), name.count < best?.name.count ?? .max else {
                continue
            }
            best = (name, schema)
        }
        return best
    }

    private func answer(of operation: JSONValue, _ status: String) throws(ModelImportFailure) -> JSONValue? {
        guard let response = operation["responses"]?[status] else { return nil }
        return try schema(in: try document.resolved(response).value)
    }

    private func schema(in body: JSONValue) throws(ModelImportFailure) -> JSONValue? {
        let contents = body["content"]?.members ?? []
        let json = contents.first { $0.name.hasPrefix("application/json") || $0.name.contains("+json") }
        return json?.value["schema"]
    }

    /// The name of the component; without one an inline object has the name of its title.
    private func name(of schema: JSONValue) throws(ModelImportFailure) -> String? {
        let (value, name) = try document.resolved(schema)
        let shape = try reader.shape(of: schema)
        guard shape.isObject else { return nil }
        let text = name ?? value["title"]?.string ?? ""
        let letters = text.filter(Self.isWordCharacter)
        return letters.isEmpty ? nil : letters
    }

    /// What the language has in its words.
    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }

    /// What a list holds: of itself, in `results`, below `_embedded`, or in the property named as the collection,
    /// which may stand in one of the variants of an answer.
    private func item(
        in schema: JSONValue, of collection: String, depth: Int
    ) throws(ModelImportFailure) -> JSONValue? {
        guard depth < 6 else { return nil }
        let shape = try reader.shape(of: schema)
        if let items = shape.items { return items }
        for name in ["results", "items", collection] {
            guard let property = shape.properties.first(where: { $0.name == name }) else { continue }
            if let items = try reader.shape(of: property.schema).items { return items }
        }
        if let embedded = shape.properties.first(where: { $0.name == "_embedded" }),
            let found = try item(in: embedded.schema, of: collection, depth: depth + 1)
        {
            return found
        }
        var found: [JSONValue] = []
        for variant in shape.variants {
            if let item = try item(in: variant.schema, of: collection, depth: depth + 1) {
                found.append(item)
            }
        }
        // The fullest: a query may answer with less.
        var best: (JSONValue, Int)?
        for item in found {
            let count = try reader.shape(of: item).properties.count
            if count > best?.1 ?? -1 { best = (item, count) }
        }
        return best?.0
    }
}
