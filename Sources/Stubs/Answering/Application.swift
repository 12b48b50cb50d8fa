package import Crypto
private import JSON
internal import HTTP
internal import Threads

/// Who may call a stand-in, and what it may do there (source-apis.md, 1.2, authorisation).
package struct Application: Sendable {
    package var clientID: String
    package var secret: SharedSecret
    /// `zaken.lezen` and the like; nil: all.
    package var scopes: Set<String>?
    /// The identificaties of the zaaktypen it may see; nil: all. Others are left out of its lists in silence.
    package var zaaktypen: Set<String>?

    package init(
        clientID: String, secret: SharedSecret, scopes: Set<String>? = nil, zaaktypen: Set<String>? = nil
    ) {
        self.clientID = clientID
        self.secret = secret
        self.scopes = scopes
        self.zaaktypen = zaaktypen
    }

    func may(_ scope: String) -> Bool { scopes?.contains(scope) ?? true }

    /// How long a token lasts after its `iat`.
    private static let lifetime: Int64 = 3600

    /// The application that a token belongs to. Every failure is a 403, never a 401.
    static func caller(
        _ authorization: String?, among applications: [Application], at now: WallTime
    ) throws(StubsFailure) -> Application {
        guard let authorization, authorization.hasPrefix("Bearer ") else {
            throw Refusal(status: 403, code: "not_authenticated").failure
        }
        let token = String(authorization.dropFirst("Bearer ".count))
        guard let parts = SignedToken.parts(token), let head = try? Value(parts.head), head["alg"] == "HS256",
            let claims = try? Value(parts.claims)
        else { throw Refusal(status: 403, code: "jwt-decode-error").failure }
        guard let clientID = claims["client_id"]?.text else {
            throw Refusal(status: 403, code: "missing-client-identifier").failure
        }
        guard let application = applications.first(where: { $0.clientID == clientID }) else {
            throw Refusal(status: 403, code: "invalid-client-identifier").failure
        }
        guard SignedToken.isSigned(token, with: application.secret) else {
            throw Refusal(status: 403, code: "invalid-jwt-signature").failure
        }
        guard let issued = claims["iat"]?.integer else {
            throw Refusal(status: 403, code: "jwt-missing-iat-claim").failure
        }
        // One from the future only gives a warning.
        guard now.seconds &- Int64(issued) < lifetime else {
            throw Refusal(status: 403, code: "jwt-expired").failure
        }
        return application
    }

    /// The scope that a call needs.
    static func scope(_ collection: Collection, _ method: HTTP.Method, _ action: String?) -> String {
        let api = collection.api
        let isReading = method == .get || method == .head || action == "_zoek"
        guard api != "catalogi", !isReading else { return "\(api).lezen" }
        switch (collection.path, method, action) {
        case (_, _, "lock"?), (_, _, "unlock"?): return "documenten.lock"
        case ("zaken", .post, _), ("enkelvoudiginformatieobjecten", .post, _), ("besluiten", .post, _):
            return "\(api).aanmaken"
        case ("zaken", .delete, _), ("enkelvoudiginformatieobjecten", .delete, _), ("besluiten", .delete, _):
            return "\(api).verwijderen"
        case ("statussen", _, _): return "zaken.statussen.toevoegen"
        default: return "\(api).bijwerken"
        }
    }
}
