private import Diagnostics
internal import Glibc

/// Where a socket listens or connects to: a numeric IP address and port, or a Unix socket's path.
package enum Address: Hashable, Sendable, CustomStringConvertible {
    /// Port 0 lets the system choose one when listening.
    case ip(String, port: UInt16)
    case unix(String)

    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        self = .ip(host == "localhost" ? "127.0.0.1" : host, port: port)
        guard (try? encoded()) != nil else { return nil }
    }

    package var description: String {
        switch self {
        case .ip(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): path
        }
    }

    /// The address without its port: what connections are counted by.
    package var host: String {
        switch self {
        case .ip(let host, _): host
        case .unix(let path): path
        }
    }

    package var port: UInt16? {
        guard case .ip(_, let port) = self else { return nil }
        return port
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        switch self {
        case .ip(let host, _): host.hasPrefix("127.") || host == "::1"
        case .unix: true
        }
    }

    var family: Int32 {
        switch self {
        case .ip(let host, _): host.contains(":") ? AF_INET6 : AF_INET
        case .unix: AF_UNIX
        }
    }

    /// The bytes of the `sockaddr` that C wants.
    func encoded() throws(SystemFailure) -> [UInt8] {
        switch self {
        case .unix(let path): return try encodedUnix(path)
        case .ip(let host, let port) where host.contains(":"):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            guard unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { throw invalid }
            return unsafe withUnsafeBytes(of: &address) { unsafe Array($0) }
        case .ip(let host, let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw invalid }
            return unsafe withUnsafeBytes(of: &address) { unsafe Array($0) }
        }
    }

    private func encodedUnix(_ path: String) throws(SystemFailure) -> [UInt8] {
        let prefix = 2  // sun_family
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout<sockaddr_un>.size - prefix, !bytes.contains(0) else {
            throw invalid
        }
        let family = UInt16(AF_UNIX)
        return [UInt8(truncatingIfNeeded: family), UInt8(truncatingIfNeeded: family >> 8)] + bytes + [0]
    }

    private var invalid: SystemFailure { SystemFailure(.addressInvalid, at: description) }

    /// The size of the largest `sockaddr`.
    static let encodedSize = 128

    /// What the system wrote about a peer or a listener, in a buffer of ``encodedSize`` bytes.
    init(encoded: [UInt8]) {
        let family = Int32(UInt16(encoded[0]) | UInt16(encoded[1]) << 8)
        switch family {
        case AF_INET:
            var address = unsafe encoded.withUnsafeBytes { unsafe $0.loadUnaligned(as: sockaddr_in.self) }
            let port = UInt16(bigEndian: address.sin_port)
            self = .ip(unsafe Self.text(AF_INET, &address.sin_addr), port: port)
        case AF_INET6:
            var address = unsafe encoded.withUnsafeBytes { unsafe $0.loadUnaligned(as: sockaddr_in6.self) }
            let port = UInt16(bigEndian: address.sin6_port)
            self = .ip(unsafe Self.text(AF_INET6, &address.sin6_addr), port: port)
        default: self = .unix("")
        }
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            let text = unsafe inet_ntop(family, address, buffer.baseAddress, socklen_t(INET6_ADDRSTRLEN))
            return unsafe text.map { unsafe String(cString: $0) } ?? ""
        }
    }
}
