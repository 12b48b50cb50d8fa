package import Diagnostics
package import Language
import Model
package import Record

/// Every route in force.
package struct RouteLibrary: Sendable {
    /// In the order of their names.
    package let routes: [Route]
    private let byOperation: [String: Route]

    init(_ routes: [Route]) {
        self.routes = routes.sorted { $0.name < $1.name }
        byOperation = Dictionary(
            routes.map { ($0.operation.soapAction, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads and checks every `.route` file at or below the paths, and reports every problem, sorted.
    package static func load(
        _ paths: [String], mappings: MappingLibrary
    ) -> (library: RouteLibrary, findings: [Finding]) {
        let (documents, problems) = SourceFiles.documents(".route", in: paths)
        let entities = mappings.mappings.map { ($0.name, $0.legacy.name) }
        let read = read(documents, mappings: Dictionary(entities, uniquingKeysWith: { first, _ in first }))
        return (read.library, (problems + read.findings).sortedForReading())
    }

    /// Reads and checks routes that are parsed already.
    ///
    /// - Parameter mappings: the mappings that can be used, each with its legacy entity: `zaak` with `ZAK`.
    package static func read(
        _ documents: [Document], mappings: [String: String]
    ) -> (library: RouteLibrary, findings: [Finding]) {
        var reader = RouteReader(entityByMapping: mappings)
        let library = RouteLibrary(reader.read(documents))
        return (library, reader.findings.sortedForReading())
    }

    package func route(_ name: String) -> Route? { routes.first { $0.name == name } }

    /// The route of a bericht: by its SOAPAction where one was sent, else by what it says.
    ///
    /// Three operations of ZDS 1.1 share the root `zakLk01` and some senders send no SOAPAction (StUF protocol
    /// binding 4.2; ZDS 1.1 chapter 4).
    package func routing(_ signature: Signature) -> Routing {
        let candidates = Operations.all.filter {
            $0.root == signature.root && $0.namespace == signature.namespace
        }
        guard !candidates.isEmpty else { return .unknownRoot }
        // The SOAPAction of StUF-ZKN itself names the root: it says no more than the body does.
        if let action = signature.action, action != "\(signature.namespace)/\(signature.root)" {
            guard let named = Operations.all.first(where: { $0.soapAction == action }) else {
                return .unknownAction
            }
            guard candidates.contains(named), fits(named, signature) else { return .contradiction(named) }
            return routing(named)
        }
        guard
            let meant = candidates.first(where: {
                fits($0, signature) && $0.content.holds(for: signature.said)
            })
        else { return .unclear }
        return routing(meant)
    }

    private func routing(_ operation: Operation) -> Routing {
        byOperation[operation.soapAction].map { .route($0) } ?? .notRouted(operation)
    }

    private func fits(_ operation: Operation, _ signature: Signature) -> Bool {
        guard !operation.mutatiesoorten.isEmpty, let mutatiesoort = signature.mutatiesoort else {
            return true
        }
        return operation.mutatiesoorten.contains(mutatiesoort)
    }
}

extension Record {
    /// The names of the elements at the top of the record that are said, for ``Signature/said``.
    package var saidAtTop: Set<String> {
        var names: Set<String> = []
        for (index, node) in layout.nodes.enumerated() where node.parent == nil && slot(index).standing.isSaid
        {
            names.insert(node.name)
        }
        return names
    }
}
