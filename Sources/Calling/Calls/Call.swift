package import HTTP

/// One call of an API.
package struct Call: Sendable {
    package var method: Method
    /// Absolute, under a root of the destination. No BSN belongs in it.
    package var url: String
    /// A JSON document; nil sends none.
    package var body: [UInt8]?
    package var onBehalf: OnBehalf?
    /// What is expected: JSON, or any bytes, such as the content of a document.
    package var expectsJSON = true
    /// Of the trace that the bericht belongs to (W3C Trace Context): `00-…`.
    package var traceparent: String?
    /// Of the FSC transaction, where the destination has a contract: a UUID; made anew when nil.
    package var transaction: String?

    package init(_ method: Method, _ url: String, body: [UInt8]? = nil, onBehalf: OnBehalf? = nil) {
        self.method = method
        self.url = url
        self.body = body
        self.onBehalf = onBehalf
    }
}

/// What an API answered to a call that succeeded.
package struct Answer: Sendable {
    package var status: Int
    /// Where the made resource is, when the API says so.
    package var location: String?
    package var etag: String?
    /// A JSON document, or whatever was asked for; empty for 204 and 304.
    package var body: [UInt8]

    package init(status: Int, location: String? = nil, etag: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.location = location
        self.etag = etag
        self.body = body
    }
}
