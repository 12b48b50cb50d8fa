/// What a request asks for. Every other method is refused with 501.
package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    /// Never done: it would say back what came in. Known, so that it is refused like any other method.
    case trace = "TRACE"
    /// Not served either (draft-ietf-httpbis-safe-method-w-body).
    case query = "QUERY"

    /// Methods are case-sensitive (RFC 9110, 9.1).
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let method = Self.allCases.first(where: { bytes.elementsEqual($0.rawValue.utf8) }) else {
            return nil
        }
        self = method
    }
}

/// The versions that are spoken.
package enum Version: Sendable { case http10, http11 }
