package import Record

/// Where large content goes while a bericht is read: pieces arrive decoded, in order, one content after the other.
///
/// Two conformers: the intake's, which stages pieces in the ledger, and ``MemoryContents``.
package protocol ContentSink: AnyObject {
    /// A content begins.
    ///
    /// - Returns: the id that the record keeps.
    func begin() throws(StUFFailure) -> Int64
    /// The next piece of the content that began last; a few KB.
    func write(_ piece: [UInt8]) throws(StUFFailure)
    /// It is complete.
    func end() throws(StUFFailure)
    /// A content that came beside the document, by what `xop:Include` names (`cid:…`); nil when there is none, or it was
    /// taken already. With it a hash of its bytes, which stands for it where content is compared.
    func include(_ href: String) throws(StUFFailure) -> (content: Record.Content, digest: [UInt8])?
}

extension ContentSink {
    package func include(_ href: String) throws(StUFFailure) -> (content: Record.Content, digest: [UInt8])? {
        nil
    }
}

/// Contents in memory, for replay, tests and the command line.
package final class MemoryContents: ContentSink {
    private var contents: [[UInt8]] = []

    package init() {}

    package func begin() -> Int64 {
        contents.append([])
        return Int64(contents.count)
    }

    package func write(_ piece: [UInt8]) {
        guard let last = contents.indices.last else { return }
        contents[last] += piece
    }

    package func end() {}

    /// The content with that id; nil when there is none.
    package subscript(_ id: Int64) -> [UInt8]? {
        contents.indices.contains(Int(id) - 1) ? contents[Int(id) - 1] : nil
    }
}
