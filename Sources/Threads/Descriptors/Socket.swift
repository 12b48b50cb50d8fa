private import CLinux
private import Glibc

/// A stream socket; closed when it goes out of scope.
package struct Socket: ~Copyable, Sendable {
    package let descriptor: Descriptor

    /// A connection that a listener took, not blocking.
    package struct Accepted: ~Copyable, Sendable {
        package let socket: Socket
        package let peer: Address

        package consuming func taken() -> Socket { socket }
    }

    /// Listens, not blocking.
    ///
    /// - Parameter isShared: whether several sockets, even of several processes of one user, may listen on the same
    ///   port; the system then spreads the connections over them.
    package static func listen(
        on address: Address, isShared: Bool = false, backlog: Int32 = 1024
    ) throws(SystemFailure) -> Socket {
        let bytes = try address.encoded()
        let socket = try make(address, flags: SOCK_NONBLOCK.rawValue)
        if address.family != AF_UNIX {
            try socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
            if isShared { try socket.set(SOL_SOCKET, SO_REUSEPORT, 1) }
        }
        let number = socket.descriptor.number
        guard unsafe sluis_bind(number, bytes, socklen_t(bytes.count)) == 0 else {
            throw SystemFailure(call: "bind \(address)")
        }
        guard Glibc.listen(number, backlog) == 0 else { throw SystemFailure(call: "listen \(address)") }
        return socket
    }

    /// Connects and waits for it, at most until the deadline. The socket then blocks on reads and writes.
    package static func connect(to address: Address, until deadline: Instant? = nil) throws(SystemFailure)
        -> Socket
    {
        let bytes = try address.encoded()
        let socket = try make(address, flags: SOCK_NONBLOCK.rawValue)
        let number = socket.descriptor.number
        if unsafe sluis_connect(number, bytes, socklen_t(bytes.count)) != 0 {
            guard errno == EINPROGRESS else { throw SystemFailure(call: "connect \(address)") }
            guard Descriptor.wait(for: number, .writing, until: deadline) == .ready else {
                throw SystemFailure(call: "connect \(address)", errno: ETIMEDOUT)
            }
            var result: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &result, &size)
            guard result == 0 else { throw SystemFailure(call: "connect \(address)", errno: result) }
        }
        let flags = fcntl(number, F_GETFL)
        guard fcntl(number, F_SETFL, flags & ~O_NONBLOCK) == 0 else { throw SystemFailure(call: "fcntl") }
        if address.family != AF_UNIX { try socket.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
        return socket
    }

    private init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    private static func make(_ address: Address, flags: UInt32) throws(SystemFailure) -> Socket {
        let number = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | flags), 0)
        guard number >= 0 else { throw SystemFailure(call: "socket \(address)") }
        return Socket(Descriptor(number))
    }

    private borrowing func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SystemFailure) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe setsockopt(descriptor.number, level, option, &value, size) == 0 else {
            throw SystemFailure(call: "setsockopt")
        }
    }

    /// The next waiting connection; nil when none waits.
    ///
    /// - Throws: when the system has no more descriptors or memory. Connections that broke while waiting are
    ///   skipped.
    package borrowing func accept() throws(SystemFailure) -> Accepted? {
        while true {
            var peer = [UInt8](repeating: 0, count: Address.encodedSize)
            var size = socklen_t(peer.count)
            let number = unsafe sluis_accept(descriptor.number, &peer, &size)
            if number >= 0 {
                let accepted = Socket(Descriptor(number))
                let address = Address(encoded: peer)
                // Without it answers are still right, only later.
                if address.family != AF_UNIX { try? accepted.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
                return Accepted(socket: accepted, peer: address)
            }
            switch errno {
            case EAGAIN: return nil
            case EMFILE, ENFILE, ENOBUFS, ENOMEM, EBADF, EINVAL, ENOTSOCK:
                throw SystemFailure(call: "accept4")
            default: continue
            }
        }
    }

    /// Where this socket listens or is bound; tells the port that the system chose.
    package var localAddress: Address {
        var encoded = [UInt8](repeating: 0, count: Address.encodedSize)
        var size = socklen_t(encoded.count)
        _ = unsafe sluis_local_address(descriptor.number, &encoded, &size)
        return Address(encoded: encoded)
    }

    /// Reads what is there, at most the size of the buffer.
    package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) -> Descriptor.Read {
        unsafe descriptor.read(into: buffer)
    }

    /// Writes what fits now.
    package borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Descriptor.Write {
        unsafe descriptor.write(bytes)
    }

    /// Writes everything to a blocking socket.
    package borrowing func writeAll(_ bytes: [UInt8]) throws(SystemFailure) {
        var start = 0
        while start < bytes.count {
            let result = unsafe bytes.withUnsafeBytes {
                unsafe write(UnsafeRawBufferPointer(rebasing: $0[start...]))
            }
            switch result {
            case .bytes(let count): start += count
            case .wouldBlock: _ = Descriptor.wait(for: descriptor.number, .writing, until: nil)
            case .failed(let number): throw SystemFailure(call: "write", errno: number)
            }
        }
    }

    /// Reads once, waiting until the deadline for something to come.
    ///
    /// - Returns: empty when the other end has closed its side; nil when the deadline has passed.
    package borrowing func readSome(
        upTo limit: Int = 65536, until deadline: Instant? = nil
    ) throws(SystemFailure) -> [UInt8]? {
        guard Descriptor.wait(for: descriptor.number, .reading, until: deadline) == .ready else { return nil }
        var result = Descriptor.Read.end
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            result = unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
            if case .bytes(let read) = result { count = read }
        }
        switch result {
        case .bytes, .end: return bytes
        case .wouldBlock: return nil
        case .failed(let number): throw SystemFailure(call: "read", errno: number)
        }
    }

    /// Says that nothing more will be written; reading goes on.
    package borrowing func shutdownWriting() { shutdown(descriptor.number, Int32(SHUT_WR)) }

    /// Makes closing drop the connection with a reset.
    package borrowing func resetOnClose() {
        var value = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        unsafe setsockopt(descriptor.number, SOL_SOCKET, SO_LINGER, &value, size)
    }
}
