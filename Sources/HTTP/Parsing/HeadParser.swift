private import Diagnostics

/// Reads a complete head as strictly as RFC 9112 allows: what two readers could understand differently is refused.
package struct HeadParser {
    private let bytes: [UInt8]
    private let limits: Limits
    private var index = 0
    private var hostCount = 0
    private var lengthText: Range<Int>?
    private var hasTransferCoding = false

    /// - Parameter bytes: from the request line to the empty line, both with their CR LF; no bare LF
    ///   (``HeadScanner`` saw to that).
    package static func parse(_ bytes: [UInt8], limits: Limits) throws(HTTPFailure) -> RequestHead {
        var parser = HeadParser(bytes: bytes, limits: limits)
        var head = try parser.parseRequestLine()
        head.fields.reserveCapacity(16)
        while try parser.parseField(into: &head) {}
        try parser.checkFraming(&head)
        return head
    }

    private init(bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    // MARK: Request line

    private mutating func parseRequestLine() throws(HTTPFailure) -> RequestHead {
        let methodStart = index
        while index < bytes.count, bytes[index].isTokenByte { index += 1 }
        guard index > methodStart, take(UInt8(ascii: " ")) else { throw HTTPFailure(.requestLineInvalid) }
        let methodBytes = bytes[methodStart..<index - 1]
        let targetStart = index
        while index < bytes.count, bytes[index] > 0x20, bytes[index] != 0x7F { index += 1 }
        let target = targetStart..<index
        guard !target.isEmpty, take(UInt8(ascii: " ")) else { throw HTTPFailure(.requestLineInvalid) }
        let version = try parseVersion()
        guard let method = Method(methodBytes) else { throw HTTPFailure(.methodNotImplemented) }
        guard target.count <= limits.targetByteCount else { throw HTTPFailure(.targetTooLong) }
        let (path, query) = try split(target, method: method)
        return RequestHead(bytes: bytes, method: method, version: version, path: path, query: query)
    }

    private mutating func parseVersion() throws(HTTPFailure) -> Version {
        guard index + 10 <= bytes.count, bytes[index..<index + 5].elementsEqual("HTTP/".utf8),
            bytes[index + 5].isDigit, bytes[index + 6] == UInt8(ascii: "."), bytes[index + 7].isDigit,
            bytes[index + 8] == 0x0D, bytes[index + 9] == 0x0A
        else { throw HTTPFailure(.requestLineInvalid) }
        defer { index += 10 }
        guard bytes[index + 5] == UInt8(ascii: "1") else { throw HTTPFailure(.versionNotSupported) }
        return bytes[index + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }

    /// Splits the target in path and query; takes `/path`, `http://host/path` and, for OPTIONS, `*`.
    private func split(
        _ target: Range<Int>, method: Method
    ) throws(HTTPFailure) -> (path: Range<Int>, query: Range<Int>?) {
        guard bytes[target].allSatisfy(\.isTargetByte) else { throw HTTPFailure(.targetInvalid) }
        if method == .options, target.count == 1, bytes[target.lowerBound] == UInt8(ascii: "*") {
            return (target, nil)
        }
        let start = try pathStart(of: target)
        let mark = bytes[start..<target.upperBound].firstIndex(of: UInt8(ascii: "?"))
        let path = start..<(mark ?? target.upperBound)
        let query = mark.map { $0 + 1..<target.upperBound }
        guard PercentCoding.isValid(bytes[path]), query.map({ PercentCoding.isValid(bytes[$0]) }) ?? true
        else {
            throw HTTPFailure(.targetInvalid)
        }
        return (path, query)
    }

    private func pathStart(of target: Range<Int>) throws(HTTPFailure) -> Int {
        if bytes[target.lowerBound] == UInt8(ascii: "/") { return target.lowerBound }
        for scheme in ["http://", "https://"] {
            let size = scheme.utf8.count
            guard target.count > size, bytes[target].prefix(size).equalsIgnoringCase(scheme.utf8) else {
                continue
            }
            let authority = target.lowerBound + size
            let slash = bytes[authority..<target.upperBound].firstIndex(of: UInt8(ascii: "/"))
            if let slash, slash > authority, Self.isHost(bytes[authority..<slash]) { return slash }
        }
        throw HTTPFailure(.targetInvalid)
    }

    // MARK: Fields

    /// - Returns: false at the empty line.
    private mutating func parseField(into head: inout RequestHead) throws(HTTPFailure) -> Bool {
        if index + 1 < bytes.count, bytes[index] == 0x0D, bytes[index + 1] == 0x0A { return false }
        let nameStart = index
        while index < bytes.count, bytes[index].isTokenByte { index += 1 }
        let name = nameStart..<index
        guard !name.isEmpty, take(UInt8(ascii: ":")) else { throw HTTPFailure(.fieldInvalid) }
        while index < bytes.count, bytes[index].isBlank { index += 1 }
        let valueStart = index
        while index < bytes.count, bytes[index].isFieldByte { index += 1 }
        var valueEnd = index
        while valueEnd > valueStart, bytes[valueEnd - 1].isBlank { valueEnd -= 1 }
        guard take(0x0D), take(0x0A) else { throw HTTPFailure(.fieldInvalid) }
        guard head.fields.count < limits.fieldCount else { throw HTTPFailure(.tooManyFields) }
        let field = RequestHead.FieldRange(name: name, value: valueStart..<valueEnd)
        head.fields.append(field)
        try note(field, in: &head)
        return true
    }

    /// What a field says about the message itself.
    private mutating func note(
        _ field: RequestHead.FieldRange, in head: inout RequestHead
    ) throws(HTTPFailure) {
        let value = bytes[field.value]
        switch field.name.count {
        case 4 where isNamed("host", field):
            hostCount += 1
            guard hostCount == 1, Self.isHost(value) else { throw HTTPFailure(.hostInvalid) }
        case 6 where isNamed("expect", field):
            guard value.equalsIgnoringCase("100-continue".utf8) else {
                throw HTTPFailure(.expectationUnknown)
            }
            head.expectsContinue = head.version == .http11
        case 10 where isNamed("connection", field):
            for token in value.split(separator: UInt8(ascii: ",")) {
                let word = token.drop(while: \.isBlank).prefix { !$0.isBlank }
                if word.equalsIgnoringCase("close".utf8) { head.keepsAlive = false }
            }
        case 14 where isNamed("content-length", field):
            guard lengthText == nil else { throw HTTPFailure(.contentLengthInvalid) }
            lengthText = field.value
        case 17 where isNamed("transfer-encoding", field):
            guard !hasTransferCoding else { throw HTTPFailure(.transferCodingNotImplemented) }
            hasTransferCoding = true
            head.framing = value.equalsIgnoringCase("chunked".utf8) ? .chunked : .none
        default: break
        }
    }

    /// How long the body is (RFC 9112, 6.3); everything doubtful is refused.
    private func checkFraming(_ head: inout RequestHead) throws(HTTPFailure) {
        if hostCount == 0, head.version == .http11 { throw HTTPFailure(.hostInvalid) }
        if hasTransferCoding {
            guard lengthText == nil, head.version == .http11 else { throw HTTPFailure(.framingAmbiguous) }
            guard head.framing == .chunked else { throw HTTPFailure(.transferCodingNotImplemented) }
        } else if let lengthText {
            let length = try Self.length(bytes[lengthText])
            head.framing = length == 0 ? .none : .length(length)
        }
        if head.framing == .none { head.expectsContinue = false }
    }

    private static func length(_ digits: ArraySlice<UInt8>) throws(HTTPFailure) -> Int64 {
        guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy(\.isDigit) else {
            throw HTTPFailure(.contentLengthInvalid)
        }
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    /// A name or address with or without a port; neither user information nor anything that ends it.
    private static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { $0.isTargetByte && !"/?@%".utf8.contains($0) }
    }

    private func isNamed(_ name: String, _ field: RequestHead.FieldRange) -> Bool {
        bytes[field.name].equalsIgnoringCase(name.utf8)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}
