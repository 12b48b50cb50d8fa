/// Codes of reading JSON.
extension Code {
    static let json: [Code] = [
        jsonMalformed, jsonTruncated, jsonEncoding, jsonDuplicateKey, jsonTooDeep, jsonTooLarge,
        jsonBehindEnd,
    ]

    package static let jsonMalformed = Code(
        "J001", "malformed",
        meaning: "The text is not JSON as RFC 8259 defines it, at the line and column that are named.",
        remedy: "Check it with a JSON tool; comments, trailing commas and single quotes are not JSON.")
    package static let jsonTruncated = Code(
        "J002", "truncated",
        meaning: "The document ends in the middle of a value.",
        remedy: "Send it whole; a proxy or a time-out may have cut it off.")
    package static let jsonEncoding = Code(
        "J003", "encodingRefused",
        meaning: "A string holds bytes that are not UTF-8, an escape that is no character, or U+0000.",
        remedy: "Send UTF-8; write a character beyond U+FFFF as itself or as a pair of \\u escapes.")
    package static let jsonDuplicateKey = Code(
        "J004", "duplicateKey",
        meaning: "An object has the same key twice, so that no reader knows which one is meant.",
        remedy: "Send each key once.")
    package static let jsonTooDeep = Code(
        "J005", "tooDeep",
        meaning: "Objects and arrays are nested deeper than any resource needs.",
        remedy: "Look at what the sender made; no API nests deeper than a dozen levels.")
    package static let jsonTooLarge = Code(
        "J006", "tooLarge",
        meaning: "The document is larger than the configured limit.",
        remedy: "Send large content apart, or raise the limit in the configuration.")
    package static let jsonBehindEnd = Code(
        "J007", "textBehindEnd",
        meaning: "There is more text behind the end of the document.",
        remedy: "Send one document at a time.")
}
