internal import JSON
internal import Record
internal import Resources
internal import Threads

/// How a zaak is closed (zds-to-zgw-mapping.md, 7.3): ZDS says an einddatum, ZGW wants a resultaat and then the end
/// status, which sets it.
extension Errand {
    /// The statustypen that end a zaak of that zaaktype; empty where the graph says nothing of it.
    mutating func endTypes(_ graph: Value, _ zaaktype: String?) throws(ErrandFailure) -> Set<String> {
        guard let zaaktype,
            graph["einddatum"]?.text ?? graph["statussen"]?.items?.first.map({ _ in "" }) != nil
        else { return [] }
        let place = MakePlan.Place.list(
            api: "catalogi", collection: "statustypen", query: [.init(name: "zaaktype", value: zaaktype)])
        do throws(ResourcesFailure) {
            let ending = try answer(place).filter { $0["isEindstatus"] == true }
            return Set(ending.compactMap { $0["url"]?.text })
        } catch {
            throw lastFailure.map { ErrandFailure($0) } ?? ErrandFailure(error)
        }
    }

    /// The graph with the end status that its einddatum asks for, when it has none itself and brings a resultaat. Without
    /// a resultaat the API would refuse it, and nobody has said that another may be chosen: it is not closed.
    ///
    /// - Parameter drawn: the moment of the first run.
    func closed(_ graph: Value, _ endTypes: Set<String>, drawn: String) -> Value {
        let statussen = graph["statussen"]?.items ?? []
        guard let einddatum = graph["einddatum"]?.text, !einddatum.isEmpty, let type = endTypes.min(),
            graph["resultaat"]?["resultaattype"]?.text != nil,
            !statussen.contains(where: { endTypes.contains($0["statustype"]?.text ?? "") })
        else { return graph }
        var moment = drawn.hasPrefix(einddatum) ? drawn : "\(einddatum)T12:00:00Z"
        // It must be the last of all, or the zaak would count as opened again.
        let isLast = statussen.allSatisfy { $0["datumStatusGezet"]?.text ?? "" < moment }
        if !isLast { moment = "\(einddatum)T21:59:59Z" }
        var graph = graph
        graph["statussen"] = .array(
            statussen + [["statustype": .string(type), "datumStatusGezet": .string(moment)]])
        return graph
    }

    /// Now, as a canonical moment.
    var now: String {
        let seconds = Int(target.time.wall().seconds)
        let civil = LocalTime.Civil(seconds: seconds)
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day(civil))T\(digits(civil.hour)):\(digits(civil.minute)):\(digits(civil.second))Z"
    }
}
