package import Calling

/// Everything that can be set, read completely before anything opens.
///
/// A value of this type is always whole: each setting has a documented default (``Setting/all``), so that `sluis serve`
/// is useful without a file.
package struct Configuration: Sendable, Equatable {
    /// Where the listener listens.
    package struct Address: Sendable, Equatable, CustomStringConvertible {
        /// A numeric address, IPv6 without brackets.
        package var host: String
        /// 0: a free one.
        package var port: UInt16

        package init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }

        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        package var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

        /// Reads `127.0.0.1:8080` or `[::1]:8080`; nil when it is neither.
        package init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
            else {
                return nil
            }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == ":" }) else {
                return nil
            }
            self.init(host: String(host), port: port)
        }
    }

    package var listen = Address(host: "127.0.0.1", port: 8080)
    /// Nil: the address that the listener got.
    package var publicBase: String?
    /// Nil: the default of the user who runs it.
    package var data: String?
    /// Whom the descriptions of the served APIs name (API Design Rule doc-openapi-contact).
    package var contactName = "Beheer van Sluis"
    package var contactURL = "https://example.org/sluis"
    package var contactEmail = "beheer@example.org"
    package var requiresCrs = false
    /// A connection string; nil: the private cluster.
    package var database: Secret?
    package var isProduction = false
    /// Folders with models, mappings and routes; empty: the shipped ones.
    package var mappings: [String] = []
    package var zone = "Europe/Amsterdam"
    /// Where the official schemas stand; nil: nothing is checked against them.
    package var schemas: String?
    package var tenant = "local"
    /// Nil: one for each processor.
    package var loops: Int?
    package var workers = 4
    package var drain = Duration.seconds(30)
    package var headLimit = 16 * 1024
    package var bodyLimit = 2 * 1024 * 1024 * 1024
    package var connections = 10_000
    package var connectionsPerAddress = 2_000
    package var headTimeout = Duration.seconds(10)
    package var bodyTimeout = Duration.seconds(60)
    package var idleTimeout = Duration.seconds(75)
    package var targetLimit = 8 * 1024
    package var fieldsLimit = 100
    package var bodyTime = Duration.seconds(300)
    package var writeTimeout = Duration.seconds(30)
    package var xmlDepth = 100
    package var xmlSilence = 64 * 1024
    package var xmlAttributes = 256
    package var questionLimit = 64 * 1024
    package var jsonDepth = 8
    package var readYourWrites = Duration.seconds(5)
    /// The systems that routes send to and ask by the APIs they serve.
    package var destinations: [Destination] = []

    package init() {}

    /// How many connections the ledger has open at once, at most.
    package var databaseConnections: Int { workers + 8 }
}

/// A value that is never printed.
package struct Secret: Sendable, Equatable, CustomStringConvertible {
    package let value: String
    package init(_ value: String) { self.value = value }
    package var description: String { "***" }
}
