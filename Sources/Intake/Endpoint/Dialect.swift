internal import HTTP
internal import StUF
internal import Threads

/// What the head of a request says about the bericht behind it.
struct Dialect: Sendable {
    /// As sent; nil where there was none.
    var soapAction: String?
    /// How to wrap a fault when the body does not say it: it is no XML, or was not read.
    var envelope: Envelope
    /// Of the media type; nil where it names none.
    var charset: String?

    /// Of a body in parts (MTOM); nil for any other.
    var multipart: MediaType?

    /// - Returns: nil when the Content-Type is none of a bericht. None at all is taken: old applications forget it.
    init?(_ head: RequestHead) {
        let type = MediaType(head["content-type"] ?? "")
        soapAction = head["soapaction"]
        charset = type["charset"]
        switch type.name {
        case "application/soap+xml":
            envelope = .soap12
            // SOAP 1.2 names the action in the media type.
            soapAction = type["action"] ?? soapAction
        case "text/xml", "": envelope = .soap11
        case "application/xml": envelope = soapAction == nil ? .bare : .soap11
        case "multipart/related":
            guard type["type"]?.lowercased() == "application/xop+xml" else { return nil }
            let info = MediaType(type["start-info"] ?? "")
            envelope = info.name == "application/soap+xml" ? .soap12 : .soap11
            soapAction = type["action"] ?? info["action"] ?? soapAction
            multipart = type
        default: return nil
        }
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
