import Diagnostics
import Model
import Record

/// Turns a resolved mapping into the program of one direction.
struct Compiler {
    let direction: Direction
    var program = Program()
    private struct GroupsKey: Hashable {
        var layout: ObjectIdentifier
        var parent: Int
    }
    private var knownGroups: [GroupsKey: Int32] = [:]
    private var ruleIndexes: [SourceLocation: Int32] = [:]
    /// Of the rule that is compiled now.
    private var rule: Int32 = 0
    /// What gathers the members of the tuple that is compiled now.
    var gathering: Converter?
    /// The repeat whose items are made, seen from what holds them; nil at the top.
    private var madeItems: NodePlace?
    /// The groups that the branch that is compiled now makes present.
    private var madeGroups: Set<String> = []

    static func compile(_ mapping: ResolvedMapping, _ direction: Direction) -> Program {
        var compiler = Compiler(direction: direction)
        compiler.compile(mapping.steps)
        return compiler.program
    }

    private init(direction: Direction) { self.direction = direction }

    // MARK: Emitting

    var here: Int32 { Int32(program.instructions.count) }

    @discardableResult
    mutating func emit(_ instruction: Instruction, reading place: String = "") -> Int {
        var instruction = instruction
        instruction.rule = rule
        program.instructions.append(instruction)
        program.places.append(place)
        return program.instructions.count - 1
    }

    /// Lets these instructions go on here.
    mutating func land(_ indexes: [Int]) {
        for index in indexes { program.instructions[index].next = here }
    }

    mutating func endTests(of index: Int) { program.instructions[index].a = here }

    mutating func begin(_ head: Head) {
        if let known = ruleIndexes[head.location] {
            rule = known
        } else {
            rule = Int32(program.rules.count)
            ruleIndexes[head.location] = rule
            program.rules.append(head.location)
        }
    }

    /// A constant's start and length in the program's bytes.
    mutating func constant(_ text: String) -> (start: Int32, count: Int32) {
        let start = program.bytes.count
        program.bytes += text.utf8
        return (Int32(start), Int32(program.bytes.count - start))
    }

    mutating func lookup(_ table: CodeTable, _ from: ElementType, _ to: ElementType) -> Int32 {
        program.lookups.append(table.lookup(direction, from: from, to: to))
        return Int32(program.lookups.count - 1)
    }

    mutating func note(_ target: NodePlace, from sources: [String], _ converter: String?) {
        program.lineages.append(
            Lineage(
                target: target.path, sources: sources, converter: converter,
                rule: program.rules[Int(rule)]))
    }

    mutating func noteRead(_ place: NodePlace) { program.readPaths.insert(place.path) }

    // MARK: Steps

    mutating func compile(_ steps: [Step]) {
        let shared = sharedCollections(steps)
        for step in steps where step.head.isAsked(direction) {
            begin(step.head)
            switch step {
            case .value(let value): compile(value, within: madeItems)
            case .group(let group): compile(group)
            case .items(let items):
                compile(items, isShared: shared.contains(items.sides.read(direction).place.path))
            case .choice(let choice): compile(choice)
            }
        }
        for step in steps.reversed() {
            guard case .items(let items) = step, items.head.isAsked(direction) else { continue }
            let place = items.sides.read(direction).place
            guard shared.contains(place.path), isLast(items, of: steps) else { continue }
            begin(items.head)
            var instruction = Instruction(.unclaimed)
            instruction.source = Int32(place.node)
            emit(instruction, reading: place.path)
        }
    }

    /// Repeats whose items are shared out by selections.
    private func sharedCollections(_ steps: [Step]) -> Set<String> {
        Set(
            steps.compactMap { step in
                guard case .items(let items) = step, step.head.isAsked(direction) else { return nil }
                let side = items.sides.read(direction)
                return side.isRepeat && (side.condition != nil || side.isFirst) ? side.place.path : nil
            })
    }

    private func isLast(_ items: ItemsStep, of steps: [Step]) -> Bool {
        let path = items.sides.read(direction).place.path
        let last = steps.last { step in
            guard case .items(let other) = step, step.head.isAsked(direction) else { return false }
            return other.sides.read(direction).place.path == path
        }
        return last?.head.location == items.head.location
    }

