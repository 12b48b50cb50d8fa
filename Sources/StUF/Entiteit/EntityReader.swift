internal import Diagnostics
internal import Record
internal import XML

/// What an entity element said.
struct ReadObject {
    var record: Record
    /// Items that came without content: `<heeft StUF:verwerkingssoort="V" StUF:noValue="geenWaarde"/>`.
    var emptyItems: Set<Record.Frame> = []
    /// Paths with `StUF:exact="false"`.
    var inexact: Set<String> = []
    var unmapped = Unmapped()
    /// The first thing that is wrong with a value.
    var failure: StUFFailure?
}

/// Fills a record from the events of one entity element: no tree, no allocation per field.
///
/// What is wrong with a value is noted and reading goes on, so that the whole bericht can be hashed and kept.
struct EntityReader {
    private static let longestValue = 64 * 1024
    private static let mostItems = 10_000

    private struct Level {
        var step: Int
        var kind: PathTrie.Step.Kind
        /// Where its members go.
        var frame: Record.Frame
    }

    /// What an element says of its value in attributes.
    private struct Said {
        var marks = Marks()
        /// The kind of no value, when it has none.
        var standing: Standing?
        var incompleteness = Precision.full
    }

    private let form: EntityForm
    private let words: Vocabulary
    /// What is not as the standard says, where it comes from.
    private let zender: Zender?
    /// What was read so far.
    private(set) var object: ReadObject
    private var levels: [Level] = []
    /// Elements open below one that is passed over.
    private var passing = 0
    /// The path of the innermost of them, and how long that of each around it is.
    private var passedPath: [UInt8] = []
    private var passedCounts: [Int] = []
    private var passedHasText = false
    private var isPassingKnown = false
    private var text: [UInt8] = []
    /// Lent to the spelling of one value after another.
    private var canonical: [UInt8] = []
    private var said = Said()
    private var items = 0
    private var content: ContentReader?
    /// Of the `xop:Include` that stands for the content.
    private var href: String?
    /// The hash of the content that an element has just included.
    var included: [UInt8]?
    private var shape: GMLReader?

    init(_ form: EntityForm, words: Vocabulary, zender: Zender?) {
        self.form = form
        self.words = words
        self.zender = zender
        object = ReadObject(record: Record(form.layout, byteCount: 2048))
        levels.reserveCapacity(8)
        text.reserveCapacity(256)
        canonical.reserveCapacity(64)
    }

    // MARK: Events

    /// The entity element itself begins.
    mutating func begin(_ event: Event, _ events: borrowing Events) {
        levels.append(Level(step: PathTrie.root, kind: .group, frame: Record.root))
        read(event, events, at: PathTrie.root)
        object.record.setMarks(said.marks, of: Record.root)
    }

    mutating func start(_ event: Event, _ events: borrowing Events, _ reader: borrowing Reader) {
        guard passing == 0, let level = levels.last else { return passFurther(event, reader) }
        if shape != nil {
            shape?.start(reader.local(of: event.name), srsName: events.value(of: words.srsName, in: event))
            return
        }
        if event.name == words.xopInclude, level.kind == .content {
            href = events.value(of: words.href, in: event).map {
                String(decoding: $0.prefix(500), as: UTF8.self)
            }
            return passKnown()
        }
        let step = form.trie.step(from: level.step, by: event.name)
        guard step >= 0 else { return pass(event, below: level.step, reader) }
        if !text.isEmpty { text.removeAll(keepingCapacity: true) }
        read(event, events, at: step)
        open(step, in: level.frame, event, events)
    }

    /// What every element may say in attributes about its value.
    private mutating func read(_ event: Event, _ events: borrowing Events, at step: Int) {
        said = Said()
        for index in Int(event.start)..<Int(event.start + event.count) {
            let attribute = events.attributes[index]
            let name = zender?.hasBareAttributes == true ? words.qualified[attribute.name] : nil
            switch name ?? attribute.name {
            case words.verwerkingssoort:
                guard let soort = Verwerkingssoort.read(events.value(attribute)) else {
                    fail(.stufAttributeUnknown, step, "verwerkingssoort")
                    continue
                }
                said.marks.verwerkingssoort = soort
            case words.noValue:
                guard let standing = NoValue.read(events.value(attribute)) else {
                    fail(.stufAttributeUnknown, step, "noValue")
                    continue
                }
                said.standing = standing
            case words.xsiNil:
                let value = events.value(attribute)
                guard value.elementsEqual("true".utf8) || value.elementsEqual("1".utf8) else { continue }
                said.standing = said.standing ?? .geenWaarde
            case words.indOnvolledigeDatum:
                guard let known = IndOnvolledigeDatum.read(events.value(attribute)) else {
                    fail(.stufAttributeUnknown, step, "indOnvolledigeDatum")
                    continue
                }
                said.incompleteness = known
            case words.exact where events.value(attribute).elementsEqual("false".utf8):
                object.inexact.insert(form.trie.path(of: step))
            default: break
            }
        }
    }

