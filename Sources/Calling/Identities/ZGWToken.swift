package import Crypto
private import JSON
package import Threads

/// The token of the ZGW APIs: HS256, known by `client_id`, refused an hour after `iat` (source-apis.md, 1.2).
package enum ZGWToken {
    /// `user_id` and `user_representation` go to an audit trail that holds 255 characters.
    private static let userLength = 255

    package static func text(
        clientID: String, secret: SharedSecret, onBehalf: OnBehalf? = nil, at now: WallTime
    ) -> String {
        var writer = Writer()
        writer.startObject()
        writer.key("iss")
        writer.string(clientID)
        writer.key("iat")
        writer.number(Int(clamping: now.seconds))
        writer.key("client_id")
        writer.string(clientID)
        writer.key("user_id")
        writer.string(String((onBehalf?.user ?? "").prefix(userLength)))
        writer.key("user_representation")
        writer.string(String((onBehalf?.representation ?? "").prefix(userLength)))
        writer.end()
        return SignedToken.text(claims: writer.bytes, secret: secret)
    }
}
