internal import Calling
internal import Diagnostics
internal import JSON
internal import Ledger
internal import Record
internal import Resources

extension Errand {
    /// Brings the object that is there to what the change says.
    ///
    /// - Parameter graph: with URLs already; nil: made here.
    mutating func bring(_ purpose: ChangePlan.Purpose, _ graph: Value? = nil) throws(ErrandFailure) -> Effect
    {
        var found: Value?
        var meant: Value
        var ground: [Step] = []
        if let graph {
            meant = graph
        } else {
            let drawn = Groundwork(try steps(), now: now)
            let said = try self.graph()
            found = try find(said)
            let zaaktype = found?["zaaktype"]?.text
            meant = try resolve(
                said, zaaktype: zaaktype, settled: drawn.urls.union(zaaktype.map { [$0] } ?? []))
            meant = closed(meant, try endTypes(meant, zaaktype), drawn: drawn.moment)
            ground = drawn.steps(meant)
        }
        let endTypes = try endTypes(meant, found?["zaaktype"]?.text ?? meant["zaaktype"]?.text)
        guard
            var plan = ChangePlan(
                meant, of: resource.entity, target.library.models, purpose: purpose,
                isWhole: change.kind == .snapshot, endTypes: endTypes, found: found, owed: try owed())
        else { throw ErrandFailure(.changeUnreadable, at: key.resource) }
        try walk(&plan, ground)
        switch plan.verdict {
        case .done(_, let changed): return .done(changed: changed)
        case .later, nil: throw later
        case .refused(let write): throw refusal(write?.told ?? "GET \(key.resource)", write?.collection ?? "")
        case .absent: throw ErrandFailure(.objectIsNotThere, at: key.resource)
        case .other: throw ErrandFailure(.objectIsOther, at: key.resource)
        case .momentTaken: throw ErrandFailure(.statusMomentTaken, at: key.resource)
        }
    }

    private mutating func walk(_ plan: inout ChangePlan, _ ground: [Step]) throws(ErrandFailure) {
        let kept = try steps()
        var number = max(kept.last?.number ?? 0, Groundwork.change) + 1
        var done = ground
        var bequests = kept.filter { $0.heir != nil }
        var call = plan.next(after: nil)
        while let now = call {
            switch now {
            case .look(let place): call = plan.next(after: look(place))
            case .write(let write):
                var step = Step(number: number, call: write.told)
                if case .delete(let collection, _, let heir?) = write {
                    step.heir = String(decoding: Value.object([.init(collection, heir)]).bytes, as: UTF8.self)
                }
                try note(done + [step])
                let outcome = perform(write)
                CrashPoint.reached("delivery.afterCall")
                if case .answered(let document) = outcome { step.result = document["url"]?.text ?? "done" }
                done = [step]
                if step.heir != nil { bequests.append(step) }
                number += 1
                call = plan.next(after: outcome)
            }
        }
        // All is made: nothing that was taken away is owed any more.
        if case .done? = plan.verdict { done = done.filter { $0.heir == nil } + bequests.map(\.withoutHeir) }
        try note(done)
    }

    /// What an earlier run took away to make it anew, by its collection.
    private func owed() throws(ErrandFailure) -> [String: [Value]] {
        var result: [String: [Value]] = [:]
        for text in try steps().compactMap(\.heir) {
            do throws(JSONFailure) {
                for member in try Value(Array(text.utf8)).members ?? [] {
                    result[member.key, default: []].append(member.value)
                }
            } catch {
                throw ErrandFailure(error)
            }
        }
        return result
    }

    /// The object as it is.
    private mutating func find(_ said: Value) throws(ErrandFailure) -> Value {
        guard let root = PlannedResource.root(of: said, resource.entity), let query = root.query else {
            throw ErrandFailure(.changeUnreadable, at: key.resource)
        }
        do throws(CallingFailure) {
            let place = MakePlan.Place.list(api: root.api, collection: root.collection, query: query)
            let items = try target.calls.items(at: place, onBehalf: onBehalf)
            guard let found = items.first else { throw CallingFailure(.objectIsNotThere, at: key.resource) }
            return found
        } catch {
            throw ErrandFailure(error)
        }
    }
}

extension Step {
    fileprivate var withoutHeir: Step {
        var step = self
        step.heir = nil
        return step
    }
}
