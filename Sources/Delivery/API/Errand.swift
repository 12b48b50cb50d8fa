internal import Calling
internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads
internal import XML

/// One delivery to an API, from its first look to its last call. Blocks as long as the calls take.
struct Errand {
    let target: APITarget
    let delivery: Delivery
    let change: Change
    let key: ObjectKey
    let resource: Resource
    let onBehalf: OnBehalf
    /// Why the last call that failed did.
    var lastFailure: CallingFailure?

    init(_ target: APITarget, _ consignment: Consignment, _ key: ObjectKey, _ resource: Resource) {
        self.target = target
        delivery = consignment.delivery
        change = consignment.change
        self.key = key
        self.resource = resource
        onBehalf = OnBehalf(
            user: change.source, representation: change.source,
            toelichting: "StUF-bericht \(change.origin)")
    }

    mutating func run() throws(ErrandFailure) -> Effect {
        switch change.kind {
        case .added: try make()
        case .changed, .corrected, .snapshot: try bring(.change)
        case .removed:
            throw ErrandFailure(.apiRefuses, at: key.resource, hint: "nothing is removed at an API")
        }
    }

    // MARK: What is meant

    /// What the change says as one document, links as what they are looked up by.
    func graph() throws(ErrandFailure) -> Value {
        guard let record = change.after else { return .object([]) }
        let contents = try contents(of: record)
        let bytes = GraphDocument.write(
            record, of: resource.shape, isPretty: false, implied: change.kind == .added ? .toevoegen : .none,
            content: { contents[$0.id] })
        var limits = JSON.Limits()
        limits.byteCount = max(limits.byteCount, bytes.count)
        do throws(JSONFailure) {
            return sized(try Value(bytes, limits: limits), record)
        } catch {
            throw ErrandFailure(error)
        }
    }

    /// With the sizes of contents, which the API wants to hear beside them.
    private func sized(_ graph: Value, _ record: Record) -> Value {
        var graph = graph
        for element in resource.entity.elements {
            guard let content = element.api?.sizeOf, let node = resource.shape.node(content),
                let size = record.content(node)?.byteCount
            else { continue }
            graph[element.name] = .number(String(size))
        }
        return graph
    }

    /// The contents of documents as base64, by their numbers.
    private func contents(of record: Record) throws(ErrandFailure) -> [Int64: [UInt8]] {
        var result: [Int64: [UInt8]] = [:]
        for content in record.contents where result[content.id] == nil {
            guard content.byteCount <= target.settings.contentByteCount else {
                throw ErrandFailure(.contentTooLarge, at: key.resource)
            }
            var encoder = Base64Encoder()
            var text: [UInt8] = []
            text.reserveCapacity(Int(content.byteCount) / 3 * 4 + 4)
            do throws(LedgerFailure) {
                var piece = 0
                while let bytes = try target.log.content(content.id, piece: piece) {
                    encoder.encode(bytes[...], into: &text)
                    piece += 1
                }
            } catch {
                throw ErrandFailure(error)
            }
            encoder.finish(into: &text)
            result[content.id] = text
        }
        return result
    }

    /// The same with URLs.
    ///
    /// - Parameters:
    ///   - zaaktype: of the zaak that is there; nil where the graph says it.
    ///   - settled: URLs that were chosen before.
    mutating func resolve(
        _ graph: Value, zaaktype: String? = nil, settled: Set<String>
    ) throws(ErrandFailure) -> Value {
        var links = Links(target.library.models, today: today, settled: settled)
        // Each round asks what the one before made known: the zaak, its zaaktype, the types of that.
        for _ in 0..<6 {
            do throws(ResourcesFailure) {
                switch try links.resolve(graph, of: resource.entity, zaaktype: zaaktype) {
                case .resolved(let document): return document
                case .asks(let places): for place in places { links.known[place] = try answer(place) }
                }
            } catch {
                if let lastFailure { throw ErrandFailure(lastFailure) }
                throw ErrandFailure(error)
            }
        }
        throw ErrandFailure(.linkUnsaid, at: key.resource)
    }

    /// - Throws: after noting the failure of the call, which is the one to tell.
    mutating func answer(_ place: MakePlan.Place) throws(ResourcesFailure) -> [Value] {
        let api: String? =
            switch place {
            case .list(let api, _, _): api
            case .page(let url): target.calls.api(of: url)
            }
        let isKept = api.map { !target.written.contains($0) } ?? false
        if isKept, let known = target.types[place] { return known }
        do throws(CallingFailure) {
            let items = try target.calls.items(at: place, onBehalf: onBehalf)
            if isKept { target.types.keep(items, at: place) }
            return items
        } catch {
            lastFailure = error
            throw ResourcesFailure(error.code, at: error.place)
        }
    }

