internal import Calling
private import Crypto
internal import Diagnostics
private import HTTP
internal import Language

/// Reads a `destination` block of `sluis.conf`: a system that is called.
/// ```
/// destination openzaak {
///     api          zaken "https://openzaak.example.nl/zaken/api/v1"
///     auth         zgw-jwt client "sluis" secret from file "/etc/sluis/openzaak.secret"
///     authorities  "/etc/ssl/overheid.pem"
/// }
/// ```
struct DestinationReader {
    private static let settings = [
        "api", "auth", "authorities", "certificate", "proxy", "in-flight", "time", "patience", "answer-limit",
        "grant",
    ]
    private static let kinds = ["zgw-jwt", "key", "client-credentials"]

    let environment: [String: String]
    /// Names and APIs of the destinations before it.
    let others: [Destination]
    private(set) var findings: [Finding] = []

    init(environment: [String: String], others: [Destination]) {
        self.environment = environment
        self.others = others
    }

    /// The destination as far as it can be read; nil without a name. What is wrong with it is in ``findings``.
    mutating func read(_ statement: Statement) -> Destination? {
        var cursor = Cursor(statement)
        do throws(LanguageFailure) {
            try cursor.expect("destination")
            let name = try cursor.expect(.word, "the name of the destination")
            try cursor.expectEnd()
            if others.contains(where: { $0.name == name.text }) {
                throw LanguageFailure(
                    Finding(.repeatedSetting, at: name.location, "`\(name.text)` is a destination already"))
            }
            var destination = Destination(name.text, apis: [])
            var seen: Set<String> = []
            for setting in statement.block?.statements ?? [] {
                do throws(LanguageFailure) {
                    try Self.read(setting, self, &destination, &seen)
                } catch {
                    findings.append(error.finding)
                }
            }
            if destination.apis.isEmpty {
                throw LanguageFailure(
                    Finding(.settingValue, at: name.location, "`\(name.text)` has no API: add an `api` line"))
            }
            return destination
        } catch {
            findings.append(error.finding)
            return nil
        }
    }

