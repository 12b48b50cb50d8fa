internal import Crypto
internal import HTTP
internal import Ledger
internal import Threads

extension Response {
    /// With what every answer of an API carries (API Design Rules: version-header, security-headers).
    func secured(_ destination: Destination?) -> Response {
        var response = self
        if let version = destination?.version { response.fields.append(Field("API-Version", version)) }
        if destination?.isForAllOrigins == true {
            response.fields += [
                Field("Access-Control-Allow-Origin", "*"),
                Field("Access-Control-Expose-Headers", "API-Version, ETag"),
            ]
        }
        response.fields.append(Field("Cache-Control", "no-store"))
        if response.fields["Content-Security-Policy"] == nil {
            response.fields.append(
                Field("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"))
        }
        response.fields += [
            Field("Referrer-Policy", "no-referrer"),
            Field("Strict-Transport-Security", "max-age=31536000"),
            Field("X-Content-Type-Options", "nosniff"),
            Field("X-Frame-Options", "DENY"),
        ]
        return response
    }

    /// What is served from the store, or 304 when the asker has it already.
    ///
    /// - Parameter documents: what it was made of: they say whose copy it is, and of which moment.
    static func json(
        _ body: [UInt8], from documents: [Document], _ collection: ServedCollection, for head: RequestHead
    ) -> Response {
        var fields: [Field] = []
        if let asOf = documents.map(\.asOf).max() { fields.append(Field("Sluis-As-Of", asOf.text)) }
        if let document = documents.first, documents.count == 1, !document.source.isEmpty {
            fields.append(Field("Sluis-Copy-Of", PercentCoding.encode(document.source)))
        }
        if collection.hasGeometry { fields.append(Field("Content-Crs", Crs.served)) }
        return json(body, fields, for: head)
    }

    /// A JSON document, or 304 when the asker has it already.
    static func json(_ body: [UInt8], _ fields: [Field] = [], for head: RequestHead) -> Response {
        let tag = "\"\(SHA256.digest(body).prefix(16).hexadecimal)\""
        let fields = [Field("ETag", tag)] + fields
        if head.has(tag) { return Response(.notModified, fields: fields) }
        return Response(.ok, fields: [Field("Content-Type", "application/json")] + fields, body: body)
    }
}

/// The coordinate reference system of what has a place on the map.
enum Crs {
    static let served = "EPSG:4326"
}

extension RequestHead {
    /// Whether `If-None-Match` names the tag (RFC 9110, 13.1.2): weakly compared, `*` is any.
    fileprivate func has(_ tag: String) -> Bool {
        values(of: "If-None-Match").flatMap { $0.split(separator: ",") }.contains { part in
            let given = part.trimmed
            return given == "*" || given == tag || given == "W/\(tag)"
        }
    }

    /// Whether the body is said to be JSON; a charset may stand behind it.
    var isJSON: Bool {
        let type = (self["Content-Type"] ?? "").prefix { $0 != ";" }.trimmed
        return type.lowercased() == "application/json"
    }

    /// Whether an answer in that media type is wanted; without `Accept` any is.
    func accepts(_ type: String) -> Bool {
        let ranges = values(of: "Accept").flatMap { $0.split(separator: ",") }
        guard !ranges.isEmpty else { return true }
        let wanted: Set = [type, "*/*", "\(type.prefix { $0 != "/" })/*"]
        return ranges.contains { range in
            let parts = range.split(separator: ";").map(\.trimmed)
            guard let first = parts.first, wanted.contains(first.lowercased()) else { return false }
            return !parts.dropFirst().contains { part in
                let weight = part.lowercased().filter { $0 != " " }
                return weight.hasPrefix("q=0") && !weight.dropFirst(3).contains { "123456789".contains($0) }
            }
        }
    }
}

extension Substring {
    var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...last])
    }
}
