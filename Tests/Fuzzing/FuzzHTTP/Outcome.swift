private import Diagnostics
private import HTTP

/// What a request is understood as: code of the refusal, or what was read of its body.
struct Outcome: Equatable {
    var refusal: String?
    var method: String?
    var body: [UInt8] = []
    var isWhole = false
}

func outcome(_ bytes: [UInt8], step: Int) -> Outcome {
    var outcome = Outcome()
    do throws(HTTPFailure) {
        guard let end = try headEnd(of: bytes, step: step) else { return outcome }
        let head = try HeadParser.parse(Array(bytes[end.leading..<end.offset]), limits: Limits())
        outcome.method = head.method.rawValue
        _ = (head.pathSegments, head.queryItems.count, head["Content-Type"])
        try read(bytes[end.offset...], head, step: step, into: &outcome)
    } catch {
        outcome.refusal = error.code.description
    }
    return outcome
}

private func headEnd(of bytes: [UInt8], step: Int) throws(HTTPFailure) -> (leading: Int, offset: Int)? {
    var scanner = HeadScanner()
    var known = 0
    while known < bytes.count {
        known = min(known + step, bytes.count)
        if let end = try scanner.scan(bytes[..<known], limits: Limits()) { return (scanner.leading, end) }
    }
    return nil
}

private func read(
    _ bytes: ArraySlice<UInt8>, _ head: RequestHead, step: Int, into outcome: inout Outcome
) throws(HTTPFailure) {
    var decoder = try BodyDecoder(head.framing, limit: 1 << 16, limits: Limits())
    var known = bytes.startIndex
    var position = bytes.startIndex
    while known < bytes.endIndex || head.framing == .none {
        known = min(known + step, bytes.endIndex)
        reading: while true {
            switch try decoder.step(bytes[..<known], from: position) {
            case .data(let range):
                outcome.body += bytes[range]
                position = range.upperBound
            case .more:
                position = known
                break reading
            case .end:
                outcome.isWhole = true
                return
            }
        }
    }
}
