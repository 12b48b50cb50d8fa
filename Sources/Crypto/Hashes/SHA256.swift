private import COpenSSL

/// A SHA-256 digest under way; frees OpenSSL's context when it goes out of scope.
@safe package struct SHA256: ~Copyable {
    private let context: OpaquePointer

    package init() {
        // Only exhausted memory or an OpenSSL without SHA-256 gets here; nothing from outside does.
        guard let context = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        else { preconditionFailure("OpenSSL gives no SHA-256") }
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        unsafe withContiguous(bytes) { start, count in
            _ = unsafe EVP_DigestUpdate(context, start, count)
        }
    }

    /// The 32 bytes of the digest of everything that was given.
    package consuming func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = unsafe EVP_DigestFinal_ex(context, &digest, nil)
        return digest
    }

    /// The 32 bytes of the digest of `bytes`.
    package static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }
}

/// Calls `body` with the bytes in one piece, copied first when they do not lie so.
func withContiguous(
    _ bytes: some Sequence<UInt8>, _ body: (UnsafePointer<UInt8>?, Int) -> Void
) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
        unsafe body(buffer.baseAddress, buffer.count)
    }
    guard done == nil else { return }
    unsafe Array(bytes).withUnsafeBufferPointer { buffer in
        unsafe body(buffer.baseAddress, buffer.count)
    }
}
