internal import HTTP

/// A reply as a fixture keeps it.
enum ReplyText {
    /// The file's name and content: XML with the status in a comment at its top, anything else under the status and its
    /// headers.
    static func of(_ response: Response, to request: FixtureCase.Request) -> (file: String, text: String) {
        let type = response.fields["Content-Type"] ?? ""
        if type.contains("xml") {
            let comment = "<!-- HTTP \(response.status.code) \(type) -->\n"
            let xml = PlainForm.xml(response.whole)
            let declaration = xml.hasPrefix("<?xml") ? xml.prefix { $0 != "\n" } + "\n" : ""
            return ("\(request.number)-reply.xml", declaration + comment + xml.dropFirst(declaration.count))
        }
        var text = "HTTP \(response.status.code)\n"
        for field in response.fields { text += "\(field.name): \(field.value)\n" }
        text += "\n"
        let isJSON = type.contains("json")
        text += isJSON ? PlainForm.json(response.whole) : String(decoding: response.whole, as: UTF8.self)
        return ("\(request.number)-reply.txt", text)
    }
}
