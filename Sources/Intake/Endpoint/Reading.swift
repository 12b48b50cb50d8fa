internal import Diagnostics
internal import HTTP
internal import Ledger
internal import StUF
internal import Threads

/// A bericht after its last byte: what it says, or why it could not be read.
struct Reading: Sendable {
    let arrival: Arrival
    /// As far as it was read.
    let header: Header
    /// Keyed hash of what was read of the content.
    let contentHash: [UInt8]
    let outcome: Result<Bericht, StUFFailure>
    /// Whether the bericht was read to its end; only then `contentHash` is that of the whole.
    var isRead: Bool { (try? outcome.get()) != nil }
    let body: Entry.Body
    let byteCount: Int64
    /// Documents in the ledger, in order, and the hash of each.
    let contents: [Int64]
    let digests: [Int64: [UInt8]]

    /// Reads a bericht that is at hand.
    init(
        _ arrival: Arrival, _ body: Entry.Body, byteCount: Int64, contents: any ContentSink,
        feed: (inout BerichtReader) throws(StUFFailure) -> Void
    ) {
        do throws(StUFFailure) {
            var reader = try arrival.reader(contents)
            self.init(arrival, &reader, body, byteCount: byteCount, feed: feed)
        } catch {
            self.init(arrival, Header(), [], .failure(error), body, byteCount: byteCount)
        }
    }

    /// Ends a bericht that was read piece by piece.
    init(
        _ arrival: Arrival, _ reader: inout BerichtReader, _ body: Entry.Body, byteCount: Int64,
        contents: [Int64] = [], digests: [Int64: [UInt8]] = [:],
        feed: (inout BerichtReader) throws(StUFFailure) -> Void = { (_: inout BerichtReader) in }
    ) {
        let outcome: Result<Bericht, StUFFailure>
        do throws(StUFFailure) {
            try feed(&reader)
            outcome = .success(try reader.finish())
        } catch {
            outcome = .failure(error)
        }
        self.init(
            arrival, reader.header, reader.contentHash, outcome, body, byteCount: byteCount,
            contents: contents,
            digests: digests)
    }

    init(
        _ arrival: Arrival, _ header: Header, _ contentHash: [UInt8], _ outcome: Result<Bericht, StUFFailure>,
        _ body: Entry.Body, byteCount: Int64, contents: [Int64] = [], digests: [Int64: [UInt8]] = [:]
    ) {
        self.arrival = arrival
        var header = header
        // Nothing told how to wrap a fault: then the head of the request does.
        if header.root.isEmpty, header.envelope == .bare { header.envelope = arrival.dialect.envelope }
        self.header = header
        self.contentHash = contentHash
        self.outcome = outcome
        self.body = body
        self.byteCount = byteCount
        self.contents = contents
        self.digests = digests
    }

    var referentienummer: String { header.stuurgegevens?.referentienummer ?? "" }
    var berichtcode: String { header.stuurgegevens?.berichtcode.rawValue ?? "" }

    /// The identity of the answer.
    var identity: Stuurgegevens.Identity {
        Stuurgegevens.Identity(answering: header, content: contentHash, received: arrival.received)
    }

    /// The answer that everything is well: `Bv03`, or `Bv02` where the sender waits for the effect.
    var bevestiging: Reply? {
        guard let stuurgegevens = header.stuurgegevens else { return nil }
        return BerichtWriter(envelope: header.envelope).bevestiging(
            stuurgegevens.berichtcode.isSynchronous ? .bv02 : .bv03, to: stuurgegevens, identity: identity)
    }

    /// The answer that it is refused, and why.
    func fault(_ failure: any Failure) -> Reply {
        BerichtWriter(envelope: header.envelope).soapFault(failure)
            ?? fault(Fout(Told(failure, by: arrival.judge.rulebook), as: header.refusal))
    }

    func fault(_ fout: Fout) -> Reply {
        BerichtWriter(envelope: header.envelope).fout(
            fout, as: header.refusal, to: header, identity: identity)
    }
}

extension Arrival {
    func reader(_ contents: any ContentSink) throws(StUFFailure) -> BerichtReader {
        try BerichtReader(
            judge.rulebook.forms, soapAction: dialect.soapAction, hash: judge.hash, contents: contents)
    }
}

extension Response {
    init(_ reply: Reply) {
        self.init(
            Status(reply.status), fields: [Field("Content-Type", reply.contentType)], body: reply.body)
    }
}
