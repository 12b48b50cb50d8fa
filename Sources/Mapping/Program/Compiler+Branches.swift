import Record

/// What the branch that is taken makes of the others.
extension Compiler {
    /// Takes back what only other branches give: who moves abroad has no huisnummer any more. What is being made has
    /// nothing to take back; an item is made anew whenever its kind changes, and downward the form writes one kind only.
    mutating func clearOthers(of branch: ChoiceStep.Branch, among asked: [ChoiceStep.Branch], _ scope: Scope)
    {
        guard direction == .up, scope.outer == nil else { return }
        let made = branch.sides.written(direction).equalities.map(\.place.node)
        let own = Set(targets(branch.body).map(\.node) + made)
        var seen = own
        for place in asked.flatMap({ targets($0.body) }) where seen.insert(place.node).inserted {
            var clear = Instruction(.clear)
            clear.target = Int32(place.node)
            clear.groups = groups(around: place.node, in: scope.layout)
            emit(clear)
        }
    }

    /// The values of the object itself that the steps write.
    private func targets(_ steps: [Step]) -> [NodePlace] {
        steps.flatMap { step -> [NodePlace] in
            switch step {
            case .value(let value): value.targets(direction)
            case .group(let group): targets(group.body)
            case .items, .choice: []
            }
        }
    }
}