    /// A piece of text, in the element that was opened last.
    mutating func add(
        _ event: Event, _ events: borrowing Events, contents: any ContentSink
    ) throws(StUFFailure) {
        guard passing == 0, let level = levels.last else {
            if !passedHasText { passedHasText = !events.isBlank(event) }
            return
        }
        switch level.kind {
        case .content: try content?.add(events.text(event), to: contents)
        case .geometrie: shape?.add(event, events)
        case .leaf where text.count + Int(event.count) <= Self.longestValue:
            events.append(textOf: event, to: &text)
        case .leaf: fail(.stufValueTooLarge, level.step)
        case .group, .opaque: break
        }
    }

    /// - Returns: whether the entity element itself ended.
    mutating func end(contents: any ContentSink) throws(StUFFailure) -> Bool {
        guard passing == 0 else {
            endPassed()
            return false
        }
        if shape != nil, shape?.end() == false { return false }
        guard let level = levels.popLast() else { return true }
        switch level.kind {
        case .content: try endContent(level, contents)
        case .geometrie: endShape(level)
        case .leaf: endLeaf(level)
        case .group, .opaque: break
        }
        return levels.isEmpty
    }

    // MARK: Elements

    private mutating func open(
        _ step: Int, in frame: Record.Frame, _ event: Event, _ events: borrowing Events
    ) {
        let opened = form.trie.steps[step]
        var inner = frame
        if opened.isRepeat {
            let isOfItem = said.marks.rawValue != 0 || opened.hasAttributes && says(step, event, events)
            guard let item = openItem(opened.node, at: step, in: frame, isOfItem: isOfItem) else {
                return passKnown()
            }
            inner = item
        } else {
            if opened.kind == .group || opened.kind == .opaque {
                object.record.set(opened.node, in: frame, to: said.standing ?? .value)
            }
            object.record.setMarks(said.marks, node: opened.node, in: frame)
        }
        if opened.kind == .opaque { return passKnown() }
        if opened.hasAttributes, event.count > 0 { readAttributes(step, in: inner, event, events) }
        if opened.kind == .content { content = ContentReader() }
        if opened.kind == .geometrie { shape = GMLReader() }
        levels.append(Level(step: step, kind: opened.kind, frame: inner))
    }

    /// Whether an attribute of its own tells which item it is: `<extraElement naam="…" xsi:nil="true"/>`.
    private func says(_ step: Int, _ event: Event, _ events: borrowing Events) -> Bool {
        form.trie.attributes(of: step).contains { events.value(of: $0.name, in: event) != nil }
    }

    /// - Parameter isOfItem: that there is no value is said of one item, and not of all of them.
    /// - Returns: nil when the element says that there is no item, or there are too many.
    private mutating func openItem(
        _ node: Int, at step: Int, in frame: Record.Frame, isOfItem: Bool
    ) -> Record.Frame? {
        if let standing = said.standing, !isOfItem {
            if !object.record.slot(node, in: frame).standing.isValue {
                object.record.set(node, in: frame, to: standing)
            }
            return nil
        }
        items += 1
        guard items <= Self.mostItems else {
            fail(.stufItemsTooMany, step)
            return nil
        }
        let item = object.record.appendItem(node, in: frame, marks: said.marks)
        if said.standing != nil, said.marks.rawValue != 0 { object.emptyItems.insert(item) }
        return item
    }

    private mutating func readAttributes(
        _ step: Int, in frame: Record.Frame, _ event: Event, _ events: borrowing Events
    ) {
        for attribute in form.trie.attributes(of: step) {
            guard let value = events.value(of: attribute.name, in: event) else { continue }
            if value.isEmpty {
                object.record.set(attribute.node, in: frame, to: .empty)
            } else {
                set(attribute.node, in: frame, to: value, as: attribute.type, step)
            }
        }
    }

    private mutating func endLeaf(_ level: Level) {
        let step = form.trie.steps[level.step]
        let node = step.valueNode
        if text.allSatisfy(Spelling.isSpace) {
            endEmpty(node, level)
            if said.standing == nil, case .nothing = said.incompleteness {
                setUnknownDate(node, level, step.type)
            }
        } else if step.hasNoValues, let noValue = noValue(level.step) {
            object.record.set(node, in: level.frame, to: noValue)
        } else if isFiller(level.step) {
            object.record.set(node, in: level.frame, to: .geenWaarde)
        } else if case .text = step.type {
            object.record.set(node, in: level.frame, to: text[...])
        } else {
            set(node, in: level.frame, to: text[...], as: step.type, level.step, said.incompleteness)
        }
    }

