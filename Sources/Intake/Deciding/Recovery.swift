private import Diagnostics
package import Ledger
private import Mapping
private import Record
private import StUF

/// Decides a kept bericht again from its stored bytes, as when it came in: what a crash between commit and expansion
/// left behind.
package struct Recovery: Sendable {
    private let judge: Judge
    private let ledger: any Ledger

    package init(judge: Judge, ledger: any Ledger) {
        self.judge = judge
        self.ledger = ledger
    }

    /// The deliveries of a bericht that was accepted and not expanded.
    ///
    /// Its contents are in the ledger under the ids that the entry adopted; reading the body again numbers them anew, so
    /// they are put in their places by order.
    package func deliveries(of kept: KeptEntry) throws(Refusal) -> [NewDelivery] {
        let known = KnownContents(kept.entry.contents, ledger)
        let bericht: Bericht
        do throws(StUFFailure) {
            // The SOAPAction is not kept; the operation it named is.
            var reader = try BerichtReader(
                judge.rulebook.forms, soapAction: action(of: kept.entry), hash: judge.hash, contents: known)
            try feed(kept, to: &reader)
            bericht = try reader.finish()
        } catch {
            throw Refusal(error)
        }
        let decision = try judge.decide(bericht, received: kept.entry.received, content: { _ in [] })
        if case .noted = decision { return [] }
        guard case .accepted(let accepted) = decision else {
            throw Refusal(StUFFailure(.stufOperationUnknown, at: kept.entry.name))
        }
        return accepted.deliveries(kept.sequence)
    }

    private func action(of entry: Entry) -> String? {
        judge.rulebook.routes.routes.first { $0.operation.name == entry.name }?.operation.soapAction
    }

    private func feed(_ kept: KeptEntry, to reader: inout BerichtReader) throws(StUFFailure) {
        guard case .upload(let upload) = kept.entry.body else {
            if case .bytes(let bytes) = kept.entry.body { try reader.feed(bytes[...]) }
            return
        }
        var piece = 0
        while let bytes = try read(upload, piece) {
            try reader.feed(bytes[...])
            piece += 1
        }
    }

    private func read(_ upload: Int64, _ piece: Int) throws(StUFFailure) -> [UInt8]? {
        do throws(LedgerFailure) {
            return try ledger.content(upload, piece: piece)
        } catch {
            throw StUFFailure(error.code, at: error.place, isPassing: error.isPassing)
        }
    }
}

/// Gives contents the ids they were kept under, in order; their bytes are there already.
private final class KnownContents: ContentSink {
    private var ids: ArraySlice<Int64>
    private let ledger: any Ledger

    init(_ ids: [Int64], _ ledger: any Ledger) {
        self.ids = ids[...]
        self.ledger = ledger
    }

    /// It came beside the bericht, and is in the ledger as a document in it is.
    func include(_ href: String) throws(StUFFailure) -> (content: Record.Content, digest: [UInt8])? {
        guard let id = ids.popFirst() else { return nil }
        var content = Record.Content(id: id, byteCount: 0)
        do throws(LedgerFailure) {
            var piece = 0
            while let bytes = try ledger.content(id, piece: piece) {
                content.byteCount += Int64(bytes.count)
                piece += 1
            }
        } catch {
            throw StUFFailure(error.code, at: error.place, isPassing: error.isPassing)
        }
        return (content, [])
    }

    func begin() -> Int64 { ids.popFirst() ?? 0 }
    func write(_ piece: [UInt8]) {}
    func end() {}
}
