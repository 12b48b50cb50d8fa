private import Diagnostics

/// The root of an API, as configured: `https://zaken.example.nl/zaken/api/v1`.
///
/// URLs that come from outside (`next`, links, notifications) are followed only under a root, and a token goes nowhere
/// else.
package struct Root: Hashable, Sendable, CustomStringConvertible {
    let location: Location

    /// - Throws: ``CallingFailure`` when it is no http or https URL, or has a user, a query or a fragment.
    package init(_ url: String) throws(CallingFailure) {
        var url = url
        if url.hasSuffix("/") { url.removeLast() }
        guard let location = Location(url), location.query == nil, !url.hasSuffix("/") else {
            throw CallingFailure(.apiRootInvalid)
        }
        self.location = location
    }

    package var description: String { location.text }
    /// Scheme, host and port.
    package var origin: String { location.origin }

    /// Whether an absolute URL is one of this API: same scheme, host and port, and a path below it.
    package func contains(_ url: String) -> Bool { Location(url).map(contains) ?? false }

    func contains(_ other: Location) -> Bool {
        other.isSecure == location.isSecure && other.host == location.host && other.port == location.port
            && other.segments.count > location.segments.count
            && other.segments.starts(with: location.segments)
    }

    /// The URL of a path below it; names and values of the query are encoded.
    ///
    /// - Parameter path: `zaken`, `zaken/_zoek`: names of the API, not of objects.
    package func url(_ path: String, query: [(name: String, value: String)] = []) -> String {
        let items = query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }
        return "\(self)/\(path)" + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Percent-encoded but for the unreserved characters (RFC 3986, 2.3).
    private static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether two URLs identify one thing: equal but for the case of scheme and host, and a port that is the scheme's.
    package static func identifySame(_ left: String, _ right: String) -> Bool {
        guard let left = Location(left), let right = Location(right) else { return false }
        return left == right
    }
}
