import Diagnostics
import Model
import Record

/// Rules that make one value.
extension Compiler {
    mutating func compile(_ step: ValueStep, within items: NodePlace?) {
        guard let target = step.target(direction) else { return }
        let read = step.sides.read(direction)
        let destination: (place: NodePlace, layout: Layout)
        switch target {
        case .node(let place): destination = (place, step.scopes.written(direction).layout)
        case .picked(let picked):
            destination = (picked.inner, step.scopes.written(direction).items(picked.collection).layout)
        case .tuple(let members): return split(step, members)
        case .constant, .context: return
        }
        note(destination.place, from: read.terms.flatMap(Self.sources), step.converter?.text)
        let conversions = conversions(step, destination.place)
        if case .node(let source) = read.terms[0], case .node = target, read.terms.count == 1,
            step.condition == nil, let copy = copy(step, source, destination, conversions)
        {
            noteRead(source)
            emit(copy, reading: source.path)
            return
        }
        let ends = emitGuard(step, read)
        gathering = step.converter
        let (skips, unmet) = emitCondition(step)
        emitLoad(read, canonicalFor: step.converter == nil ? destination.place.type : nil)
        let failures = emitConversions(conversions, step, destination.place, items)
        var leaves = emitStore(step, target, destination)
        leaves += emitElse(step, target, destination, failures)
        emitClear(step, destination, unmet, &leaves)
        land(ends + skips + leaves)
    }

    // MARK: Conversions

    /// What turns the accumulator's value into what the target holds.
    private mutating func conversions(_ step: ValueStep, _ target: NodePlace) -> [Instruction] {
        let isPrimary = direction == (step.head.directions.contains(.up) ? .up : .down)
        let type = target.type
        let source = sourceType(step)
        switch step.converter {
        case .codes(let table):
            return [with(.codes, Int(lookup(table, source ?? ElementType(.text), type)))]
        case .digits(let count):
            return [with(.digits, type.base == .integer ? 0 : isPrimary ? count : type.maxLength ?? count)]
        case .dateComplete where isPrimary: return [with(.complete, 0)]
        case .momentFilled where type.base == .tijdstip && isPrimary: return [with(.fill, 0)]
        case .momentFilled where type.base == .datum: return [with(.date, 0)]
        case .text(let count, let truncates):
            let most = isPrimary ? min(count, type.maxLength ?? count) : type.maxLength ?? 0
            return most > 0 ? [with(truncates ? .truncate : .limit, most)] : []
        case .prefix(let text):
            var instruction = Instruction(direction == .up ? .dropPrefix : .addPrefix)
            (instruction.a, instruction.b) = constant(text)
            return [instruction] + plain(type)
        case .take(let count): return [with(.take, b: count)] + plain(type)
        case .decimals(let count):
            return [with(.decimals, b: type.base == .integer ? 0 : count)]
                + (type.base == .text ? plain(type) : [])
        case .days: return [Instruction(type.base == .duur ? .daysToDuration : .durationToDays)]
        case .dateParts: return [Instruction(.partsToDate)] + plain(type)
        case .dateComplete, .momentFilled, .join, .derive, nil: return plain(type)
        }
    }

    private mutating func plain(_ type: ElementType) -> [Instruction] {
        switch type.base {
        case .text where !type.enumeration.isEmpty:
            let rows = type.enumeration.map { value in
                CodeTable.Row(
                    left: .init(text: value, isWord: false), right: .init(text: value, isWord: false),
                    directions: .both, location: program.rules[0])
            }
            let table = CodeTable(name: "", isAnyCase: false, rows: rows, location: program.rules[0])
            return [with(.codes, Int(lookup(table, type, type)))]
        case .text: return type.maxLength.map { [with(.limit, $0)] } ?? []
        case .geometrie: return [Instruction(.shape)]
        case .datum, .tijdstip: return type.allowsIncomplete ? [] : [with(.complete, 0)]
        default: return []
        }
    }

    private func with(_ operation: Instruction.Operation, _ a: Int) -> Instruction {
        var instruction = Instruction(operation)
        instruction.a = Int32(clamping: a)
        return instruction
    }

    private func with(_ operation: Instruction.Operation, b: Int) -> Instruction {
        var instruction = Instruction(operation)
        instruction.b = Int32(clamping: b)
        return instruction
    }

    private func sourceType(_ step: ValueStep) -> ElementType? {
        step.sides.read(direction).terms.lazy.compactMap { $0.place?.type }.first
    }

    /// The one instruction that the whole rule is; nil when it needs more.
    private mutating func copy(
        _ step: ValueStep, _ source: NodePlace, _ target: (place: NodePlace, layout: Layout),
        _ conversions: [Instruction]
    ) -> Instruction? {
        switch step.head.otherwise {
        case .constant, .clear: if !conversions.isEmpty { return nil }
        case .fail, .omit: break
        }
        guard source.levels == 0 else { return nil }
        var copy = Instruction(source.type.base == .content ? .content : .copy)
        switch conversions.first?.operation {
        case nil: break
        case .limit: copy.a = conversions[0].a
        case .complete: copy.flags.insert(.complete)
        default: return nil
        }
        guard conversions.count <= 1 else { return nil }
        copy.flags.formUnion(flags(step))
        if step.head.otherwise == .omit { copy.flags.insert(.omits) }
        copy.source = Int32(source.node)
        set(target, of: &copy)
        return copy
    }

