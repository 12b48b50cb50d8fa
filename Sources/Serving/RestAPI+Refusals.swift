private import Diagnostics
package import HTTP

// What can be refused by the head alone.
extension RestAPI {
    /// What can be answered without looking at anything.
    func refusal(_ head: RequestHead, _ destination: Destination) -> Response? {
        if case .nothing = destination { return problem(ServingFailure(.servedNotFound), destination) }
        let methods = destination.methods
        if head.method == .options { return Response(.noContent, fields: [.allow(methods)]) }
        guard methods.contains(head.method) else {
            return Problem.response(
                ServingFailure(.methodRefused), instance: identifier(), in: destination.dialect,
                allowed: methods)
        }
        return formRefusal(head, destination).map { problem($0, destination) }
    }

    private func formRefusal(_ head: RequestHead, _ destination: Destination) -> ServingFailure? {
        switch destination {
        case .download, .page: return nil
        default: break
        }
        guard head.accepts("application/json") else { return ServingFailure(.formRefused) }
        if let refusal = crsRefusal(head, destination) { return refusal }
        guard !destination.takesBody || head.isJSON else { return ServingFailure(.bodyTypeRefused) }
        return nil
    }

    /// Coordinates that are not spoken are refused with 406, those that must be named and are not with 412.
    private func crsRefusal(_ head: RequestHead, _ destination: Destination) -> ServingFailure? {
        guard destination.collection?.hasGeometry == true else { return nil }
        let isSearch = destination.takesBody
        let named = [("Content-Crs", isSearch), ("Accept-Crs", settings.requiresCrs)]
        for (name, isRequired) in named where isSearch || name == "Accept-Crs" {
            switch head[name] {
            case Crs.served?: continue
            case nil where !isRequired: continue
            case nil: return ServingFailure(.crsMissing, at: name)
            default: return ServingFailure(.formRefused, at: name)
            }
        }
        return nil
    }

    func problem(_ failure: ServingFailure, _ destination: Destination) -> Response {
        Problem.response(failure, instance: identifier(), in: destination.dialect)
    }

    /// Spells what the listener refuses, as the API of the path does: a ``Refuser``.
    package func refuse(_ failure: HTTPFailure, _ request: RefusedRequest) -> Response {
        let segments = request.path.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let destination = routes.destination(segments.map { String(decoding: $0, as: UTF8.self) })
        return problem(ServingFailure(failure), destination).secured(destination)
    }
}
