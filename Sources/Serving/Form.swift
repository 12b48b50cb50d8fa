internal import Diagnostics
internal import Crypto
internal import HTTP
internal import Threads

/// How answers look on the wire: media type, validators, security headers.
enum Form {
    static let security = [
        Field("X-Content-Type-Options", "nosniff"),
        Field("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        Field("Referrer-Policy", "no-referrer"), Field("Cache-Control", "private, no-cache"),
    ]

    /// - Throws: `formRefused` when the request accepts nothing that can be given.
    static func check(_ head: RequestHead) throws(ServingFailure) {
        if let accept = head["Accept"], !accept.isEmpty {
            let types = accept.lowercased().split(separator: ",").map {
                $0.prefix { $0 != ";" }.filter { $0 != " " }
            }
            guard types.contains(where: { ["*/*", "application/*", "application/json"].contains($0) }) else {
                throw ServingFailure(.formRefused, at: "Accept")
            }
        }
        if let crs = head["Accept-Crs"], crs != "EPSG:4326" {
            throw ServingFailure(.formRefused, at: "Accept-Crs")
        }
    }

    /// 200 with the document, or 304 where the asker has it already.
    static func response(_ page: Page, to head: RequestHead) -> Response {
        let tag = "\"\(SHA256.digest(page.json).prefix(16).hexadecimal)\""
        var fields = security + [Field("ETag", tag)]
        if let asOf = page.asOf { fields.append(Field("Sluis-As-Of", asOf.text)) }
        if let known = head["If-None-Match"],
            known == "*" || known.split(separator: ",").contains(where: { $0.filter { $0 != " " } == tag })
        {
            return Response(.notModified, fields: fields)
        }
        fields += [Field("Content-Type", "application/json"), Field("Content-Crs", "EPSG:4326")]
        return Response(.ok, fields: fields, body: page.json)
    }

    /// Percent-encoded for a query.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 0x80 && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            return isPlain || "-._~".unicodeScalars.contains(scalar)
                ? String(scalar) : "%" + [byte].hexadecimal.uppercased()
        }.joined()
    }
}