    private func flags(_ step: ValueStep) -> Instruction.Flags {
        var flags: Instruction.Flags = []
        if step.head.isMust { flags.insert(.must) }
        if step.head.isKey { flags.insert(.key) }
        return flags
    }

    private mutating func set(_ target: (place: NodePlace, layout: Layout), of instruction: inout Instruction)
    {
        instruction.target = Int32(target.place.node)
        instruction.groups = groups(around: target.place.node, in: target.layout)
    }

    private mutating func emitConversions(
        _ conversions: [Instruction], _ step: ValueStep, _ target: NodePlace, _ items: NodePlace?
    ) -> [Int] {
        let read = step.sides.read(direction)
        return conversions.map { conversion in
            var conversion = conversion
            switch step.head.otherwise {
            case .fail: break
            case .omit:
                conversion.flags.insert(.omits)
                if step.head.isMust { conversion.flags.insert(.must) }
            case .clear: conversion.flags.formUnion([.omits, .replaces])
            case .constant: if isElseAsked(step) { conversion.flags.insert(.replaces) }
            }
            if conversion.operation == .fill, let items {
                conversion.target = Int32(target.node)
                conversion.b = Int32(items.node + 1)
            }
            return emit(conversion, reading: read.terms.lazy.compactMap { $0.place?.path }.first ?? read.text)
        }
    }

    /// `else "x"` is written where the arrow points, of `<->` upward.
    private func isElseAsked(_ step: ValueStep) -> Bool {
        direction == (step.head.directions.contains(.up) ? .up : .down)
    }

    // MARK: Reading

    /// Skips the rule in a change that says nothing of what it reads. Instructions to land at its end.
    private mutating func emitGuard(_ step: ValueStep, _ read: Operand) -> [Int] {
        let places = read.terms.flatMap(Self.places) + (step.condition?.tests.flatMap(\.places) ?? [])
        guard !places.isEmpty else { return [] }
        let entries = [emit(Instruction(.ifNew))] + places.map { emitIfSaid($0) }
        let end = emit(Instruction(.jump))
        land(entries)
        return [end]
    }

    /// - Returns: what goes on behind the rule, and what goes on where the target is cleared.
    private mutating func emitCondition(_ step: ValueStep) -> (skips: [Int], unmet: [Int]) {
        guard let condition = step.condition else { return ([], []) }
        var parts = (context: condition, places: condition)
        parts.context.tests = condition.tests.filter(\.places.isEmpty)
        parts.places.tests = condition.tests.filter { !$0.places.isEmpty }
        return (emitBranch(parts.context), emitBranch(parts.places))
    }

    private mutating func emitBranch(_ condition: Condition) -> [Int] {
        guard !condition.tests.isEmpty else { return [] }
        let start = emit(Instruction(.branch))
        compile(tests: condition)
        endTests(of: start)
        return [start]
    }

    private mutating func emitLoad(_ operand: Operand, canonicalFor type: ElementType?) {
        for (index, term) in operand.terms.enumerated() {
            let isFirst = index == 0
            switch term {
            case .node(let place): emitLoad(place, isFirst ? .load : .orLoad)
            case .picked(let picked): emitPick(picked, isFirst ? .load : .orLoad)
            case .constant(let text):
                var instruction = Instruction(isFirst ? .constant : .orConstant)
                let value = type.flatMap { Canonical.value(text, of: $0) } ?? text
                (instruction.a, instruction.b) = constant(value)
                emit(instruction)
            case .context(let place):
                emit(with(isFirst ? .context : .orContext, place.index), reading: place.rawValue)
            case .tuple(let members): emitTuple(members, isFirst: isFirst)
            }
        }
    }

    private mutating func emitLoad(_ place: NodePlace, _ operation: Instruction.Operation) {
        var instruction = Instruction(operation)
        instruction.source = Int32(place.node)
        instruction.levels = UInt8(clamping: place.levels)
        noteRead(place)
        emit(instruction, reading: place.path)
    }

    private mutating func emitPick(_ picked: Term.Picked, _ operation: Instruction.Operation) {
        var pick = Instruction(.pick)
        pick.source = Int32(picked.collection.node)
        pick.levels = UInt8(clamping: picked.collection.levels)
        let start = emit(pick, reading: picked.collection.path)
        if let condition = picked.condition { compile(tests: condition) }
        endTests(of: start)
        var load = Instruction(operation)
        load.flags = .picked
        load.source = Int32(picked.inner.node)
        noteRead(picked.inner)
        emit(load, reading: picked.inner.path)
    }

