private import COpenSSL

/// An HMAC-SHA256 under way; frees OpenSSL's context when it goes out of scope.
@safe package struct HMACSHA256: ~Copyable {
    private let context: OpaquePointer

    package init(key: [UInt8]) {
        unsafe context = Algorithm.hmac.start(key: key)
    }

    /// Continues from a context that already took in its key; takes ownership.
    fileprivate init(taking context: OpaquePointer) {
        unsafe self.context = context
    }

    deinit { unsafe EVP_MAC_CTX_free(context) }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        unsafe withContiguous(bytes) { start, count in
            _ = unsafe EVP_MAC_update(context, start, count)
        }
    }

    /// The 32 bytes of the code over everything that was given.
    package consuming func finish() -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var count = 0
        _ = unsafe EVP_MAC_final(context, &code, &count, code.count)
        return code
    }

    /// The 32 bytes of the code over `bytes`.
    package static func code(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        var hmac = HMACSHA256(key: key)
        hmac.update(bytes)
        return hmac.finish()
    }
}

/// A context that has taken in its key once; each code starts from a copy of it, which is much cheaper.
///
/// Sendable because OpenSSL only reads the context that it copies, and nothing here ever changes it.
@safe final class HMACTemplate: @unchecked Sendable {
    private let context: OpaquePointer

    init(key: [UInt8]) {
        unsafe context = Algorithm.hmac.start(key: key)
    }

    deinit { unsafe EVP_MAC_CTX_free(context) }

    func start() -> HMACSHA256 {
        guard let copy = unsafe EVP_MAC_CTX_dup(context) else {
            preconditionFailure("OpenSSL has no memory for an HMAC")
        }
        return unsafe HMACSHA256(taking: copy)
    }
}

/// OpenSSL's HMAC, looked up once and kept for the life of the process.
///
/// Sendable because an `EVP_MAC` does not change after it was fetched and OpenSSL counts its references atomically.
@safe private final class Algorithm: @unchecked Sendable {
    static let hmac = Algorithm()
    private let mac: OpaquePointer

    private init() {
        guard let mac = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            preconditionFailure("OpenSSL gives no HMAC")
        }
        unsafe self.mac = mac
    }

    /// A new context, owned by the caller, that has taken in the key.
    func start(key: [UInt8]) -> OpaquePointer {
        guard let context = unsafe EVP_MAC_CTX_new(mac) else {
            preconditionFailure("OpenSSL has no memory for an HMAC")
        }
        // A null pointer means "keep the key", so an empty key is given as a pointer to nothing.
        let given = key.isEmpty ? [0] : key
        guard unsafe sluis_hmac_sha256_start(context, given, key.count) == 1 else {
            preconditionFailure("OpenSSL gives no HMAC with SHA-256")
        }
        return unsafe context
    }
}
