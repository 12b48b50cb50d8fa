/// How much a document may ask of its reader (design section 12).
///
/// The defaults are far above what any StUF schema allows and far below what hurts.
package struct Limits: Sendable {
    /// Elements within elements.
    package var depth = 100
    /// Bytes that may go by without an element or text: bounds a start tag with all its attributes.
    package var bytesWithoutEvent = 64 * 1024
    /// Attributes of one element.
    package var attributes = 256
    /// Different element and attribute names that are not in the ``Names`` table.
    package var unknownNames = 2048
    /// Different namespaces.
    package var namespaces = 64

    package init() {}
}
