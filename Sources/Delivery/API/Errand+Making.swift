internal import Calling
internal import Diagnostics
internal import JSON
internal import Ledger
internal import Record
internal import Resources

extension Errand {
    /// Makes the object with its children, or goes on making them.
    mutating func make() throws(ErrandFailure) -> Effect {
        let kept = try steps()
        let ground = Groundwork(kept, now: now)
        var resolved = try resolve(try graph(), settled: ground.urls)
        let endTypes = try endTypes(resolved, resolved["zaaktype"]?.text)
        resolved = closed(resolved, endTypes, drawn: ground.moment)
        guard let planned = PlannedResource.all(of: resolved, resource.entity, target.library.models) else {
            throw ErrandFailure(.changeUnreadable, at: key.resource)
        }
        // An earlier run found the object there and began to change it.
        if kept.contains(where: { $0.number > Groundwork.change }) { return try meet(resolved) }
        let verdict = try walk(
            MakePlan(planned, resuming: kept.compactMap(Self.entry)), planned,
            ground.steps(resolved))
        switch verdict {
        case .done: return .done(changed: true)
        case .later: throw later
        case .refused(let step):
            if try isToBeAskedAgain(kept) { return try make() }
            throw refusal("POST \(planned[step].collection)", planned[step].collection)
        case .taken: return try meet(resolved)
        case .parked(let step):
            throw ErrandFailure(.stepUnknown, at: "POST \(planned[step].collection)", isForPerson: true)
        }
    }

    private mutating func walk(
        _ plan: MakePlan, _ planned: [PlannedResource], _ ground: [Step]
    ) throws(ErrandFailure) -> MakePlan.Verdict {
        var plan = plan
        var ground = ground
        var call = plan.next(after: nil)
        while let now = call {
            let entries = plan.takeNotes() + (now.note.map { [$0] } ?? [])
            // Before a call that makes something, and then also of what the call before made.
            if now.note != nil || !ground.isEmpty {
                try note(ground + entries.map { step($0, planned) })
                ground = []
            } else {
                try note(entries.map { step($0, planned) })
            }
            let outcome: MakePlan.Outcome =
                switch now {
                case .look(_, let place): look(place)
                case .make(_, let api, let collection, let body):
                    perform(.make(api: api, collection: collection, body: body))
                }
            CrashPoint.reached("delivery.afterCall")
            call = plan.next(after: outcome)
        }
        try note(plan.takeNotes().map { step($0, planned) })
        return plan.verdict ?? .later
    }

    /// A type that the API does not know any more was looked up too long ago: once more, before anything is made.
    private func isToBeAskedAgain(_ kept: [Step]) throws(ErrandFailure) -> Bool {
        guard let problem = lastFailure?.problem, kept.isEmpty,
            problem.parameters.contains(where: { $0.name.hasSuffix("type") })
        else { return false }
        return target.types.forget()
    }

    /// The key is taken: by what an earlier bericht of ours left half done, which is completed, or by another object,
    /// which is left alone unless it is what was meant.
    private mutating func meet(_ graph: Value) throws(ErrandFailure) -> Effect {
        let isOurs: Bool
        do throws(LedgerFailure) {
            isOurs = try target.log.place(of: key) != nil
        } catch {
            throw ErrandFailure(error, isPassing: true)
        }
        return try bring(isOurs ? .change : .compare, graph)
    }

    // MARK: Steps

    private static func entry(_ step: Step) -> MakePlan.Entry? {
        guard step.number > Groundwork.step else { return nil }
        return step.result.map { .made(step: step.number - 1, url: $0) } ?? .begun(step: step.number - 1)
    }

    private func step(_ entry: MakePlan.Entry, _ planned: [PlannedResource]) -> Step {
        var step = Step(number: entry.step + 1, call: "POST \(planned[entry.step].collection)")
        if case .made(_, let url) = entry {
            step.result = url
            if entry.step == 0 { step.object = key }
        }
        return step
    }
}
