package import Calling
private import Crypto
private import HTTP
internal import JSON
package import Postgres
package import Telemetry
package import Threads

/// A stand-in for the ZGW APIs, as strict as Open Zaak 1.30 was seen to be (open-zaak-observed.md), with faults that can
/// be asked for.
package final class ZGWStub: Sendable {
    /// What it is made of.
    package struct Settings: Sendable {
        package var catalogue: TypeCatalogue
        package var applications: [Application]
        /// The one domain that all its URLs are built from; nil: the address it listens on.
        package var base: String?
        package var workers = 16
        package var time = TimeSource.system

        package init(catalogue: TypeCatalogue, applications: [Application]) {
            self.catalogue = catalogue
            self.applications = applications
        }
    }

    package let base: String
    private let listener: Listener
    private let workers: Workers
    private let front: Front

    package init(
        on address: Address, database: ConnectionString, settings: Settings, observer: Observer
    ) throws(StubsFailure) {
        let store = try StubStore(database)
        let workers = Workers("stub", threads: settings.workers, capacity: 1024)
        let box = OneShot<Front>()
        do throws(SystemFailure) {
            try workers.start()
            listener = try Listener(on: address, loops: 1, limits: HTTP.Limits(), observer: observer) {
                head, _ in
                .handle(
                    WholeBody { body, exchange in
                        let handover = Handover(exchange)
                        _ = workers.offer {
                            guard let exchange = handover.take() else { return }
                            exchange.reply(box.wait()?.answer(head, body) ?? Response(.serviceUnavailable))
                        }
                    }, bodyByteCount: nil)
            }
        } catch {
            workers.stop(until: .after(.seconds(1)))
            throw StubsFailure(error)
        }
        self.workers = workers
        let base = settings.base ?? "http://\(listener.address)"
        self.base = base
        front = Front(store: store, base: base, settings: settings)
        box.fulfil(front)
        try store.inTransaction { session throws(StubsFailure) in
            for resource in settings.catalogue.resources(base: base) { try session.put(resource) }
        }
    }

    /// What goes wrong from now on.
    package func set(_ faults: Faults) { front.set(faults) }

    /// The calls that came in, as `POST zaken`, in order; the last ten thousand.
    package var calls: [String] { front.calls }

    /// As a caller that may do all.
    package func destination(as application: Application) throws(CallingFailure) -> Destination {
        var apis: [Destination.API] = []
        for name in ["zaken", "documenten", "besluiten", "catalogi"] {
            let root = try Root("\(base)/\(name)/api/v1")
            apis.append(.init(name, root, speaksCRS: name == "zaken"))
        }
        return Destination(
            "stub", apis: apis,
            credential: .zgw(clientID: application.clientID, secret: application.secret))
    }

    package func stop() {
        front.stop()
        listener.drain(until: .after(.seconds(5)))
        workers.stop(until: .after(.seconds(5)))
    }
}
