internal import Crypto
internal import Diagnostics
internal import HTTP
internal import Model
internal import Record
internal import Resources

/// Writes HTML: elements end by themselves, text is escaped.
struct HTMLWriter {
    private(set) var text = "<!DOCTYPE html>\n"

    mutating func element(
        _ name: String, _ attributes: [(String, String)] = [], _ content: (inout HTMLWriter) -> Void
    ) {
        text += "<\(name)"
        for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
        text += ">"
        content(&self)
        text += "</\(name)>\n"
    }

    mutating func element(_ name: String, _ attributes: [(String, String)] = [], _ words: String) {
        element(name, attributes) { $0.words(words) }
    }

    mutating func element(_ name: String, _ words: String) { element(name, [], words) }

    mutating func words(_ words: String) { text += Self.escaped(words) }

    /// Text that is written by us and needs no escape: a style sheet.
    mutating func own(_ text: StaticString) { self.text += text.description }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}

/// A page for people about one served API, made of the tables that serve it; nothing in it comes from elsewhere.
struct Page {
    let description: Description

    static let style: StaticString = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;\
        background:#fff}code{background:#eef2f6;padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}\
        table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;vertical-align:top;\
        border-bottom:1px solid #ccd;padding:.3rem .6rem .3rem 0}td:first-child{width:45%}h2{margin-top:2.5rem;border-top:3px solid #154273}\
        a{color:#154273}summary{cursor:pointer;font-weight:600}
        """

    /// What the page may do: show itself in its own style.
    static let policy: String = {
        let hash = base64(SHA256.digest(Array(style.description.utf8)))
        return "default-src 'none'; style-src 'sha256-\(hash)'; frame-ancestors 'none'"
    }()

    /// Three bytes are four letters (RFC 4648, 4).
    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: bytes.count, by: 3).reduce(into: "") { text, start in
            let group = bytes[start...].prefix(3)
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for letter in 0...group.count { text.append(letters[bits >> (18 - 6 * letter) & 63]) }
            text += String(repeating: "=", count: 3 - group.count)
        }
    }

    var response: Response {
        Response(
            .ok,
            fields: [
                Field("Content-Type", "text/html; charset=utf-8"),
                Field("Content-Security-Policy", Self.policy),
            ], body: Array(html.utf8))
    }

    private var api: ServedAPI { description.api }

    var html: String {
        var html = HTMLWriter()
        html.element("html", [("lang", "nl")]) { html in
            html.element("head") { html in
                html.element("title", description.title)
                html.element("style") { $0.own(Self.style) }
            }
            html.element("body") { body(&$0) }
        }
        return html.text
    }

    private func body(_ html: inout HTMLWriter) {
        html.element("h1", "\(description.title) \(api.version)")
        html.element("p", description.about.filter { $0 != "`" })
        html.element("p") { html in
            html.words("Voor programma's: ")
            for edition in [Description.Edition.v30, .v31] {
                html.element("a", [("href", "\(api.root)/\(edition.file)")], "OpenAPI \(edition.number)")
                html.words(" ")
            }
        }
        html.element("ul") { html in
            for collection in api.collections {
                html.element("li") { $0.element("a", [("href", "#\(collection.tag)")], collection.tag) }
            }
        }
        for collection in api.collections { self.collection(collection, &html) }
    }

    private func collection(_ collection: ServedCollection, _ html: inout HTMLWriter) {
        html.element("h2", [("id", collection.tag)], collection.tag)
        guard !collection.isAskedByPost else { return questions(collection, &html) }
        html.element("table") { html in
            row("GET \(collection.path)", "Een lijst van \(collection.tag).", &html)
            if collection.hasSearch {
                row("POST \(collection.path)/_zoek", "Dezelfde lijst, met de filters als JSON.", &html)
            }
            row("GET \(collection.path)/{uuid}", "Eén \(collection.entity.name).", &html)
            if collection.hasContent {
                row("GET \(collection.path)/{uuid}/download", "De inhoud.", &html)
            }
        }
        html.element("h3", "Filters")
        html.element("table") { html in
            if let child = collection.child {
                row(child.facts.parent, "URL van de \(collection.root.entity.name).", &html)
            }
            for filter in collection.filters {
                let place = filter.isSearchOnly ? " Alleen met _zoek." : ""
                row(filter.name, filter.explanation.filter { $0 != "`" } + place, &html)
            }
        }
        if !collection.orders.isEmpty {
            html.element("p", "Volgorde met ordering: \(collection.orders.joined(separator: ", ")).")
        }
        if !collection.expansions.isEmpty {
            html.element("h3", "Uit te klappen met expand")
            html.element("p") { html in
                for path in collection.expansions {
                    html.element("code", path)
                    html.words(" ")
                }
            }
        }
        properties(collection, &html)
    }

    /// A collection that is asked with documents.
    private func questions(_ collection: ServedCollection, _ html: inout HTMLWriter) {
        html.element(
            "p", "POST \(collection.path) met een JSON-document: type, fields en wat de vraag nodig heeft.")
        html.element("h3", "Vragen")
        html.element("table") { html in
            for question in collection.questions { row(question.name, question.explanation, &html) }
        }
        properties(collection, &html)
    }

    private func properties(_ collection: ServedCollection, _ html: inout HTMLWriter) {
        html.element("details") { html in
            html.element("summary", "Eigenschappen")
            html.element("table") { html in
                for element in collection.entity.documented { row(element, prefix: "", &html) }
            }
        }
    }

    private func row(_ name: String, _ meaning: String, _ html: inout HTMLWriter) {
        html.element("tr") { html in
            html.element("td") { $0.element("code", name) }
            html.element("td", meaning)
        }
    }

    private func row(_ element: Element, prefix: String, _ html: inout HTMLWriter) {
        let name = prefix + element.describedName
        row(name, element.kind, &html)
        guard element.isGroup, element.api?.child == nil, element.api?.link == nil else { return }
        for member in element.members { row(member, prefix: "\(name).", &html) }
    }
}

extension Element {
    /// What its value is, in words.
    fileprivate var kind: String {
        let one: String
        if let link = api?.link {
            one = "URL van \(link.resource)"
        } else if let child = api?.child {
            one = "URL van \(child.resource)"
        } else if !type.enumeration.isEmpty {
            one = "een van " + type.enumeration.joined(separator: ", ")
        } else {
            let length = type.maxLength.map { ", hoogstens \($0)" } ?? ""
            one = type.base == .content ? "URL van de inhoud" : "\(type.base)\(length)"
        }
        return isRepeat && describedName == name ? "lijst: \(one)" : one
    }
}
