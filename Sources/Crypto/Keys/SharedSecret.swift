private import Diagnostics

/// A secret that opens something elsewhere: a client's secret, an API key. Prints as `***`.
package struct SharedSecret: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let bytes: [UInt8]

    /// Nil for one without bytes, or with a byte that is no printable ASCII: such a one was copied wrongly.
    package init?(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    }

    /// The first line of a file that only its owner may read.
    ///
    /// - Throws: ``CryptoFailure`` when it is not there, no plain file of ours, open to others, or no secret.
    package init(file path: String) throws(CryptoFailure) {
        guard let content = try PrivateFile.read(path, .secret) else {
            throw CryptoFailure(.secretFileUnreadable, at: path, hint: "there is no such file")
        }
        let line = content.prefix { $0 != 0x0A && $0 != 0x0D }
        guard let secret = SharedSecret(String(decoding: line, as: UTF8.self)) else {
            throw CryptoFailure(
                .secretFileMalformed, at: path, hint: "its first line is empty or has a space in it")
        }
        self = secret
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package var description: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static func == (left: Self, right: Self) -> Bool { equalInConstantTime(left.bytes, right.bytes) }
}
