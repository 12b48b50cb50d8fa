/// The request line and fields of one request.
///
/// Holds the bytes as they came, checked: every field is well formed, the target decodes to UTF-8, and it is certain
/// how long the body is. Text is only made of what is asked for.
package struct RequestHead: Sendable {
    struct FieldRange: Sendable {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// How the end of the body is known.
    package enum Framing: Equatable, Sendable {
        case none
        case length(Int64)
        case chunked
    }

    package internal(set) var method: Method
    package internal(set) var version: Version
    package internal(set) var framing: Framing
    /// Whether the sender waits for `100 Continue` before it sends the body.
    package internal(set) var expectsContinue: Bool
    /// Whether the sender wants to use the connection again.
    package internal(set) var keepsAlive: Bool
    let bytes: [UInt8]
    var fields: [FieldRange]
    var pathRange: Range<Int>
    var queryRange: Range<Int>?

    /// The path as it came, still percent-encoded; begins with `/`, or is `*`.
    package var path: ArraySlice<UInt8> { bytes[pathRange] }

    /// The query as it came, without the question mark; nil when there is none.
    package var query: ArraySlice<UInt8>? { queryRange.map { bytes[$0] } }

    /// The parts of the path between slashes, decoded: `/a%2Fb/c` gives `a/b` and `c`. A slash at the end gives an
    /// empty last part.
    package var pathSegments: [String] {
        path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { PercentCoding.text($0, plusIsSpace: false) }
    }

    /// The query's parameters in order, decoded as a form is: `+` is a space.
    package var queryItems: [(name: String, value: String)] {
        (query ?? []).split(separator: UInt8(ascii: "&")).map { item in
            let parts = item.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (
                PercentCoding.text(parts[0], plusIsSpace: true),
                parts.count > 1 ? PercentCoding.text(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    /// The bytes of the first field of that name, whatever its case, without space around them.
    package func bytes(of name: String) -> ArraySlice<UInt8>? {
        fields.first { bytes[$0.name].equalsIgnoringCase(name.utf8) }.map { bytes[$0.value] }
    }

    /// The text of the first field of that name. Bytes that are no UTF-8 become replacement characters.
    package subscript(_ name: String) -> String? {
        bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The texts of all fields of that name, in order.
    package func values(of name: String) -> [String] {
        fields.filter { bytes[$0.name].equalsIgnoringCase(name.utf8) }
            .map { String(decoding: bytes[$0.value], as: UTF8.self) }
    }

    /// A head as a sender would write it, for a request that comes from elsewhere than a socket.
    package init(
        _ method: Method, _ target: String, fields: [Field] = [], limits: Limits = Limits()
    ) throws(HTTPFailure) {
        var text = "\(method.rawValue) \(target) HTTP/1.1\r\n"
        if fields["Host"] == nil { text += "Host: localhost\r\n" }
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        self = try HeadParser.parse(Array((text + "\r\n").utf8), limits: limits)
    }

    init(bytes: [UInt8], method: Method, version: Version, path: Range<Int>, query: Range<Int>?) {
        self.bytes = bytes
        self.method = method
        self.version = version
        pathRange = path
        queryRange = query
        framing = .none
        expectsContinue = false
        keepsAlive = version == .http11
        fields = []
    }
}
