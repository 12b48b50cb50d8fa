internal import XML

/// How much a bericht may ask of its reader (design section 12): far above what any schema allows.
package struct BerichtLimits: Sendable {
    /// Elements within elements.
    package var depth = XML.Limits().depth
    /// Attributes of one element.
    package var attributeCount = XML.Limits().attributes
    /// Bytes that may go by without an element or text.
    package var silentByteCount = XML.Limits().bytesWithoutEvent

    package init() {}

    var ofXML: XML.Limits {
        var limits = XML.Limits()
        limits.depth = depth
        limits.attributes = attributeCount
        limits.bytesWithoutEvent = silentByteCount
        return limits
    }
}
