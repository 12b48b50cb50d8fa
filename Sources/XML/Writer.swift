/// A prefixed name as it is written: `ZKN:identificatie`. Made once, used for every document.
package struct Tag: Hashable, Sendable {
    package let bytes: [UInt8]

    /// - Parameter prefix: empty for a name without one.
    package init(prefix: String, local: String) {
        bytes = Array((prefix.isEmpty ? local : "\(prefix):\(local)").utf8)
    }
}

/// Writes a document as UTF-8 bytes: escaped, indented when asked, every start closed by its end.
///
/// Namespaces are declared on the root with ``declare(prefix:namespace:)``; prefixes are the caller's choice and are
/// not checked. Large content is written in pieces: take what is there with ``take()`` in between.
package struct Writer: Sendable {
    private enum Content: UInt8, Sendable { case none, text, elements }

    private var bytes: [UInt8] = []
    private var open: [(tag: Tag, content: Content)] = []
    private var isTagOpen = false
    private var base64 = Base64Encoder()
    private let isIndented: Bool

    /// - Parameter isIndented: two spaces a level, and a line feed behind the end.
    package init(isIndented: Bool = false) {
        self.isIndented = isIndented
    }

    /// `<?xml version="1.0" encoding="UTF-8"?>`, before anything else.
    package mutating func declaration() {
        bytes += Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8)
        if isIndented { bytes.append(0x0A) }
    }

    package mutating func start(_ tag: Tag) {
        closeTag()
        if let last = open.indices.last {
            if isIndented, open[last].content != .text { newLine(depth: open.count) }
            open[last].content = .elements
        }
        bytes.append(UInt8(ascii: "<"))
        bytes += tag.bytes
        open.append((tag, .none))
        isTagOpen = true
    }

    /// Declares a prefix on the element that was just started.
    package mutating func declare(prefix: String, namespace: String) {
        attribute(
            prefix.isEmpty ? Tag(prefix: "", local: "xmlns") : Tag(prefix: "xmlns", local: prefix), namespace)
    }

    /// Adds an attribute to the element that was just started.
    package mutating func attribute(_ tag: Tag, _ value: [UInt8]) {
        guard isTagOpen else { return }
        bytes.append(UInt8(ascii: " "))
        bytes += tag.bytes
        bytes.append(UInt8(ascii: "="))
        bytes.append(UInt8(ascii: "\""))
        append(value[...], isAttribute: true)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func attribute(_ tag: Tag, _ value: String) { attribute(tag, Array(value.utf8)) }

    package mutating func text(_ value: ArraySlice<UInt8>) {
        closeTag()
        if let last = open.indices.last { open[last].content = .text }
        append(value, isAttribute: false)
    }

    package mutating func text(_ value: [UInt8]) { text(value[...]) }
    package mutating func text(_ value: String) { text(Array(value.utf8)[...]) }

    /// Writes a piece of content as base64; ``end()`` ends it.
    package mutating func base64(_ piece: ArraySlice<UInt8>) {
        closeTag()
        if let last = open.indices.last { open[last].content = .text }
        base64.encode(piece, into: &bytes)
    }

    /// Ends the element that was started last.
    package mutating func end() {
        guard let (tag, content) = open.popLast() else { return }
        if isTagOpen {
            bytes += [UInt8(ascii: "/"), UInt8(ascii: ">")]
            isTagOpen = false
        } else {
            base64.finish(into: &bytes)
            if isIndented, content == .elements { newLine(depth: open.count) }
            bytes += [UInt8(ascii: "<"), UInt8(ascii: "/")]
            bytes += tag.bytes
            bytes.append(UInt8(ascii: ">"))
        }
        if isIndented, open.isEmpty { bytes.append(0x0A) }
    }

    /// An element with only text in it.
    package mutating func element(_ tag: Tag, _ value: String) {
        start(tag)
        text(value)
        end()
    }

    /// What was written since the last time, for large documents; else the whole.
    package mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private mutating func closeTag() {
        guard isTagOpen else { return }
        bytes.append(UInt8(ascii: ">"))
        isTagOpen = false
    }

    private mutating func newLine(depth: Int) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    /// Appends whole stretches; only what must be escaped goes byte by byte.
    ///
    /// A control character that XML 1.0 cannot hold becomes `?`: a document must stay readable.
    private mutating func append(_ value: ArraySlice<UInt8>, isAttribute: Bool) {
        var start = value.startIndex
        for index in value.indices {
            guard let escape = Self.escape(value[index], isAttribute: isAttribute) else { continue }
            bytes += value[start..<index]
            bytes += Array(escape.utf8)
            start = index + 1
        }
        bytes += value[start...]
    }

    private static func escape(_ byte: UInt8, isAttribute: Bool) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case 0x0D: "&#13;"
        case UInt8(ascii: "\"") where isAttribute: "&quot;"
        case 0x09 where isAttribute: "&#9;"
        case 0x0A where isAttribute: "&#10;"
        case 0x09, 0x0A: nil
        case 0..<0x20: "?"
        default: nil
        }
    }
}
