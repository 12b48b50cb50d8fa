package import Crypto
package import Diagnostics
internal import Ledger
package import Mapping
internal import Model
package import Record
internal import Resources
package import StUF
package import Threads

/// Decides what a bericht means: its route, its lifted change, the objects it touches. Pure.
///
/// The moment and the identity of an answer are arguments, drawn once and recorded with the bericht, so that a replay, a
/// repeat and the recovery after a crash decide the same.
package struct Judge: Sendable {
    package let rulebook: Rulebook
    package let tenant: String
    package let hash: KeyedHash

    package init(rulebook: Rulebook, tenant: String, hash: KeyedHash) {
        self.rulebook = rulebook
        self.tenant = tenant
        self.hash = hash
    }

    /// What was decided about a bericht that could be read.
    package enum Decision: Sendable {
        /// Goes to the ledger as accepted, and on from there.
        case accepted(Accepted)
        /// Is put to a source and answered.
        case question(Asked)
        /// Is kept and confirmed, and goes nowhere: a fault that an intermediary brought back.
        case noted
        /// Needs no more than a confirmation, and is not kept.
        case confirmed
    }

    /// - Parameters:
    ///   - received: when it came in.
    ///   - content: the hash that stands for a content of the record.
    /// - Throws: why it cannot be processed as it is.
    package func decide(
        _ bericht: Bericht, received: WallTime, content: (Record.Content) -> [UInt8]
    ) throws(Refusal) -> Decision {
        if let decided = try receive(bericht) { return decided }
        let route = form(of: try route(of: bericht), for: bericht, received)
        try checkOperation(route, bericht)
        guard let mapping = rulebook.mappings.mapping(route.mapping) else {
            throw Refusal(StUFFailure(.stufOperationUnknown, at: route.name))
        }
        switch bericht.inhoud {
        case .kennisgeving(let kennisgeving):
            return .accepted(
                try accept(kennisgeving, bericht, route, mapping, received: received, content: content))
        case .vraag(let vraag):
            return .question(try ask(vraag, bericht, route, mapping, received: received))
        case .antwoord, .overig:
            throw Refusal(StUFFailure(.stufOperationUnknown, at: bericht.header.root))
        }
    }

    /// The route as its overlays make it for this bericht.
    private func form(of route: Route, for bericht: Bericht, _ received: WallTime) -> Route {
        guard !route.overlays.isEmpty else { return route }
        let context = Context(
            zender: bericht.stuurgegevens.contextZender, ontvanger: bericht.stuurgegevens.contextOntvanger,
            ontvangen: received.tijdstip, isNew: false)
        guard case .kennisgeving(let kennisgeving) = bericht.inhoud else {
            return route.form(for: nil, context: context)
        }
        return route.form(for: kennisgeving.change, context: context)
    }

    private func route(of bericht: Bericht) throws(Refusal) -> Route {
        let hint: String
        switch rulebook.routes.routing(signature(of: bericht)) {
        case .route(let route): return route
        case .unknownRoot: hint = "no operation has this root element"
        case .unknownAction: hint = "no operation has this SOAPAction"
        case .contradiction(let operation): hint = "the SOAPAction is that of \(operation.name)"
        case .unclear: hint = "no operation has such content; send a SOAPAction"
        case .notRouted(let operation):
            hint = "no route takes \(operation.name)"
            guard
                rulebook.routes.routes.contains(where: { $0.operation.entiteittype == operation.entiteittype }
                )
            else { throw Refusal(StUFFailure(.stufEntiteittypeUnsupported, at: operation.name)) }
        }
        throw Refusal(StUFFailure(.stufOperationUnknown, at: bericht.header.root, hint: hint))
    }

    /// What a kennisgeving says in the API's terms, and under which mapping, without what dedupe and order ask besides;
    /// nil for a bericht that says nothing.
    package func lift(
        _ bericht: Bericht, received: WallTime
    ) throws(Refusal) -> (record: Record, mapping: CompiledMapping)? {
        guard case .kennisgeving(let kennisgeving) = bericht.inhoud,
            let mapping = rulebook.mappings.mapping(try route(of: bericht).mapping)
        else { return nil }
        return (
            try lift(kennisgeving.change, of: kennisgeving, bericht, mapping, received: received), mapping
        )
    }

    /// - Parameter values: of the kennisgeving: its change, or the values before.
    private func lift(
        _ values: Record, of kennisgeving: Kennisgeving, _ bericht: Bericht, _ mapping: CompiledMapping,
        received: WallTime
    ) throws(Refusal) -> Record {
        let context = context(of: bericht, kennisgeving, received: received)
        do throws(MappingFailure) {
            return try mapping.lift(values, context: context).record
        } catch {
            throw Refusal(error)
        }
    }

    private func context(
        of bericht: Bericht, _ kennisgeving: Kennisgeving, received: WallTime
    ) -> Context {
        Context(
            zender: bericht.stuurgegevens.contextZender,
            ontvanger: bericht.stuurgegevens.contextOntvanger, ontvangen: received.tijdstip,
            isNew: kennisgeving.mutatiesoort == .toevoeging)
    }

    private func accept(
        _ kennisgeving: Kennisgeving, _ bericht: Bericht, _ route: Route, _ mapping: CompiledMapping,
        received: WallTime, content: (Record.Content) -> [UInt8]
    ) throws(Refusal) -> Accepted {
        guard !kennisgeving.isLater(than: received.tijdstipBericht) else {
            throw Refusal(StUFFailure(.stufToekomstmutatie, at: "object/tijdvakGeldigheid"))
        }
        guard kennisgeving.change.marks(of: Record.root).verwerkingssoort != .ontdubbeling else {
            throw Refusal(StUFFailure(.stufOntdubbeling, at: "object"))
        }
        let kind = kennisgeving.mutatiesoort.kind
        let after = try lift(kennisgeving.change, of: kennisgeving, bericht, mapping, received: received)
        let objects = try objects(of: after, mapping)
        let telling = bericht.stuurgegevens.telling(route.whenOlder)
        var before: Record?
        if telling != nil, route.whenOlder != .apply, let was = kennisgeving.was {
            // Values before that cannot be lifted are not those that are there.
            before = try? lift(was, of: kennisgeving, bericht, mapping, received: received)
        }
        var change = Change(
            objects: objects, kind: kind, before: before, after: after,
            origin: bericht.stuurgegevens.referentienummer ?? "",
            source: bericht.stuurgegevens.zender?.applicatie ?? "", telling: telling, position: 0)
        change.kept = mapping.kept(
            of: kennisgeving.change, context: context(of: bericht, kennisgeving, received: received))
        var creates: Entry.Creation?
        if kind == .added, let object = objects.first {
            creates = Entry.Creation(object: object, hash: hash.hash(after.canonicalBytes(content: content)))
        }
        return Accepted(route: route, change: change, creates: creates)
    }

    /// The object itself, and every other that berichten change and this one names.
    private func objects(of record: Record, _ mapping: CompiledMapping) throws(Refusal) -> [ObjectKey] {
        guard let resource = rulebook.resources.resource(mapping.api.qualifiedName) else {
            throw Refusal(StUFFailure(.stufOperationUnknown, at: mapping.api.qualifiedName))
        }
        do throws(ResourcesFailure) {
            let own = try resource.key(of: record, tenant: tenant, hash: hash)
            let others = rulebook.resources.linked(
                from: record, of: resource, where: rulebook.made.contains, tenant: tenant, hash: hash)
            return [own] + others.map(\.key).filter { $0 != own }
        } catch {
            throw Refusal(error)
        }
    }
}

