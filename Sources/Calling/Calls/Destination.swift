package import HTTP

/// A system that is called: its APIs, how it knows us, and how much is asked of it at once.
package struct Destination: Sendable, Equatable {
    /// One of its APIs.
    package struct API: Sendable, Equatable {
        /// As models name it: `zaken`.
        package var name: String
        package var root: Root
        /// Whether it wants to hear which coordinates are spoken: `Accept-Crs` and `Content-Crs` (source-apis.md, 1.2).
        package var speaksCRS: Bool

        package init(_ name: String, _ root: Root, speaksCRS: Bool = false) {
            self.name = name
            self.root = root
            self.speaksCRS = speaksCRS
        }
    }

    package var name: String
    package var apis: [API]
    package var credential = Credential.none
    package var trust = Trust()
    /// Calls at the same time; a further one waits.
    package var inFlight = 16
    /// For one call, from its first byte to the answer's last.
    package var time = Duration.seconds(30)
    /// How long a call may wait for its turn.
    package var patience = Duration.seconds(30)
    package var responseByteCount = 64 * 1024 * 1024
    /// Of an FSC contract: sent as `Fsc-Grant-Hash` with a transaction of each call's own (FSC Core 1.1.1).
    package var grantHash: String?

    package init(_ name: String, apis: [API], credential: Credential = .none) {
        self.name = name
        self.apis = apis
        self.credential = credential
    }

    /// The root of one of its APIs.
    package func root(_ api: String) -> Root? { apis.first { $0.name == api }?.root }
}
