/// An element of the XML Schema namespace, with what it says and what stands in it.
struct SchemaNode: Sendable {
    /// Local name: `complexType`, `restriction`.
    var kind: String
    var attributes: [String: String]
    var children: [SchemaNode] = []
    var line: Int

    subscript(_ attribute: String) -> String? { attributes[attribute] }

    func child(_ kinds: String...) -> SchemaNode? { children.first { kinds.contains($0.kind) } }
}

/// A name of a schema component.
struct QName: Hashable, Sendable, Comparable {
    var namespace: String
    var local: String

    static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.local) < (right.namespace, right.local)
    }
}

/// One schema document, as read from its file.
struct SchemaDocument: Sendable {
    static let namespace = "http://www.w3.org/2001/XMLSchema"

    var file: String
    /// The target namespace; of an included document without one that of the document that includes it.
    var namespace: String
    /// The prefixes that its root declares; the empty one is the default namespace.
    var prefixes: [String: String]
    var root: SchemaNode

    /// Whether local elements are in the target namespace.
    var isQualified: Bool { root["elementFormDefault"] == "qualified" }
}