    private mutating func compile(_ step: GroupStep) {
        let read = step.sides.read(direction)
        let written = step.sides.written(direction)
        var instruction = Instruction(.group)
        instruction.source = Int32(read?.node ?? -1)
        instruction.target = Int32(written?.node ?? -1)
        if let written {
            instruction.groups = groups(around: written.node, in: step.scopes.written(direction).layout)
        }
        if step.head.otherwise == .omit { instruction.flags.insert(.omits) }
        if step.head.isMust { instruction.flags.insert(.must) }
        // A branch that makes the group asks for what the group cannot be without.
        if let written, madeGroups.contains(written.path) { instruction.flags.insert(.whole) }
        let start = emit(instruction, reading: read?.path ?? "")
        compile(step.body)
        land([start])
    }

    /// Where the program's list of the groups around a node begins, the inner first; -1 when there is none.
    mutating func groups(around node: Int, in layout: Layout) -> Int32 {
        guard layout.nodes.indices.contains(node), let parent = layout.nodes[node].parent else { return -1 }
        let key = GroupsKey(layout: ObjectIdentifier(layout), parent: parent)
        if let known = knownGroups[key] { return known }
        let start = Int32(program.groups.count)
        var next: Int? = parent
        while let group = next {
            // What holds an attribute may be a leaf, which an attribute alone does not give a value.
            if layout.nodes[group].type == .group { program.groups.append(Int32(group)) }
            next = layout.nodes[group].parent
        }
        program.groups.append(-1)
        knownGroups[key] = start
        return start
    }

    private mutating func compile(_ step: ItemsStep, isShared: Bool) {
        let read = step.sides.read(direction)
        let written = step.sides.written(direction)
        var instruction = Instruction(.items)
        instruction.source = Int32(read.place.node)
        instruction.target = Int32(written.place.node)
        instruction.groups = groups(around: written.place.node, in: holder(of: written))
        if step.head.otherwise == .omit { instruction.flags.insert(.omits) }
        if step.head.isMust { instruction.flags.insert(.must) }
        if !read.isRepeat { instruction.flags.insert(.oneSource) }
        if !written.isRepeat { instruction.flags.insert(.oneTarget) }
        if isShared { instruction.flags.insert(.claims) }
        if read.isFirst || !written.isRepeat { instruction.flags.insert(.first) }
        let start = emit(instruction, reading: read.place.path)
        if let condition = read.condition { compile(tests: condition) }
        endTests(of: start)
        let outer = madeItems
        if written.isRepeat { madeItems = written.place }
        if let condition = written.condition { write(condition, in: written.scope) }
        compile(step.body)
        verify(step)
        madeItems = outer
        land([start])
    }

    private func holder(of collection: ItemsStep.Collection) -> Layout {
        guard collection.isRepeat else { return collection.scope.layout }
        return collection.scope.outer?.layout ?? collection.scope.layout
    }

    /// Makes the equalities of a selection or branch true on the side that is made.
    mutating func write(_ condition: Condition, in scope: Scope, flags: Instruction.Flags = []) {
        for (place, value) in condition.equalities where place.levels == 0 {
            var instruction = Instruction(.write)
            instruction.flags = flags
            instruction.target = Int32(place.node)
            instruction.groups = groups(around: place.node, in: scope.layout)
            (instruction.a, instruction.b) = constant(value)
            emit(instruction)
            note(place, from: ["\"\(value)\""], nil)
        }
    }

    /// Makes true what can be made true of a branch: its equalities, and that its groups are there.
    private mutating func make(_ condition: Condition, in scope: Scope) {
        write(condition, in: scope)
        for test in condition.tests where !test.isNegated {
            guard case .hasItem(let inner) = test.comparison, let place = test.places.first, place.levels == 0
            else { continue }
            makeItem(of: place, inner, in: scope)
        }
        for test in condition.tests {
            guard let place = test.presentGroup else { continue }
            var instruction = Instruction(.present)
            instruction.target = Int32(place.node)
            instruction.groups = groups(around: place.node, in: scope.layout)
            emit(instruction)
        }
    }

    /// An item for which the equalities hold.
    private mutating func makeItem(of place: NodePlace, _ condition: Condition, in scope: Scope) {
        guard let first = condition.equalities.first else { return }
        var instruction = Instruction(.constant)
        (instruction.a, instruction.b) = constant(first.value)
        emit(instruction)
        var append = Instruction(.append)
        append.target = Int32(place.node)
        append.groups = groups(around: place.node, in: scope.layout)
        let start = emit(append)
        write(condition, in: scope.items(place), flags: .made)
        land([start])
    }

    // MARK: Tests

    mutating func compile(tests condition: Condition) {
        for test in condition.tests { compile(test) }
    }

