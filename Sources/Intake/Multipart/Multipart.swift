internal import Diagnostics
internal import StUF

/// Takes a `multipart/related` body apart while it comes in (RFC 2046 section 5.1, RFC 2387): no part is held in memory.
///
/// Pure: what is found goes to a closure. Lines end in CRLF, as the standard says.
struct Multipart: Sendable {
    /// What the body says, in order.
    enum Piece {
        /// A part begins: its header fields, names in small letters.
        case start([String: String])
        case data(ArraySlice<UInt8>)
        case end
    }

    /// How much a body may ask of its reader.
    struct Limits: Sendable {
        var parts = 100
        var headByteCount = 8 * 1024
        var preambleByteCount = 64 * 1024
    }

    private enum State: UInt8, Sendable { case preamble, delimiter, head, data, epilogue }

    private static let longestBoundary = 70

    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    /// What may yet be part of a delimiter or a head. The first delimiter may stand at the very start.
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var passed = 0
    private var parts = 0

    /// - Returns: nil for a boundary that the standard does not allow.
    init?(boundary: String, limits: Limits = Limits()) {
        let bytes = Array(boundary.utf8)
        guard (1...Self.longestBoundary).contains(bytes.count), bytes.last != 0x20,
            bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") })
        else { return nil }
        delimiter = Array("\r\n--".utf8) + bytes
        self.limits = limits
    }

    /// Reads on.
    ///
    /// - Throws: `S080` for what is no multipart, or asks too much; or what `take` throws.
    mutating func feed(
        _ chunk: ArraySlice<UInt8>, _ take: (Piece) throws(StUFFailure) -> Void
    ) throws(StUFFailure) {
        guard state != .epilogue else { return }
        buffer += chunk
        while try step(take) {}
    }

    /// - Throws: `S080` when the last delimiter has not come.
    func finish() throws(StUFFailure) {
        guard state == .epilogue else { throw Self.failure("it is cut off") }
    }

    private static func failure(_ why: String) -> StUFFailure {
        StUFFailure(.stufMultipart, at: "multipart", hint: why)
    }

    /// - Returns: whether more can be said of what is at hand.
    private mutating func step(_ take: (Piece) throws(StUFFailure) -> Void) throws(StUFFailure) -> Bool {
        switch state {
        case .preamble, .data: return try passData(take)
        case .delimiter: return try passDelimiter()
        case .head: return try passHead(take)
        case .epilogue:
            buffer = []
            return false
        }
    }

    private mutating func passData(
        _ take: (Piece) throws(StUFFailure) -> Void
    ) throws(StUFFailure) -> Bool {
        let (end, isFound) = Self.search(delimiter, in: buffer)
        if state == .data, end > 0 { try take(.data(buffer[..<end])) }
        if state == .preamble {
            passed += end
            guard passed <= limits.preambleByteCount else { throw Self.failure("its boundary does not come") }
        }
        buffer.removeFirst(isFound ? end + delimiter.count : end)
        guard isFound else { return false }
        if state == .data { try take(.end) }
        state = .delimiter
        return true
    }

    /// - Returns: where the delimiter begins; else what is certainly none of it.
    static func search(_ delimiter: [UInt8], in bytes: [UInt8]) -> (end: Int, isFound: Bool) {
        var start = 0
        while let place = bytes[start...].firstIndex(of: 0x0D) {
            let rest = bytes[place...].prefix(delimiter.count)
            if delimiter.starts(with: rest) { return (place, rest.count == delimiter.count) }
            start = place + 1
        }
        return (bytes.count, false)
    }

    /// Behind a delimiter: two dashes end the body; else the rest of its line is white space.
    private mutating func passDelimiter() throws(StUFFailure) -> Bool {
        guard buffer.count >= 2 else { return false }
        if buffer.starts(with: [0x2D, 0x2D]) {
            state = .epilogue
            return true
        }
        let spaces = buffer.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard buffer.count >= spaces + 2 else {
            guard spaces < 256 else { throw Self.failure("its boundary goes on") }
            return false
        }
        guard buffer[spaces] == 0x0D, buffer[spaces + 1] == 0x0A else {
            throw Self.failure("its boundary goes on")
        }
        parts += 1
        guard parts <= limits.parts else { throw Self.failure("it has too many parts") }
        // The line end stays: an empty head is a line end by itself.
        buffer.removeFirst(spaces)
        state = .head
        return true
    }

    private mutating func passHead(
        _ take: (Piece) throws(StUFFailure) -> Void
    ) throws(StUFFailure) -> Bool {
        let (end, isFound) = Self.search(Array("\r\n\r\n".utf8), in: buffer)
        guard isFound else {
            guard buffer.count <= limits.headByteCount else { throw Self.failure("a head is too large") }
            return false
        }
        guard end <= limits.headByteCount else { throw Self.failure("a head is too large") }
        // A part without content ends where its head does: its delimiter begins with the line end of the head.
        let rest = buffer[(end + 2)...]
        guard rest.count >= delimiter.count || !delimiter.starts(with: rest) else { return false }
        let fields = try Self.fields(buffer[..<end])
        buffer.removeFirst(end + 2)
        state = .data
        try take(.start(fields))
        if Self.search(delimiter, in: buffer) != (0, true) { buffer.removeFirst(2) }
        return true
    }

    private static func fields(_ head: ArraySlice<UInt8>) throws(StUFFailure) -> [String: String] {
        guard head.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }) else {
            throw failure("a head is malformed")
        }
        // A line that begins with white space goes on with the one before it.
        let text = String(decoding: head, as: UTF8.self).replacing("\r\n ", with: " ")
            .replacing("\r\n\t", with: " ")
        var fields: [String: String] = [:]
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw failure("a head is malformed") }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            guard fields.updateValue(String(value), forKey: name) == nil else {
                throw failure("a head is malformed")
            }
        }
        return fields
    }
}
