package import Crypto
private import Diagnostics
package import Ledger
package import Record
package import Resources
package import Threads

/// The own store: what Sluis itself serves.
///
/// A change is merged into the document it is about and written unless a newer one is there, so that a repeat after a
/// crash changes nothing. With an object, small documents of the types it links to are written, so that every URL that
/// is served resolves.
package final class StoreTarget: Target {
    package static let name = "store"
    package var name: String { Self.name }

    /// How many types are remembered as written; beyond that they are written again, which is harmless.
    private static let remembered = 10_000

    private let store: any DocumentStore
    private let library: ResourceLibrary
    private let tenant: String
    private let hash: KeyedHash
    private let time: TimeSource
    private let made: Set<String>
    /// The types that were written, as they were.
    private let seen = Monitor<Set<LinkTarget>>([])
    private let settle: Settling

    /// Settles what a change says over what is stored: the values after, the change they are of, what is stored. What
    /// it says only because the sender's form holds less is no change, and what it makes of several values is made of
    /// all of them.
    package typealias Settling = @Sendable (Record, Change, Record) -> Record

    /// - Parameter made: the resources that berichten make themselves; of others, that are only linked to, small
    ///   documents are written.
    package init(
        store: any DocumentStore, library: ResourceLibrary, made: Set<String>, tenant: String,
        hash: KeyedHash, time: TimeSource, settle: @escaping Settling = { after, _, _ in after }
    ) {
        self.settle = settle
        self.store = store
        self.library = library
        self.made = made
        self.tenant = tenant
        self.hash = hash
        self.time = time
    }

    package func deliver(_ consignments: [Consignment]) -> [Effect] {
        do throws(LedgerFailure) {
            let there = try store.documents(consignments.compactMap(\.change.objects.first))
            let byKey = Dictionary(there.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            var writing = Writing()
            var effects = consignments.enumerated().map { place, consignment in
                merge(consignment, into: byKey, at: place, &writing)
            }
            guard !writing.documents.isEmpty else { return effects }
            let written = try store.write(writing.documents + writing.types.map(\.document))
            // A newer one came between the look and the write: this one is over.
            for (place, isWritten) in zip(writing.places, written) where !isWritten {
                effects[place] = .done(changed: false)
            }
            remember(writing.types.map(\.target))
            return effects
        } catch {
            // Nothing is wrong with any of them: they can all be tried again.
            guard error.isFaultOfBericht else {
                return consignments.map { _ in .failed(StoreAway(cause: error)) }
            }
            // One of them is at fault: the others must not suffer for it.
            return consignments.count < 2
                ? consignments.map { _ in .failed(error) } : consignments.flatMap { deliver([$0]) }
        }
    }

    /// The documents of a batch on their way to the store.
    private struct Writing {
        var documents: [Document] = []
        /// For each document the place of its consignment.
        var places: [Int] = []
        var types: [(target: LinkTarget, document: Document)] = []
    }

    /// The store cannot take anything now, for whatever reason.
    private struct StoreAway: Failure {
        var cause: LedgerFailure
        var code: Code { cause.code }
        var place: String? { cause.place }
        var hint: String? { cause.hint }
        var isPassing: Bool { true }
    }

    /// Merges one change and adds the documents it makes.
    private func merge(
        _ consignment: Consignment, into there: [ObjectKey: Document], at place: Int,
        _ writing: inout Writing
    ) -> Effect {
        let change = consignment.change
        guard let key = change.objects.first, let resource = library.resource(key.resource) else {
            return .failed(DeliveryFailure(.changeUnreadable, at: change.objects.first?.resource))
        }
        let document = there[key]
        if let document, document.sequence >= consignment.delivery.sequence { return .done(changed: false) }
        let stored: Stored?
        do throws(RecordFailure) {
            stored = try document?.record.map { bytes throws(RecordFailure) in
                try Stored(decoding: bytes, layout: resource.shape.layout, onUnknown: { _ in })
            }
        } catch {
            return .parked(error)
        }
        if let refused = older(consignment, than: stored, resource) { return refused }
        do throws(ResourcesFailure) {
            var merged = try Merge(resource).apply(settled(change, over: stored), to: stored)
            let isNewest = merged.stored?.note(change.telling) ?? false
            let isKept = merged.stored?.kept.take(change.kept) ?? false
            guard merged.isChanged || isNewest || isKept else { return .done(changed: false) }
            writing.documents.append(self.document(key, merged.stored, resource, consignment))
            writing.places.append(place)
            if let record = merged.stored?.record {
                writing.types += self.types(of: record, resource, consignment)
            }
            return .done(changed: merged.isChanged || isKept)
        } catch {
            return .failed(error)
        }
    }

    private func settled(_ change: Change, over stored: Stored?) -> Change {
        var told = change.asTold
        guard let stored, told.kind != .added, let after = told.after else { return told }
        told.after = settle(after, told, stored.record)
        return told
    }

    /// What becomes of a change that was told before one that came earlier (design section 5): nil when it is to be
    /// applied.
    private func older(
        _ consignment: Consignment, than stored: Stored?, _ resource: Resource
    ) -> Effect? {
        guard let stored, let telling = consignment.change.telling, telling.whenOlder != .apply,
            let last = stored.tellings[telling.zender], telling.isOlder(than: last),
            // A person looked at it and sent it on.
            consignment.delivery.lastCode != Code.changeOlder.number,
            !Merge(resource).isAsBefore(consignment.change, stored)
        else { return nil }
        let failure = DeliveryFailure(.changeOlder, at: consignment.change.objects.first?.resource)
        return telling.whenOlder == .park ? .parked(failure) : .failed(failure)
    }

    private func document(
        _ key: ObjectKey, _ stored: Stored?, _ resource: Resource, _ consignment: Consignment
    ) -> Document {
        var document = Document(
            key: key, uuid: key.uuid.description, record: stored?.encoded(),
            sequence: consignment.delivery.sequence, asOf: time.wall(), source: consignment.change.source)
        guard let stored else { return document }
        document.index = Self.index(of: stored.record, resource, hash)
        document.children = stored.children.map {
            Document.Child(resource: $0.resource, uuid: $0.uuid.description)
        }
        document.contents = stored.record.contents.map(\.id)
        return document
    }

    private static func index(
        of record: borrowing Record, _ resource: Resource, _ hash: KeyedHash
    ) -> [Document.Index] {
        resource.findable(in: record, hash: hash).map { Document.Index(path: $0.path, value: $0.value) }
    }

    /// The values by which a document that was read back is found; nil for one that cannot be read.
    package static func index(
        of document: Document, _ library: ResourceLibrary, _ hash: KeyedHash
    ) -> [Document.Index]? {
        guard let record = document.record, let resource = library.resource(document.key.resource),
            let stored = try? Stored(decoding: record, layout: resource.shape.layout, onUnknown: { _ in })
        else { return nil }
        return index(of: stored.record, resource, hash)
    }

    /// The documents of types that this process has not written yet.
    private func types(
        of record: Record, _ resource: Resource, _ consignment: Consignment
    ) -> [(target: LinkTarget, document: Document)] {
        let known = seen.withLock { $0 }
        let targets = library.linked(
            from: record, of: resource, where: { !made.contains($0) }, tenant: tenant, hash: hash)
        return targets.compactMap { target in
            guard !known.contains(target), let type = library.resource(target.key.resource) else {
                return nil
            }
            let stored = Stored(record: target.record(type), children: [])
            return (target, document(target.key, stored, type, consignment))
        }
    }

    private func remember(_ types: [LinkTarget]) {
        guard !types.isEmpty else { return }
        seen.withLock { seen in
            if seen.count > Self.remembered { seen = [] }
            seen.formUnion(types)
        }
    }
}

extension Change {
    /// Without the values before, which have had their say: what the change takes away is among the values after.
    fileprivate var asTold: Change {
        var change = self
        change.before = nil
        return change
    }
}

extension Stored {
    /// Remembers when it was told.
    ///
    /// - Returns: whether nothing newer was told before by the same.
    fileprivate mutating func note(_ telling: Telling?) -> Bool {
        guard let telling else { return false }
        if let last = tellings[telling.zender], last == telling.tijdstip || telling.isOlder(than: last) {
            return false
        }
        tellings[telling.zender] = telling.tijdstip
        return true
    }
}