    mutating func compile(_ test: Condition.Test) {
        var instruction = Instruction(.test)
        if test.isNegated { instruction.flags.insert(.negated) }
        switch test.comparison {
        case .isNew, .isQuestion:
            instruction.flags.insert(test.comparison == .isNew ? .isNew : .isQuestion)
            emit(instruction)
        case .context(let place, let values):
            instruction.operation = .testContext
            instruction.source = Int32(place.index)
            instruction.b = -1
            if values.isEmpty { emit(instruction, reading: place.rawValue) }
            for (index, value) in values.enumerated() {
                (instruction.a, instruction.b) = constant(value)
                let isLast = index == values.count - 1 || test.isNegated
                if isLast { instruction.flags.remove(.orNext) } else { instruction.flags.insert(.orNext) }
                emit(instruction, reading: place.rawValue)
            }
        case .hasItem(let inner):
            guard let place = test.places.first else { return }
            instruction.operation = .testItems
            instruction.source = Int32(place.node)
            instruction.levels = UInt8(clamping: place.levels)
            let start = emit(instruction, reading: place.path)
            compile(tests: inner)
            endTests(of: start)
        case .isPresent:
            instruction.b = -1
            for (index, place) in test.places.enumerated() {
                set(place, test, isLast: index == test.places.count - 1, of: &instruction)
                if place.element.isRepeat {
                    instruction.flags.insert(.counted)
                } else {
                    instruction.flags.remove(.counted)
                }
                emit(instruction, reading: place.path)
            }
        case .isOneOf(let values):
            for (index, value) in values.enumerated() {
                guard let place = test.places.first else { return }
                (instruction.a, instruction.b) = constant(value)
                set(place, test, isLast: index == values.count - 1, of: &instruction)
                emit(instruction, reading: place.path)
            }
        }
    }

    /// `a or b` is a run of tests of which one must hold; of `not (a or b)` each must.
    private mutating func set(
        _ place: NodePlace, _ test: Condition.Test, isLast: Bool, of instruction: inout Instruction
    ) {
        instruction.source = Int32(place.node)
        instruction.levels = UInt8(clamping: place.levels)
        if isLast || test.isNegated {
            instruction.flags.remove(.orNext)
        } else {
            instruction.flags.insert(.orNext)
        }
        noteRead(place)
    }

    // MARK: Choice

    private mutating func compile(_ choice: ChoiceStep) {
        let asked = choice.branches.filter { $0.head.isAsked(direction) }
        guard !asked.isEmpty else { return }
        var ends: [Int] = []
        for branch in asked {
            begin(branch.head)
            let start = emit(Instruction(.branch))
            compile(tests: branch.sides.read(direction))
            endTests(of: start)
            make(branch.sides.written(direction), in: choice.scopes.written(direction))
            clearOthers(of: branch, among: asked, choice.scopes.written(direction))
            let outer = madeGroups
            madeGroups = branch.sides.written(direction).presentGroups
            compile(branch.body)
            madeGroups = outer
            ends += verify(branch, of: choice, from: Int(program.instructions[start].a))
            ends.append(emit(Instruction(.jump)))
            land([start])
        }
        begin(choice.head)
        var otherwise = Instruction(.undecided)
        if choice.head.otherwise == .omit { otherwise.flags.insert(.omits) }
        // What the other direction leaves out for want of a branch is left out here too.
        let fills = choice.fillsRequired.left || choice.fillsRequired.right
        if fills { otherwise.flags.insert(.must) }
        let places = asked.flatMap { $0.sides.read(direction).tests.flatMap(\.places) }
        let isAlways = choice.head.hasElse || fills
        let entries = (isAlways ? [emit(Instruction(.ifNew))] : []) + places.map { emitIfSaid($0) }
        ends.append(emit(Instruction(.jump)))
        land(entries)
        emit(otherwise, reading: places.first?.path ?? "")
        land(ends)
    }

    mutating func emitIfSaid(_ place: NodePlace) -> Int {
        var instruction = Instruction(.ifSaid)
        instruction.source = Int32(place.node)
        instruction.levels = UInt8(clamping: place.levels)
        return emit(instruction, reading: place.path)
    }
}

extension Condition {
    /// The groups that making it true makes present.
    fileprivate var presentGroups: Set<String> { Set(tests.compactMap { $0.presentGroup?.path }) }
}

extension Condition.Test {
    /// The group that is made present where the test is made true.
    fileprivate var presentGroup: NodePlace? {
        guard case .isPresent = comparison, !isNegated, places.count == 1, places[0].levels == 0,
            places[0].element.isGroup, !places[0].element.isRepeat
        else { return nil }
        return places[0]
    }
}
