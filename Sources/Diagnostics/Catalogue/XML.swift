/// Codes of reading XML.
extension Code {
    static let xml: [Code] = [
        xmlMalformed, xmlDoctype, xmlTooDeep, xmlNoProgress, xmlEncoding, xmlTruncated, xmlTooManyNames,
        xmlNamespace, xmlUnavailable, xmlTooManyAttributes, xmlSchemaUnusable,
    ]

    package static let xmlSchemaUnusable = Code(
        "X020", "schemaUnusable",
        meaning:
            "A schema file could not be compiled: it, or a file that it includes or imports, is missing or wrong.",
        remedy: "Put the whole official tree in the folder; try it with xmllint --schema.")

    package static let xmlMalformed = Code(
        "X001", "malformed",
        meaning: "The text is not well-formed XML, from the line that is named.",
        remedy: "Check it with xmllint --noout; the sender has to mend what makes it.")
    package static let xmlDoctype = Code(
        "X002", "doctypeRefused",
        meaning: "The document has a DOCTYPE. SOAP forbids it, and entities can be made into bombs.",
        remedy: "Leave the DOCTYPE out; write characters instead of entities of your own.")
    package static let xmlTooDeep = Code(
        "X003", "tooDeep",
        meaning: "Elements are nested deeper than any bericht needs.",
        remedy: "Look at what the sender made; no StUF schema nests deeper than a few dozen elements.")
    package static let xmlNoProgress = Code(
        "X004", "noProgress",
        meaning:
            "More than 64 KB went by without an element or text: a tag, attribute or comment of that size.",
        remedy: "Send large content as the text of an element, never in an attribute or a comment.")
    package static let xmlEncoding = Code(
        "X005", "encodingRefused",
        meaning: "The bytes are not in the encoding that the document declares, or that encoding is unknown.",
        remedy: "Send UTF-8 and declare it, or leave the declaration out.")
    package static let xmlTruncated = Code(
        "X006", "truncated",
        meaning: "The document ends before its root element does, or there is no document at all.",
        remedy: "Send it whole; a proxy or a time-out may have cut it off.")
    package static let xmlTooManyNames = Code(
        "X007", "tooManyNames",
        meaning: "The document uses more different names or namespaces than any schema has.",
        remedy: "Look at what the sender made; names must not be generated per item.")
    package static let xmlNamespace = Code(
        "X008", "prefixUndeclared",
        meaning: "A name uses a namespace prefix that is not declared, or declares one wrongly.",
        remedy: "Declare the prefix on the element or one around it.")
    package static let xmlUnavailable = Code(
        "X009", "parserUnavailable",
        meaning: "The XML parser could not be made, for want of memory.",
        remedy: "Try again; give the process more memory when it happens more often.")
    package static let xmlTooManyAttributes = Code(
        "X010", "tooManyAttributes",
        meaning: "One element has more attributes than any schema allows.",
        remedy: "Look at what the sender made; content belongs in elements.")
}
