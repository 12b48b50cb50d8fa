/// Codes of HTTP, listening (`H1xx`) and calling (`H2xx`).
extension Code {
    package static let requestLineInvalid = Code(
        "H101", "requestLineInvalid",
        meaning: "What came in does not begin with a request line: method, target and version (RFC 9112, 3).",
        remedy: "Check that the sender speaks HTTP/1.1 without TLS to this port.")
    package static let versionNotSupported = Code(
        "H102", "versionNotSupported",
        meaning: "The request speaks another version of HTTP than 1.1 or 1.0.",
        remedy: "Let the sender use HTTP/1.1.")
    package static let methodNotImplemented = Code(
        "H103", "methodNotImplemented",
        meaning: "The request's method is none of GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.",
        remedy: "Let the sender use one of these.")
    package static let targetInvalid = Code(
        "H104", "targetInvalid",
        meaning:
            "The request's target is no path, or holds characters or percent signs that a URL cannot hold.",
        remedy: "Let the sender percent-encode its URL as UTF-8.")
    package static let targetTooLong = Code(
        "H105", "targetTooLong",
        meaning: "The request's target is longer than the limit.",
        remedy: "Ask with POST and a body (_zoek), or raise the limit.")
    package static let headTooLarge = Code(
        "H106", "headTooLarge",
        meaning: "The request's head is larger than the limit.",
        remedy: "Look for cookies or tokens that the sender does not need here, or raise the limit.")
    package static let tooManyFields = Code(
        "H107", "tooManyFields",
        meaning: "The request's head has more fields than the limit.",
        remedy: "Look for fields that the sender or a proxy does not need here, or raise the limit.")
    package static let fieldInvalid = Code(
        "H108", "fieldInvalid",
        meaning: "A field of the request is malformed: its name, a space before the colon, a folded line or a"
            + " control character (RFC 9112, 5).",
        remedy: "Correct the sender, or the proxy before it.")
    package static let lineEndInvalid = Code(
        "H109", "lineEndInvalid",
        meaning: "A line of the request does not end in CR LF (RFC 9112, 2.2).",
        remedy: "Correct the sender: two readers of such a request may see two different ones.")
    package static let hostInvalid = Code(
        "H110", "hostInvalid",
        meaning: "The request has no Host field, more than one, or one that names no host (RFC 9112, 3.2).",
        remedy: "Correct the sender, or the proxy before it.")
    package static let contentLengthInvalid = Code(
        "H111", "contentLengthInvalid",
        meaning: "The request's Content-Length is no single number, or it was given twice (RFC 9112, 6.3).",
        remedy: "Correct the sender: two readers of such a request may see two different ones.")
    package static let transferCodingNotImplemented = Code(
        "H112", "transferCodingNotImplemented",
        meaning: "The request's Transfer-Encoding is another than chunked.",
        remedy: "Let the sender give a Content-Length, or only chunked.")
    package static let framingAmbiguous = Code(
        "H113", "framingAmbiguous",
        meaning: "The request says in two ways how long it is (Content-Length and Transfer-Encoding, or"
            + " Transfer-Encoding in HTTP/1.0).",
        remedy: "Correct the sender or the proxy: such a request can smuggle a second one (RFC 9112, 11.2).")
    package static let chunkInvalid = Code(
        "H114", "chunkInvalid",
        meaning:
            "A chunk of the request is malformed: its size, its line end or what follows it (RFC 9112, 7.1).",
        remedy: "Correct the sender, or the proxy before it.")
    package static let bodyTooLarge = Code(
        "H115", "bodyTooLarge",
        meaning: "The request's body is larger than the limit.",
        remedy: "Send less at once, or raise the limit.")
    package static let requestTimedOut = Code(
        "H116", "requestTimedOut",
        meaning: "The request did not come in in time.",
        remedy: "Look at the network, or at the sender that stalls; the limits are in the configuration.")
    package static let expectationUnknown = Code(
        "H117", "expectationUnknown",
        meaning: "The request expects something else than 100-continue.",
        remedy: "Correct the sender.")
    package static let tooManyConnections = Code(
        "H118", "tooManyConnections",
        meaning: "There are more connections than the limit, in all or from this address.",
        remedy: "Let the sender reuse its connections, or raise the limit.")
    package static let requestUnanswered = Code(
        "H119", "requestUnanswered",
        meaning: "A request was taken in and then forgotten: an error in Sluis.",
        remedy: "Report it with the log lines around it. The sender may repeat the request.")

    package static let methodNotAllowed = Code(
        "H120", "methodNotAllowed",
        meaning: "This address does not take the request's method.",
        remedy: "Let the sender use one of those in the Allow field of the answer; berichten are posted.")
    package static let mediaTypeUnsupported = Code(
        "H121", "mediaTypeUnsupported",
        meaning: "The request's Content-Type is none that this address takes.",
        remedy: "Send berichten as text/xml, application/xml or application/soap+xml.")

    package static let callUnreachable = Code(
        "H201", "callUnreachable",
        meaning: "The called address could not be found or does not accept connections. Nothing was sent.",
        remedy: "Check the configured URL, the name service, the proxy and whether the other side runs.")
    package static let callTimedOut = Code(
        "H202", "callTimedOut",
        meaning: "The called address did not answer in time. Whether it did what was asked is not known.",
        remedy: "Look at the other side; the time is in the configuration.")
    package static let callBroken = Code(
        "H203", "callBroken",
        meaning:
            "The connection broke during the call. Whether the other side did what was asked is not known.",
        remedy: "Look at the network and at the other side's log.")
    package static let callTLSRefused = Code(
        "H204", "callTLSRefused",
        meaning: "The called address and Sluis do not trust each other's certificates.",
        remedy: "Check the configured certificate authority, client certificate and key, and their dates.")
    package static let responseTooLarge = Code(
        "H205", "responseTooLarge",
        meaning: "The answer to a call is larger than the limit.",
        remedy: "Ask for less at once (a smaller page), or raise the limit.")
    package static let responseInvalid = Code(
        "H206", "responseInvalid",
        meaning: "The answer to a call is no HTTP.",
        remedy: "Check the configured URL: another kind of server answers there.")
    package static let callRefused = Code(
        "H207", "callRefused",
        meaning: "A call was not made: its URL is no http or https URL, or a field holds a line end.",
        remedy: "Correct the configured URL or field.")
    package static let callStopped = Code(
        "H208", "callStopped",
        meaning: "A call was given up because Sluis is stopping.",
        remedy: "Nothing: it is made again after the start.")

    static let http: [Code] = [
        requestLineInvalid, versionNotSupported, methodNotImplemented, targetInvalid, targetTooLong,
        headTooLarge,
        tooManyFields, fieldInvalid, lineEndInvalid, hostInvalid, contentLengthInvalid,
        transferCodingNotImplemented, framingAmbiguous, chunkInvalid, bodyTooLarge, requestTimedOut,
        expectationUnknown, tooManyConnections, requestUnanswered, methodNotAllowed, mediaTypeUnsupported,
        callUnreachable, callTimedOut, callBroken,
        callTLSRefused, responseTooLarge, responseInvalid, callRefused, callStopped,
    ]
}