    private mutating func emitTuple(_ members: [Operand], isFirst: Bool) {
        let skip = isFirst ? nil : emit(Instruction(.ifValue))
        if case .join(let separator) = gathering {
            emitJoin(members, separator)
        } else {
            emit(Instruction(.memberBegin))
            for member in members {
                emitLoad(member, canonicalFor: nil)
                emit(Instruction(.memberAdd))
            }
            if case .derive(let function) = gathering { emit(with(.derive, b: function.index)) }
        }
        if let skip { land([skip]) }
    }

    private mutating func emitJoin(_ members: [Operand], _ separator: String) {
        emit(Instruction(.joinBegin))
        for member in members {
            emitLoad(member, canonicalFor: nil)
            var add = Instruction(.joinAdd)
            (add.a, add.b) = constant(separator)
            emit(add)
        }
        emit(Instruction(.joinEnd))
    }

    /// One value to several places.
    private mutating func split(_ step: ValueStep, _ members: [Operand]) {
        let read = step.sides.read(direction)
        let places = members.compactMap { $0.terms.first?.place }
        guard let first = places.first else { return }
        for place in places {
            note(place, from: read.terms.flatMap(Self.sources), step.converter?.text)
        }
        let ends = emitGuard(step, read)
        let (skips, _) = emitCondition(step)
        emit(Instruction(.memberBegin))
        emitLoad(read, canonicalFor: nil)
        let failures = emitConversions([Instruction(.dateToParts)], step, first, nil)
        for (index, place) in places.enumerated() {
            var part = with(.part, index)
            part.b = place.type.base == .integer ? 1 : 0
            emit(part)
            var store = Instruction(.store)
            store.flags = flags(step)
            set((place, step.scopes.written(direction).layout), of: &store)
            emit(store, reading: read.terms.lazy.compactMap { $0.place?.path }.first ?? "")
        }
        land(ends + skips + failures)
    }

    // MARK: Writing

    private mutating func emitStore(
        _ step: ValueStep, _ target: Term, _ destination: (place: NodePlace, layout: Layout)
    ) -> [Int] {
        var store = Instruction(.store)
        store.flags = flags(step)
        set(destination, of: &store)
        let place = step.sides.read(direction).terms.lazy.compactMap { $0.place?.path }.first
        guard case .picked(let picked) = target else {
            emit(store, reading: place ?? step.sides.read(direction).text)
            return []
        }
        var append = Instruction(.append)
        append.target = Int32(picked.collection.node)
        let layout = step.scopes.written(direction).layout
        append.groups = groups(around: picked.collection.node, in: layout)
        if picked.condition == nil { append.flags.insert(.whole) }
        let start = emit(append)
        store.flags.insert(.made)
        if let condition = picked.condition {
            write(condition, in: step.scopes.written(direction).items(picked.collection), flags: .made)
        }
        emit(store, reading: place ?? "")
        return [start]
    }

    /// Where a conversion that failed goes on.
    private mutating func emitElse(
        _ step: ValueStep, _ target: Term, _ destination: (place: NodePlace, layout: Layout),
        _ failures: [Int]
    ) -> [Int] {
        if step.head.otherwise == .clear, case .node = target, !failures.isEmpty {
            let end = emit(Instruction(.jump))
            land(failures)
            var clear = Instruction(.clear)
            set(destination, of: &clear)
            emit(clear)
            return [end]
        }
        guard case .constant(let text) = step.head.otherwise, isElseAsked(step), !failures.isEmpty else {
            // What is left out goes on behind the rule.
            return failures
        }
        let end = emit(Instruction(.jump))
        land(failures)
        var instruction = Instruction(.constant)
        let value = Canonical.value(text, of: destination.place.type) ?? text
        (instruction.a, instruction.b) = constant(value)
        emit(instruction)
        return [end] + emitStore(step, target, destination)
    }

    /// A condition that is false through something that was said clears the target.
    private mutating func emitClear(
        _ step: ValueStep, _ destination: (place: NodePlace, layout: Layout), _ unmet: [Int],
        _ leaves: inout [Int]
    ) {
        guard !unmet.isEmpty else { return }
        leaves.append(emit(Instruction(.jump)))
        land(unmet)
        let said = (step.condition?.tests.flatMap(\.places) ?? []).map { emitIfSaid($0) }
        leaves.append(emit(Instruction(.jump)))
        land(said)
        var clear = Instruction(.clear)
        set(destination, of: &clear)
        emit(clear)
    }

    // MARK: Words for explanations

    private static func places(_ term: Term) -> [NodePlace] {
        switch term {
        case .node(let place): [place]
        case .picked(let picked): [picked.collection]
        case .tuple(let members): members.flatMap { $0.terms.flatMap(places) }
        case .constant, .context: []
        }
    }

    private static func sources(_ term: Term) -> [String] {
        switch term {
        case .node(let place): [place.path]
        case .picked(let picked): [picked.inner.path]
        case .constant(let text): ["\"\(text)\""]
        case .context(let place): [place.rawValue]
        case .tuple(let members): members.flatMap { $0.terms.flatMap(sources) }
        }
    }
}