/// Why a bericht that could be read is not processed: the failure of whichever room found it.
package struct Refusal: Failure {
    package let failure: any Failure

    package init(_ failure: any Failure) { self.failure = failure }

    package var code: Code { failure.code }
    package var place: String? { failure.place }
    package var rule: SourceLocation? { failure.rule }
    package var hint: String? { failure.hint }
    package var isPassing: Bool { failure.isPassing }
}

extension Stuurgegevens {
    /// Who tells it and when; nil when it does not say both.
    fileprivate func telling(_ whenOlder: Telling.WhenOlder) -> Telling? {
        guard let zender, let tijdstipBericht else { return nil }
        let identity = [zender.organisatie ?? "", zender.applicatie, zender.administratie ?? ""]
        return Telling(
            zender: identity.joined(separator: "\u{1F}"), tijdstip: tijdstipBericht, whenOlder: whenOlder)
    }
}

extension WallTime {
    /// The moment as a canonical tijdstip, to the second.
    package var tijdstip: String {
        let civil = LocalTime.Civil(seconds: Int(seconds))
        var text = Array("0000-00-00T00:00:00Z".utf8)
        func put(_ number: Int, at place: Int, digits: Int) {
            var rest = max(0, number)
            for index in (place..<place + digits).reversed() {
                text[index] += UInt8(rest % 10)
                rest /= 10
            }
        }
        put(civil.year, at: 0, digits: 4)
        put(civil.month, at: 5, digits: 2)
        put(civil.day, at: 8, digits: 2)
        put(civil.hour, at: 11, digits: 2)
        put(civil.minute, at: 14, digits: 2)
        put(civil.second, at: 17, digits: 2)
        return String(decoding: text, as: UTF8.self)
    }
}
