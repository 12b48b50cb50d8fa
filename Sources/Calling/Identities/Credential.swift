package import Crypto

/// How a destination knows us.
package enum Credential: Sendable, Equatable {
    /// It does not ask, or a client certificate says it.
    case none
    /// A ZGW token, signed anew for each call (source-apis.md, 1.2).
    case zgw(clientID: String, secret: SharedSecret)
    /// A fixed value in a field: `X-Api-Key`.
    case key(field: String, secret: SharedSecret)
    /// A token that a server of the destination gives for our id and secret (RFC 6749, 4.4).
    case clientCredentials(ClientCredentials)
}

/// Where a token is asked for, and as whom.
package struct ClientCredentials: Sendable, Equatable {
    package var tokenURL: String
    package var clientID: String
    package var secret: SharedSecret
    /// Space-separated; nil asks for none.
    package var scope: String?

    package init(tokenURL: String, clientID: String, secret: SharedSecret, scope: String? = nil) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.secret = secret
        self.scope = scope
    }
}

/// For whom a call is made: what an API writes in its audit trail.
package struct OnBehalf: Hashable, Sendable {
    /// `user_id` of a ZGW token: the application and user of a bericht.
    package var user: String
    /// `user_representation`: readable.
    package var representation: String
    /// `X-Audit-Toelichting` of a call that changes something.
    package var toelichting: String?

    package init(user: String, representation: String, toelichting: String? = nil) {
        self.user = user
        self.representation = representation
        self.toelichting = toelichting
    }
}