    private static func read(
        _ statement: Statement, _ reader: DestinationReader, _ destination: inout Destination,
        _ seen: inout Set<String>
    ) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        let key = try cursor.expect(oneOf: settings, "a setting of a destination")
        if key.text != "api", !seen.insert(key.text).inserted {
            throw LanguageFailure(
                Finding(.repeatedSetting, at: key.location, "`\(key.text)` is set already"))
        }
        switch key.text {
        case "api": try reader.api(&cursor, &destination)
        case "auth": destination.credential = try reader.credential(&cursor)
        case "authorities": destination.trust.authoritiesFile = try text(&cursor, "a file of certificates")
        case "certificate":
            destination.trust.certificateFile = try text(&cursor, "a file with the certificate")
            try cursor.expect("key")
            destination.trust.keyFile = try text(&cursor, "a file with its key")
        case "proxy": destination.trust.proxy = try text(&cursor, "the URL of the proxy")
        case "grant": destination.grantHash = try text(&cursor, "the hash of the grant")
        case "in-flight":
            destination.inFlight = try value(&cursor, .count(atLeast: 1), \.number)
        case "time": destination.time = try value(&cursor, .duration, \.duration)
        case "patience": destination.patience = try value(&cursor, .duration, \.duration)
        default: destination.responseByteCount = try value(&cursor, .size, \.number)
        }
        try cursor.expectEnd()
    }

    private static func text(_ cursor: inout Cursor, _ what: String) throws(LanguageFailure) -> String {
        try cursor.expect(.string, "\(what) between quotes").text
    }

    private static func value<Value>(
        _ cursor: inout Cursor, _ kind: Setting.Kind, _ path: KeyPath<SettingValue, Value?>
    ) throws(LanguageFailure) -> Value {
        let place = cursor.location
        guard let value = SettingValue.read(&cursor, as: kind)?[keyPath: path] else {
            throw LanguageFailure(Finding(.settingValue, at: place, "\(kind.form) is expected here"))
        }
        return value
    }

    private func api(_ cursor: inout Cursor, _ destination: inout Destination) throws(LanguageFailure) {
        let name = try cursor.expect(.word, "the name of the API's model")
        let url = try cursor.expect(.string, "the root of the API between quotes")
        if (others + [destination]).contains(where: { $0.root(name.text) != nil }) {
            throw LanguageFailure(
                Finding(
                    .repeatedSetting, at: name.location, "`\(name.text)` is served by a destination already"))
        }
        let root: Root
        do throws(CallingFailure) {
            root = try Root(url.text)
        } catch {
            throw LanguageFailure(
                Finding(
                    error.code, at: url.location,
                    "this is no root of an API, as `https://zaken.example.nl/zaken/api/v1` is"))
        }
        destination.apis.append(.init(name.text, root, speaksCRS: name.text == "zaken"))
    }

    // MARK: How it knows us

    private func credential(_ cursor: inout Cursor) throws(LanguageFailure) -> Credential {
        let kind = try cursor.expect(oneOf: Self.kinds, "a way to be known")
        switch kind.text {
        case "zgw-jwt":
            try cursor.expect("client")
            let client = try Self.text(&cursor, "the client id")
            return .zgw(clientID: client, secret: try secret(&cursor))
        case "key":
            let field = try cursor.expect(.string, "the name of the header field between quotes")
            guard Self.isFieldName(field.text) else {
                throw LanguageFailure(
                    Finding(.settingValue, at: field.location, "this is no name of a header field"))
            }
            return .key(field: field.text, secret: try secret(&cursor))
        default:
            try cursor.expect("url")
            let url = try cursor.expect(.string, "the URL that gives tokens, between quotes")
            guard (try? Root(url.text)) != nil else {
                throw LanguageFailure(
                    Finding(.settingValue, at: url.location, "this is no http or https URL"))
            }
            try cursor.expect("client")
            let client = try Self.text(&cursor, "the client id")
            let secret = try secret(&cursor)
            let scope = cursor.take("scope") == nil ? nil : try Self.text(&cursor, "the scope")
            return .clientCredentials(
                ClientCredentials(tokenURL: url.text, clientID: client, secret: secret, scope: scope))
        }
    }

    /// A token of RFC 9110 that is not one of those that the client itself writes.
    private static func isFieldName(_ text: String) -> Bool {
        !text.isEmpty
            && !["host", "content-length", "transfer-encoding", "connection"].contains(text.lowercased())
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || "!#$%&'*+-.^_`|~".utf8.contains($0)
            }
    }

    /// From a file that only its owner may read, or from the environment.
    private func secret(_ cursor: inout Cursor) throws(LanguageFailure) -> SharedSecret {
        try cursor.expect("secret")
        try cursor.expect("from")
        let kind = try cursor.expect(oneOf: ["file", "environment"], "where the secret is")
        let name = try cursor.expect(.string, "a name between quotes")
        if kind.text == "environment" {
            guard let secret = environment[name.text].flatMap({ SharedSecret($0) }) else {
                throw LanguageFailure(
                    Finding(.secretMissing, at: name.location, "no such variable holds a secret"))
            }
            return secret
        }
        do throws(CryptoFailure) {
            return try SharedSecret(file: name.text)
        } catch {
            let hint = error.hint.map { ": \($0)" } ?? ""
            throw LanguageFailure(
                Finding(error.code, at: name.location, "the secret cannot be read from this file\(hint)"))
        }
    }
}

extension Destination {
    /// The block that gives it; secrets print as `***`.
    var printed: String {
        var lines = apis.map { "    api \($0.name) \(Token.quoted("\($0.root)"))" }
        switch credential {
        case .none: break
        case .zgw(let client, _): lines.append("    auth zgw-jwt client \(Token.quoted(client)) secret ***")
        case .key(let field, _): lines.append("    auth key \(Token.quoted(field)) secret ***")
        case .clientCredentials(let credentials):
            let scope = credentials.scope.map { " scope \(Token.quoted($0))" } ?? ""
            lines.append(
                "    auth client-credentials url \(Token.quoted(credentials.tokenURL)) "
                    + "client \(Token.quoted(credentials.clientID)) secret ***\(scope)")
        }
        if let file = trust.authoritiesFile { lines.append("    authorities \(Token.quoted(file))") }
        if let file = trust.certificateFile {
            lines.append("    certificate \(Token.quoted(file)) key \(Token.quoted(trust.keyFile ?? ""))")
        }
        if let proxy = trust.proxy { lines.append("    proxy \(Token.quoted(proxy))") }
        if let grantHash { lines.append("    grant \(Token.quoted(grantHash))") }
        lines += [
            "    in-flight \(inFlight)", "    time \(spelled(time))", "    patience \(spelled(patience))",
            "    answer-limit \(spelled(responseByteCount))",
        ]
        return "destination \(name) {\n\(lines.joined(separator: "\n"))\n}\n"
    }
}
