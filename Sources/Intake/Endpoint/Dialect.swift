internal import HTTP
internal import StUF
internal import Threads

/// What the head of a request says about the bericht behind it.
struct Dialect: Sendable {
    /// As sent; nil where there was none.
    var soapAction: String?
    /// How to wrap a fault when the body does not say it: it is no XML, or was not read.
    var envelope: Envelope

    /// - Returns: nil when the Content-Type is none of a bericht. None at all is taken: old applications forget it.
    init?(_ head: RequestHead) {
        let parts = (head["content-type"] ?? "").split(separator: ";").map(Self.trimmed)
        soapAction = head["soapaction"]
        switch (parts.first ?? "").lowercased() {
        case "application/soap+xml":
            envelope = .soap12
            // SOAP 1.2 names the action in the media type.
            let action = parts.dropFirst().first { $0.lowercased().hasPrefix("action=") }
            soapAction = action.map { String($0.dropFirst("action=".count)) } ?? soapAction
        case "text/xml", "": envelope = .soap11
        case "application/xml": envelope = soapAction == nil ? .bare : .soap11
        default: return nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...end])
    }
}

/// One request, from the moment its head was read.
struct Arrival: Sendable {
    let judge: Judge
    let dialect: Dialect
    /// Drawn once; everything derived from the bericht uses this moment.
    let received: WallTime
    let began: Instant
}
