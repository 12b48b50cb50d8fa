internal import Diagnostics
package import Crypto
package import HTTP
internal import JSON
package import Ledger
package import Resources
package import Telemetry
package import Threads

/// The served APIs: every collection of every API model, read from the own store.
///
/// ```
/// GET /zaken/api/v1/zaken?identificatie=…      a page of zaken
/// GET /zaken/api/v1/zaken/<uuid>               one
/// GET /zaken/api/v1/rollen?zaak=<url>          the children of one
/// GET /zaken/api/v1/rollen/<uuid>              one child
/// GET /livez, /readyz                          is the process alive; can it take work
/// ```
/// Requests are answered by a few threads of its own; no loop thread waits for the store.
package final class RestAPI: Sendable {
    /// Requests that may wait; beyond it the answer is 503.
    private static let capacity = 4096
    private static let threadCount = 8

    private typealias Work = @Sendable () -> Void

    private let store: Shelf
    private let places: Places
    private let usesPrivateCluster: Bool
    private let observer: Observer
    private let time: TimeSource
    private let queue = Queue<Work>(capacity: capacity)
    private let threads: [Threads.Thread]
    private let base: Monitor<String>
    private let hasFixedBase: Bool

    /// Starts its threads.
    ///
    /// - Parameters:
    ///   - base: what served URLs begin with; nil: the address the listener gets, see ``listens(at:)``.
    ///   - usesPrivateCluster: told by `/readyz`.
    package init(
        ledger: any Ledger, source: StoreSource, library: ResourceLibrary, tenant: String, hash: KeyedHash,
        base: String?, usesPrivateCluster: Bool, observer: Observer, time: TimeSource
    ) throws(SystemFailure) {
        store = Shelf(ledger: ledger, source: source, library: library, tenant: tenant, hash: hash)
        places = Places(library)
        self.usesPrivateCluster = usesPrivateCluster
        self.observer = observer
        self.time = time
        self.base = Monitor(base ?? "")
        hasFixedBase = base != nil
        var threads: [Threads.Thread] = []
        for number in 1...Self.threadCount {
            let queue = queue
            threads.append(
                try Threads.Thread.start("serving-\(number)") {
                    while let work = queue.take() { work() }
                })
        }
        self.threads = threads
    }

    /// Says at which address the listener listens, for URLs where no public base is configured.
    package func listens(at address: String) {
        guard !hasFixedBase else { return }
        base.update { $0 = "http://\(address)" }
    }

    /// What is done with a request; everything that is no other room's is answered here.
    package func decide(_ head: RequestHead, _ context: RequestContext) -> HTTP.Decision {
        let segments = head.pathSegments
        if segments == ["livez"] { return .answer(Response(.ok, text: "alive\n")) }
        return .handle(WholeBody { [self] _, exchange in answer(head, exchange) }, bodyByteCount: 64 * 1024)
    }

    /// Answers what waits and ends its threads.
    package func stop(until deadline: Instant) {
        queue.close()
        for thread in threads { thread.join(until: deadline) }
    }

    private func answer(_ head: RequestHead, _ exchange: consuming Exchange) {
        // The exchange is consumed by whichever side of the queue gets it, once.
        let ticket = Monitor<Exchange?>(exchange)
        let begin = time.instant()
        let accepted = queue.offer { [self] in
            let response = response(to: head)
            let took = time.instant() - begin
            observer.observe(
                .requestAnswered(
                    method: head.method.rawValue, route: places.route(of: head.pathSegments),
                    status: response.status.code, took: took))
            ticket.withLock { $0.take() }?.reply(response)
        }
        guard accepted != .accepted else { return }
        observer.observe(.queueFull(queue: "serving"))
        let busy = Problem(ServingFailure(.servingBusy, isPassing: true), at: head.pathText).response
        ticket.withLock { $0.take() }?.reply(busy)
    }

    /// The answer to one request; blocks for as long as the store takes.
    package func response(to head: RequestHead) -> Response {
        let base = base.withLock { $0 }
        do {
            if head.pathSegments == ["readyz"] { return try readiness() }
            let place = try places.place(of: head.pathSegments)
            guard head.method == .get || head.method == .head else {
                var refused = Problem(
                    ServingFailure(.methodRefused, at: head.method.rawValue), at: head.pathText
                )
                .response
                refused.fields.append(Field("Allow", "GET, HEAD"))
                return refused
            }
            try Form.check(head)
            let page = try store.page(place, Asking(head, place, base: base), base: base)
            return Form.response(page, to: head)
        } catch let failure as ServingFailure {
            return Problem(failure, at: head.pathText).response
        } catch let failure as LedgerFailure {
            return Problem(ServingFailure(failure), at: head.pathText).response
        } catch {
            return Problem(ServingFailure(.servedUnreadable), at: head.pathText).response
        }
    }

    private func readiness() throws -> Response {
        try store.probe()
        let note =
            usesPrivateCluster
            ? "ready, on a private Postgres cluster: for trying and a single small host\n" : "ready\n"
        return Response(.ok, text: note)
    }
}

extension RequestHead {
    /// The path as it was sent, for `instance`.
    var pathText: String { String(decoding: path, as: UTF8.self) }
}
