/// One call to another server.
package struct Request: Sendable {
    package var method: Method
    /// An absolute `http` or `https` URL. No BSN belongs in it.
    package var url: String
    package var fields: [Field]
    package var body: [UInt8]
    /// For the whole call, from the first look-up to the last byte.
    package var time: Duration
    /// Of that, for reaching the other side.
    package var connectTime: Duration
    /// The largest body that is taken as an answer.
    package var responseByteCount: Int
    /// The largest head that is taken, all lines and fields together.
    package var responseHeadByteCount = 64 * 1024
    package var trust: Trust

    package init(
        _ method: Method, _ url: String, fields: [Field] = [], body: [UInt8] = [],
        time: Duration = .seconds(30), connectTime: Duration = .seconds(5),
        responseByteCount: Int = 16 * 1024 * 1024, trust: Trust = Trust()
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.time = time
        self.connectTime = connectTime
        self.responseByteCount = responseByteCount
        self.trust = trust
    }

    /// Scheme, host and port, for reports: neither the path, which can name a person, nor a password.
    package var destination: String {
        guard let start = url.ranges(of: "://").first?.upperBound else { return "" }
        let authority = url[start...].prefix { !"/?#\\".contains($0) }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return url[..<start].lowercased() + host
    }

    var isCallable: Bool {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        return (scheme == "http" || scheme == "https") && url.dropFirst(scheme.count).hasPrefix("://")
            && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && fields.allSatisfy(\.isWritable)
    }
}

/// Whom a call believes, and who it says it is.
package struct Trust: Hashable, Sendable {
    /// A file of certificates (PEM) to believe instead of the system's.
    package var authoritiesFile: String?
    /// Our own certificate, with those between it and its authority (PEM).
    package var certificateFile: String?
    package var keyFile: String?
    /// A proxy's URL; nil goes straight, whatever the environment says.
    package var proxy: String?

    package init(
        authoritiesFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        proxy: String? = nil
    ) {
        self.authoritiesFile = authoritiesFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.proxy = proxy
    }
}
