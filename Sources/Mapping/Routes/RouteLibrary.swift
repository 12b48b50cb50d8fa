package import Diagnostics
package import Language
package import Model
package import Record

/// Every route in force.
package struct RouteLibrary: Sendable {
    /// In the order of their names.
    package let routes: [Route]
    /// Every operation there is, by the name of its root, in the order of ``Operations/all``.
    private let byRoot: [String: [Candidate]]
    private let byAction: [String: Candidate]

    fileprivate final class Candidate: Sendable {
        let operation: Operation
        /// Nil where no route takes it.
        let route: Route?

        init(_ operation: Operation, _ route: Route?) {
            self.operation = operation
            self.route = route
        }
    }

    init(_ routes: [Route]) {
        self.routes = routes.sorted { $0.name < $1.name }
        let others = routes.map(\.operation).filter { !Operations.all.contains($0) }
        let candidates = (Operations.all + others).map { operation in
            Candidate(operation, routes.first { $0.operation == operation })
        }
        byRoot = Dictionary(grouping: candidates, by: \.operation.root)
        byAction = Dictionary(
            candidates.map { ($0.operation.soapAction, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads and checks every `.route` file at or below the paths, and reports every problem, sorted.
    package static func load(
        _ paths: [String], mappings: MappingLibrary
    ) -> (library: RouteLibrary, findings: [Finding]) {
        let (documents, problems) = SourceFiles.documents(".route", in: paths)
        let entities = mappings.mappings.map { ($0.name, $0.legacy.name) }
        let read = read(
            documents, mappings: Dictionary(entities, uniquingKeysWith: { first, _ in first }),
            apis: Set(mappings.mappings.map(\.api.model)),
            entities: Dictionary(
                mappings.mappings.map { ($0.name, $0.legacy) }, uniquingKeysWith: { first, _ in first }),
            broken: mappings.broken)
        return (read.library, (problems + read.findings).sortedForReading())
    }

    /// Reads and checks routes that are parsed already.
    ///
    /// - Parameters:
    ///   - mappings: the mappings that can be used, each with its legacy entity: `zaak` with `ZAK`.
    ///   - apis: the APIs that can be named.
    ///   - broken: mappings that have mistakes of their own, which are told already.
    ///   - entities: for each mapping its legacy entity, for what overlays compare.
    package static func read(
        _ documents: [Document], mappings: [String: String], apis: Set<String>,
        entities: [String: Entity] = [:], broken: Set<String> = []
    ) -> (library: RouteLibrary, findings: [Finding]) {
        var reader = RouteReader(entityByMapping: mappings, apis: apis, entities: entities, broken: broken)
        let library = RouteLibrary(reader.read(documents))
        return (library, reader.findings.sortedForReading())
    }

    /// The APIs that routes name, as targets or sources.
    package var apis: Set<String> {
        Set(
            routes.flatMap { $0.targets + ($0.source.map { [$0] } ?? []) }.compactMap {
                if case .api(let name) = $0 { name } else { nil }
            })
    }

    package func route(_ name: String) -> Route? { routes.first { $0.name == name } }

    /// The route of a bericht: by its SOAPAction where one was sent, else by what it says.
    ///
    /// Three operations of ZDS 1.1 share the root `zakLk01` and some senders send no SOAPAction (StUF protocol
    /// binding 4.2; ZDS 1.1 chapter 4).
    package func routing(_ signature: Signature) -> Routing {
        let candidates = byRoot[signature.root] ?? []
        guard candidates.contains(where: { $0.operation.namespace == signature.namespace }) else {
            return .unknownRoot
        }
        // The SOAPAction of StUF-ZKN itself names the root: it says no more than the body does.
        if let action = signature.action, action != "\(signature.namespace)/\(signature.root)" {
            guard let named = byAction[action] else { return .unknownAction }
            guard named.fits(signature) else { return .contradiction(named.operation) }
            return named.routing
        }
        for candidate in candidates
        where candidate.fits(signature) && candidate.operation.content.holds(for: signature.said) {
            return candidate.routing
        }
        return .unclear
    }
}

extension RouteLibrary.Candidate {
    fileprivate var routing: Routing { route.map { .route($0) } ?? .notRouted(operation) }

    /// Whether it has the root that was sent, and may have the mutatiesoort.
    fileprivate func fits(_ signature: Signature) -> Bool {
        guard operation.root == signature.root, operation.namespace == signature.namespace else {
            return false
        }
        guard !operation.mutatiesoorten.isEmpty, let mutatiesoort = signature.mutatiesoort else {
            return true
        }
        return operation.mutatiesoorten.contains(mutatiesoort)
    }
}

extension Record {
    /// The names of the elements at the top of the record that are said, for ``Signature/said``.
    package var saidAtTop: [String] {
        layout.top.filter { slot($0).standing.isSaid }.map { layout.nodes[$0].name }
    }
}
