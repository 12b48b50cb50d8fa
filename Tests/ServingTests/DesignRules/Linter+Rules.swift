extension Linter {
    // MARK: The document as a whole

    mutating func checkRoot() {
        if let version = document["openapi"]?.text {
            if version.wholeMatch(of: #/3(\.\d+){1,2}/#) == nil { report("nlgov:openapi3", at: "openapi") }
        } else {
            report("nlgov:openapi-root-exists", at: "")
        }
        let info = document["info"]
        if let contact = info?["contact"] {
            if ["email", "name", "url"].contains(where: { contact[$0] == nil }) {
                report("nlgov:info-contact-fields-exist", at: "info.contact")
            }
        } else {
            report("info-contact", at: "info")
        }
        let part = #"(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"#
        let semver =
            #"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-\#(part)(\.\#(part))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?"#
        if let version = info?["version"]?.text, let form = try? Regex(semver),
            version.wholeMatch(of: form) == nil
        {
            report("nlgov:semver", at: "info.version")
        }
        checkServers()
        let tags = (document["tags"]?.items ?? []).compactMap { $0["name"]?.text }
        for (index, tag) in tags.enumerated() where tags[..<index].contains(tag) {
            report("openapi-tags-uniqueness", at: "tags[\(index)].name")
        }
    }

    private mutating func checkServers() {
        let servers = document["servers"]
        if servers?.items.isEmpty ?? true { report("oas3-api-servers", at: servers == nil ? "" : "servers") }
        for (index, server) in (servers?.items ?? []).enumerated() {
            let url = server["url"]?.text ?? ""
            if url.firstMatch(of: #/\/v[\d+]/#) == nil {
                report("nlgov:include-major-version-in-uri", at: "servers[\(index)].url")
            }
            if url.hasPrefix("http://") { report("nlgov:servers-use-https", at: "servers[\(index)].url") }
            for variable in url.matches(of: #/\{([^}]*)\}/#)
            where server["variables"]?[String(variable.1)] == nil {
                report("oas3-server-variables", at: "servers[\(index)]")
            }
        }
    }

    // MARK: Paths

    mutating func checkPaths() {
        let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
        var operations: [String] = []
        var visited: Set<String> = []
        let paths = member("paths", of: Node(path: "", value: document)).map { children(of: $0) } ?? []
        for (name, path) in paths {
            if name.count > 1, name.hasSuffix("/") { report("path-keys-no-trailing-slash", at: path.path) }
            checkSpelling(of: name, path)
            let shared = parameters(of: path)
            for (method, operation) in children(of: path) where methods.contains(method) {
                if let id = operation.value["operationId"]?.text {
                    if operations.contains(id) {
                        report("operation-operationId-unique", at: "\(operation.path).operationId")
                    }
                    operations.append(id)
                }
                checkStructure(of: operation)
                checkParameters(of: operation, name, shared)
            }
            checkInvalidInput(path, &visited)
        }
    }

    private mutating func checkSpelling(of name: String, _ path: Node) {
        let kebab =
            #/(\/|(\/_[a-z0-9]+|\/(([a-z0-9\-]+|{[^}]+})(\/([a-z0-9\-\.]+|{[^}]+}))*)(\/_[a-z]+)?)\/?)/#
        let isOwn = name.contains("/openapi.json") || name.contains("yaml")
        if !isOwn, name.wholeMatch(of: kebab) == nil { report("nlgov:paths-kebab-case", at: path.path) }
    }

    private func parameters(of node: Node) -> [Node] {
        member("parameters", of: node).map { children(of: $0).map(\.node) } ?? []
    }

    private mutating func checkParameters(of operation: Node, _ path: String, _ shared: [Node]) {
        let own = parameters(of: operation)
        let named = Set(
            (own + shared).filter { $0.value["in"]?.text == "path" }.compactMap { $0.value["name"]?.text })
        let wanted = Set(path.matches(of: #/\{([^}]*)\}/#).map { String($0.1) })
        if named != wanted { report("path-params", at: operation.path) }
        for parameter in own where parameter.value["in"]?.text == "query" {
            let name = parameter.value["name"]?.text ?? ""
            if name.wholeMatch(of: #/\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*/#) == nil {
                report("nlgov:query-keys-camel-case", at: "\(parameter.path).name")
            }
        }
    }

    /// What any OpenAPI document must have of an operation; the validator of the standard looks at the rest.
    private mutating func checkStructure(of operation: Node) {
        let responses = member("responses", of: operation).map { children(of: $0) } ?? []
        let isWhole =
            !responses.isEmpty && responses.allSatisfy { $0.node.value["description"]?.text != nil }
            && parameters(of: operation).allSatisfy { parameter in
                parameter.value["name"]?.text != nil && parameter.value["in"]?.text != nil
                    && (parameter.value["schema"] != nil || parameter.value["content"] != nil)
            }
        if !isWhole { report("oas3-schema", at: operation.path) }
    }

    private mutating func checkInvalidInput(_ node: Node, _ visited: inout Set<String>) {
        guard visited.insert(node.path).inserted else { return }
        for (key, child) in children(of: node) {
            let isRead = key.contains("get") || key.contains("delete")
            let isWrite = key.contains("put") || key.contains("post") || key.contains("patch")
            if isWrite || (isRead && !parameters(of: child).isEmpty),
                let responses = member("responses", of: child), responses.value["400"] == nil
            {
                report("nlgov:problem-invalid-input", at: responses.path)
            }
            checkInvalidInput(child, &visited)
        }
    }

    // MARK: Anywhere

    mutating func checkResponses(_ node: Node) {
        guard let responses = member("responses", of: node) else { return }
        for (status, response) in children(of: responses) {
            if status.firstMatch(of: #/(2|3)\d\d/#) != nil {
                if let headers = member("headers", of: response) {
                    let names = ["API-Version", "Api-Version", "Api-version", "api-version", "API-version"]
                    if names.allSatisfy({ headers.value[$0] == nil }) {
                        report("nlgov:missing-version-header", at: headers.path)
                    }
                } else {
                    report("nlgov:missing-header", at: response.path)
                }
            }
            guard status.firstMatch(of: #/(4|5)\d\d/#) != nil, let content = member("content", of: response)
            else { continue }
            let problems = ["application/problem+json", "application/problem+xml"].compactMap {
                member($0, of: content)
            }
            if problems.isEmpty { report("nlgov:use-problem-schema", at: content.path) }
            for schema in problems.flatMap({ all("schema", below: $0) }) {
                guard let properties = member("properties", of: schema) else { continue }
                if ["status", "title", "detail"].contains(where: { properties.value[$0] == nil }) {
                    report("nlgov:problem-schema-members", at: properties.path)
                }
            }
        }
    }

    mutating func checkProperties(_ node: Node) {
        guard let properties = member("properties", of: node) else { return }
        for (name, property) in children(of: properties) {
            switch property.value["format"]?.text {
            case "date-time-local": report("nlgov:date-time-ensure-timezone", at: "\(property.path).format")
            case "time": report("nlgov:time-without-timezone", at: "\(property.path).format")
            default: break
            }
            let isDate =
                name == "date" || name == "datum"
                || name.firstMatch(of: #/((\w+D)|(_[dD]))((ate)|(atum))/#) != nil
            guard isDate else { continue }
            let parts = member("allOf", of: property).map { children(of: $0).map(\.node) }
            let isFormatted =
                property.value["format"] != nil || parts?.allSatisfy { $0.value["format"] != nil } ?? false
            if !isFormatted {
                report("nlgov:specify-format-for-date-and-time", at: property.path)
            }
            for format in all("format", below: property) where format.value.text == "date-time" {
                report("nlgov:use-date-instead-of-datetime", at: format.path)
            }
        }
    }
}