    /// An element without content.
    private mutating func endEmpty(_ node: Int, _ level: Level) {
        switch (said.standing, zender?.empty) {
        case (.some(let standing), _): object.record.set(node, in: level.frame, to: standing)
        case (nil, .absent): break
        case (nil, .geenWaarde): object.record.set(node, in: level.frame, to: .geenWaarde)
        case (nil, nil): object.record.set(node, in: level.frame, to: .empty)
        }
    }

    /// Whether its sender writes this where there is no value.
    private func isFiller(_ step: Int) -> Bool {
        guard let fillers = zender?.fillers, !fillers.isEmpty, let texts = fillers[form.trie.name(of: step)]
        else {
            return false
        }
        return texts.contains(String(decoding: Spelling.trimmed(text[...]), as: UTF8.self))
    }

    private mutating func set(
        _ node: Int, in frame: Record.Frame, to text: ArraySlice<UInt8>, as type: ValueType, _ step: Int,
        _ incompleteness: Precision = .full
    ) {
        canonical.removeAll(keepingCapacity: true)
        guard
            let precision = Spelling.read(text, as: type, incompleteness: incompleteness, into: &canonical)
        else { return fail(Spelling.code(of: type), step) }
        // Digits alone do not make a date incomplete that is always complete.
        if type == .datum, precision != incompleteness, !form.trie.steps[step].allowsIncomplete {
            return fail(Spelling.code(of: type), step)
        }
        object.record.set(node, in: frame, to: canonical[...], precision: precision)
    }

    /// What the text stands for when the model knows it as a spelling of "no value".
    private func noValue(_ step: Int) -> Standing? {
        let bare = text.drop(while: Spelling.isSpace)
        return form.trie.noValues(of: step).first {
            bare.starts(with: $0.text) && bare.dropFirst($0.text.count).allSatisfy(Spelling.isSpace)
        }?
        .standing
    }

    /// `indOnvolledigeDatum="J"` says by itself that there is a date of which nothing is known.
    private mutating func setUnknownDate(_ node: Int, _ level: Level, _ type: ValueType) {
        guard type == .datum || type == .tijdstip else { return }
        object.record.set(node, in: level.frame, to: "0001-01-01", precision: .nothing)
    }

    private mutating func endContent(_ level: Level, _ contents: any ContentSink) throws(StUFFailure) {
        let node = form.trie.steps[level.step].valueNode
        guard var reader = content.take() else { return }
        if let href = href.take() {
            guard let included = try contents.include(href) else {
                return fail(.stufIncludeUnresolved, level.step)
            }
            self.included = included.digest
            return object.record.set(node, in: level.frame, to: included.content)
        }
        guard let kept = try reader.finish(to: contents) else {
            return fail(.stufContentInvalid, level.step)
        }
        if kept.byteCount == 0, kept.id == 0 {
            object.record.set(node, in: level.frame, to: said.standing ?? .empty)
        } else {
            object.record.set(node, in: level.frame, to: kept)
        }
    }

    private mutating func endShape(_ level: Level) {
        let node = form.trie.steps[level.step].valueNode
        if let canonical = shape?.geometry()?.canonical {
            object.record.set(node, in: level.frame, to: canonical[...])
        } else {
            object.record.set(node, in: level.frame, to: said.standing ?? .empty)
        }
        shape = nil
    }

    private mutating func fail(_ code: Code, _ step: Int, _ attribute: String? = nil) {
        guard object.failure == nil else { return }
        let path = form.trie.path(of: step)
        object.failure = StUFFailure(
            code,
            at: (["object", path].filter { !$0.isEmpty } + (attribute.map { ["@\($0)"] } ?? [])).joined(
                separator: "/"))
    }

    // MARK: Passing over

    private mutating func pass(_ event: Event, below step: Int, _ reader: borrowing Reader) {
        passing = 1
        isPassingKnown = false
        passedPath.removeAll(keepingCapacity: true)
        passedPath += form.trie.path(of: step).utf8
        appendPassed(event, reader)
    }

    /// A path that is long already stays as it is: it is read for each value below it.
    private mutating func appendPassed(_ event: Event, _ reader: borrowing Reader) {
        passedHasText = false
        passedCounts.append(passedPath.count)
        guard passedPath.count < 2000 else { return }
        if !passedPath.isEmpty { passedPath.append(UInt8(ascii: "/")) }
        passedPath += reader.local(of: event.name).prefix(200)
    }

    private mutating func passKnown() {
        passing = 1
        isPassingKnown = true
    }

    private mutating func passFurther(_ event: Event, _ reader: borrowing Reader) {
        passing += 1
        if !isPassingKnown { appendPassed(event, reader) }
    }

    /// Only what had text of its own is counted: the elements around it are said by its path.
    private mutating func endPassed() {
        passing -= 1
        guard !isPassingKnown else { return }
        if passedHasText { object.unmapped.add(String(decoding: passedPath, as: UTF8.self)) }
        passedHasText = false
        if let count = passedCounts.popLast() { passedPath.removeLast(passedPath.count - count) }
    }
}
