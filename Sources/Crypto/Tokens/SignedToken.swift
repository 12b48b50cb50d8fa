/// A JSON Web Token signed with HMAC-SHA256 (RFC 7515, RFC 7519): header, claims and code, joined by dots.
///
/// Knows no claims: they go in and come out as the bytes of a JSON object.
package enum SignedToken {
    /// `{"typ":"JWT","alg":"HS256"}`, as the ZGW APIs write it.
    private static let head = Base64URL.text(Array("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".utf8))

    package static func text(claims: [UInt8], secret: SharedSecret) -> String {
        let signed = head + "." + Base64URL.text(claims)
        return signed + "." + Base64URL.text(HMACSHA256.code(signed.utf8, key: secret.bytes))
    }

    /// The parts of a token, before anything is believed.
    ///
    /// - Returns: nil when it does not have three parts in base64url.
    package static func parts(_ text: String) -> (head: [UInt8], claims: [UInt8])? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.bytes(parts[0]), let claims = Base64URL.bytes(parts[1])
        else { return nil }
        return (head, claims)
    }

    /// Whether the token was signed with this secret. The algorithm is not asked of the token: it is HMAC-SHA256.
    package static func isSigned(_ text: String, with secret: SharedSecret) -> Bool {
        guard let dot = text.lastIndex(of: "."), let code = Base64URL.bytes(text[text.index(after: dot)...])
        else { return false }
        return equalInConstantTime(code, HMACSHA256.code(text[..<dot].utf8, key: secret.bytes))
    }
}