    /// The day by which types are valid.
    var today: String { day(LocalTime.Civil(seconds: Int(target.time.wall().seconds))) }

    func day(_ civil: LocalTime.Civil) -> String {
        func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        return "\(digits(civil.year, 4))-\(digits(civil.month, 2))-\(digits(civil.day, 2))"
    }

    // MARK: Calls

    /// The pages of a list as they come, or one document.
    mutating func look(_ place: MakePlan.Place) -> MakePlan.Outcome {
        do throws(CallingFailure) {
            let url: String =
                switch place {
                case .list(let api, let collection, let query): try target.calls.url(api, collection, query)
                case .page(let url): url
                }
            return .answered(try target.calls.send(.get, url, onBehalf: onBehalf))
        } catch {
            lastFailure = error
            return MakePlan.Outcome(error)
        }
    }

    mutating func perform(_ write: Write) -> MakePlan.Outcome {
        do throws(CallingFailure) {
            switch write {
            case .make(let api, let collection, let body):
                let url = try target.calls.url(api, collection)
                return .answered(try target.calls.send(.post, url, body.bytes, onBehalf: onBehalf))
            case .patch(_, let url, let body):
                return .answered(try target.calls.send(.patch, url, body.bytes, onBehalf: onBehalf))
            case .delete(_, let url, _):
                return .answered(try target.calls.send(.delete, url, onBehalf: onBehalf))
            }
        } catch {
            // What is gone is as it was meant to be.
            if case .delete = write, error.code == .apiNotThere { return .answered(.null) }
            lastFailure = error
            return MakePlan.Outcome(error)
        }
    }

    func note(_ steps: [Step]) throws(ErrandFailure) {
        guard !steps.isEmpty else { return }
        do throws(LedgerFailure) {
            try target.log.note(
                steps, of: delivery, now: target.time.wall(), lease: target.settings.lease)
        } catch {
            throw ErrandFailure(error, isPassing: true)
        }
    }

    /// What was drawn and looked up at the first run, and is the same at every other.
    struct Groundwork {
        /// The number of the step that keeps it.
        static let step = 0
        /// The first number of a call that changes what is there: beyond those of any plan that makes it.
        static let change = 1_000_000

        var moment: String
        var urls: Set<String>
        /// Whether it was kept before.
        var isKept: Bool

        /// From what was kept, or anew.
        init(_ kept: [Step], now: String) {
            let words = kept.first { $0.number == Self.step }?.result?.split(separator: " ").map(String.init)
            isKept = words?.first != nil
            moment = words?.first ?? now
            urls = Set(words?.dropFirst() ?? [])
        }

        /// To be kept with the URLs that a graph links to; none when it was kept before.
        func steps(_ graph: Value) -> [Step] {
            if isKept { return [] }
            let words = [moment] + Self.urls(in: graph).sorted()
            return [Step(number: Self.step, call: "look up", result: words.joined(separator: " "))]
        }

        private static func urls(in value: Value) -> Set<String> {
            switch value {
            case .string(let text): text.hasPrefix("http://") || text.hasPrefix("https://") ? [text] : []
            case .array(let items): items.reduce(into: []) { $0.formUnion(urls(in: $1)) }
            case .object(let members): members.reduce(into: []) { $0.formUnion(urls(in: $1.value)) }
            case .number, .bool, .null: []
            }
        }
    }

    func steps() throws(ErrandFailure) -> [Step] {
        do throws(LedgerFailure) {
            return try target.log.steps(of: delivery.id)
        } catch {
            throw ErrandFailure(error, isPassing: true)
        }
    }

    // MARK: Ends

    /// The last call says why it goes on later.
    var later: ErrandFailure {
        guard let lastFailure else { return ErrandFailure(.apiFails, at: key.resource) }
        return ErrandFailure(lastFailure, isPassing: true)
    }

    /// With the element of the bericht that the property it was refused for comes from, where one is named.
    func refusal(_ call: String, _ collection: String) -> ErrandFailure {
        guard let lastFailure else { return ErrandFailure(.apiRefuses, at: call) }
        let models = target.library.models
        let child = resource.entity.elements.first { element in
            guard let child = element.api?.child else { return false }
            return models.entity(child.resource)?.collection == collection
        }
        for parameter in lastFailure.problem?.parameters ?? [] {
            // `kenmerken.0.kenmerk`: numbers are places in lists.
            let steps = parameter.name.split(separator: ".").filter { Int($0) == nil }
            let path = ((child.map { [$0.name[...]] } ?? []) + steps).joined(separator: ".")
            if let origin = target.origins(resource.entity.qualifiedName, path) {
                return ErrandFailure(lastFailure, of: call, from: origin)
            }
        }
        return ErrandFailure(lastFailure, at: call)
    }
}
