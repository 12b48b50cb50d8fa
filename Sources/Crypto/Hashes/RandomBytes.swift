private import COpenSSL

/// That many bytes from the system's secure random source.
package func randomBytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // Going on with predictable keys or identifiers would be worse than stopping.
    guard unsafe RAND_bytes(&bytes, Int32(clamping: count)) == 1 else {
        preconditionFailure("the system gives no random bytes")
    }
    return bytes
}
