private import CLibXML2
internal import Diagnostics
private import Threads

/// An XML Schema, compiled: any number of threads check documents with it at once.
///
/// Sendable: libxml2 only reads a schema once it is compiled; what checking writes is in a ``SchemaCheck`` of its own.
@safe package final class Schema: @unchecked Sendable {
    /// Loading files is a hook of the whole process: one schema at a time.
    private static let compiling = Monitor(0)

    let pointer: OpaquePointer

    /// Compiles a schema file with all that it includes and imports, from files alone.
    ///
    /// Call it at start, before documents from outside are read: while it works, external entities are loaded from files.
    ///
    /// - Throws: `X020` when the file, or one that it needs, is missing or is no schema.
    package init(file: String) throws(XMLFailure) {
        var compiled: xmlSchemaPtr?
        Self.compiling.update { (_: inout Int) in
            unsafe xmlSetExternalEntityLoader { url, id, context in
                unsafe xmlNoNetExternalEntityLoader(url, id, context)
            }
            defer { unsafe xmlSetExternalEntityLoader { _, _, _ in nil } }
            guard let parser = unsafe xmlSchemaNewParserCtxt(file) else { return }
            defer { unsafe xmlSchemaFreeParserCtxt(parser) }
            unsafe xmlSchemaSetParserStructuredErrors(parser, { _, _ in }, nil)
            unsafe compiled = xmlSchemaParse(parser)
        }
        guard let compiled = unsafe compiled else { throw XMLFailure(.xmlSchemaUnusable, line: 0) }
        unsafe pointer = compiled
    }

    deinit { unsafe xmlSchemaFree(pointer) }
}
