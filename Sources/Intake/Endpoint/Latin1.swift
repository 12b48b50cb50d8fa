/// Makes UTF-8 of a body whose media type says ISO-8859-1 and whose own declaration does not.
///
/// What the document says of itself goes before what the request says of it: senders copy a Content-Type. The body is
/// kept as UTF-8, so that it can be read again without the request.
struct Latin1: Sendable {
    /// Decided by the first bytes.
    private var isNeeded: Bool?

    /// - Parameter charset: of the Content-Type; nil when there is none.
    init(charset: String?) {
        let isLatin1 = ["iso-8859-1", "iso_8859-1", "latin1", "us-ascii"].contains(
            charset?.lowercased() ?? "")
        isNeeded = isLatin1 ? nil : false
    }

    /// The next bytes, as UTF-8.
    mutating func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let isNeeded = isNeeded ?? !Self.declaresItself(bytes)
        self.isNeeded = isNeeded
        guard isNeeded, bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
        return text
    }

    /// A byte order mark, or a declaration with an encoding.
    private static func declaresItself(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
        let head = String(decoding: bytes.prefix(256).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        guard let start = head.firstRange(of: "<?xml"), let end = head.firstRange(of: "?>") else {
            return false
        }
        return start.upperBound < end.lowerBound
            && head[start.upperBound..<end.lowerBound].contains("encoding")
    }
}
