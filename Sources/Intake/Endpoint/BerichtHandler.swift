private import Diagnostics
internal import HTTP
private import Ledger
internal import StUF
internal import Threads

/// Takes in one bericht on the thread of a loop.
final class BerichtHandler: RequestHandler {
    private let endpoint: Endpoint
    private let arrival: Arrival
    private let context: RequestContext
    private var body: [UInt8] = []
    private var byteCount: Int64 = 0
    /// Once it is too large to be read here.
    private var upload: Upload?
    private var latin1: Latin1

    init(_ endpoint: Endpoint, _ arrival: Arrival, _ context: RequestContext) {
        self.endpoint = endpoint
        self.arrival = arrival
        self.context = context
        latin1 = Latin1(charset: arrival.dialect.charset)
    }

    func receive(_ chunk: ArraySlice<UInt8>) -> HTTP.Flow {
        byteCount += Int64(chunk.count)
        guard byteCount <= endpoint.settings.bodyByteCount else {
            abandon()
            return .answer(endpoint.desk.tooLarge(arrival.dialect))
        }
        if let upload { return upload.add(latin1.utf8(Array(chunk))) ? .more : .pause }
        body += chunk
        guard arrival.dialect.multipart == nil else { return startUpload().add(takeBody()) ? .more : .pause }
        guard body.count > endpoint.settings.smallByteCount else { return .more }
        body = latin1.utf8(body)
        return startUpload().add(takeBody()) ? .more : .pause
    }

    func finish(_ exchange: consuming Exchange) {
        let handover = Handover(exchange)
        if let upload { return upload.finish(handover) }
        if arrival.dialect.multipart != nil { return startUpload().finish(handover) }
        body = latin1.utf8(body)
        let contents = NoContents()
        let reading = Reading(arrival, .bytes(body), byteCount: byteCount, contents: contents) {
            (reader: inout BerichtReader) throws(StUFFailure) in
            try reader.feed(self.body[...])
        }
        guard contents.isAsked else { return endpoint.desk.receive(reading, handover) }
        // It holds a document: that goes to the ledger piece by piece, which a loop must not wait for.
        let upload = startUpload()
        _ = upload.add(takeBody())
        upload.finish(handover)
    }

    func abandon() { upload?.abandon() }

    private func startUpload() -> Upload {
        let started = Upload(arrival, desk: endpoint.desk, readers: endpoint.readers, context: context)
        upload = started
        return started
    }

    private func takeBody() -> [UInt8] {
        defer { body = [] }
        return body
    }
}

/// Finds out whether a bericht holds documents.
private final class NoContents: ContentSink {
    private(set) var isAsked = false

    func begin() throws(StUFFailure) -> Int64 {
        isAsked = true
        throw StUFFailure(.stufContentNotStored, isPassing: true)
    }
    func write(_ piece: [UInt8]) {}
    func end() {}
}
