internal import Diagnostics
internal import Record
internal import XML

/// Fills a record from the events of one entity element: no tree, no allocation per field.
///
/// What is wrong with a value is noted and reading goes on, so that the whole bericht can be hashed and kept.
struct EntityReader {
    private static let longestValue = 64 * 1024
    private static let mostItems = 10_000

    private struct Level {
        var step: Int
        /// Where its members go.
        var frame: Record.Frame
    }

    private let form: EntityForm
    private let words: Vocabulary
    private(set) var record: Record
    /// Items that came without content: `<heeft StUF:verwerkingssoort="V" StUF:noValue="geenWaarde"/>`.
    private(set) var emptyItems: Set<Record.Frame> = []
    /// Paths with `StUF:exact="false"`.
    private(set) var inexact: Set<String> = []
    private(set) var unmapped = Unmapped()
    private(set) var failure: StUFFailure?
    private var levels: [Level] = []
    /// Elements open below one that is passed over.
    private var passing = 0
    private var passedPath = ""
    private var passedHasText = false
    private var isPassingKnown = false
    private var text: [UInt8] = []
    /// Lent to the spelling of one value after another.
    private var canonical: [UInt8] = []
    private var incompleteness = Precision.full
    private var standing: Standing?
    private var items = 0
    private var content: ContentReader?
    private var shape: GMLReader?

    init(_ form: EntityForm, words: Vocabulary) {
        self.form = form
        self.words = words
        record = Record(form.layout)
    }

    // MARK: Events

    /// The entity element itself begins.
    mutating func begin(_ event: Event, _ events: borrowing Events) {
        levels.append(Level(step: PathTrie.root, frame: Record.root))
        record.setMarks(marks(event, events), of: Record.root)
    }

    mutating func start(_ event: Event, _ events: borrowing Events, _ reader: borrowing Reader) {
        guard passing == 0, let level = levels.last else { return passFurther(event, reader) }
        if shape != nil {
            shape?.start(reader.local(of: event.name), srsName: events.value(of: words.srsName, in: event))
            return
        }
        let step = form.trie.step(from: level.step, by: event.name)
        guard step >= 0 else { return pass(event, below: level.step, reader) }
        text.removeAll(keepingCapacity: true)
        standing = nil
        incompleteness = .full
        if event.count > 0 { readMarks(step, event, events) }
        open(step, in: level.frame, event, events)
    }

    /// What every element may say in attributes about its value.
    private mutating func readMarks(_ step: Int, _ event: Event, _ events: borrowing Events) {
        standing = standing(event, events)
        if let mark = events.value(of: words.indOnvolledigeDatum, in: event) {
            if let known = IndOnvolledigeDatum.read(mark) {
                incompleteness = known
            } else {
                fail(.stufAttributeUnknown, step, "indOnvolledigeDatum")
            }
        }
        if events.value(of: words.exact, in: event)?.elementsEqual("false".utf8) == true {
            inexact.insert(form.trie.path(of: step))
        }
    }

    /// A piece of text, in the element that was opened last.
    mutating func add(
        _ event: Event, _ events: borrowing Events, contents: any ContentSink
    ) throws(StUFFailure) {
        guard passing == 0, let step = levels.last?.step else {
            if !passedHasText { passedHasText = !events.isBlank(event) }
            return
        }
        switch form.trie.steps[step].kind {
        case .content: try content?.add(events.text(event), to: contents)
        case .geometrie: shape?.add(event, events)
        case .leaf where text.count + Int(event.count) <= Self.longestValue:
            events.append(textOf: event, to: &text)
        case .leaf: fail(.stufValueTooLarge, step)
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
        let step = form.trie.steps[level.step]
        switch step.kind {
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
        let node = form.trie.steps[step].node
        let kind = form.trie.steps[step].kind
        let marks = marks(event, events)
        var inner = frame
        if form.trie.steps[step].isRepeat {
            // "There are none": said of the repeat, unless a verwerkingssoort makes it say something of one item.
            if let standing, marks.verwerkingssoort == .none {
                if record.slot(node, in: frame).standing != .value {
                    record.set(node, in: frame, to: standing)
                }
                return passKnown()
            }
            items += 1
            guard items <= Self.mostItems else {
                fail(.stufItemsTooMany, step)
                return passKnown()
            }
            inner = record.appendItem(node, in: frame, marks: marks)
            if standing != nil { emptyItems.insert(inner) }
        } else {
            if kind == .group || kind == .opaque { record.set(node, in: frame, to: standing ?? .value) }
            record.setMarks(marks, node: node, in: frame)
        }
        if kind == .opaque { return passKnown() }
        if !form.trie.steps[step].attributes.isEmpty { readAttributes(step, in: inner, event, events) }
        if kind == .content { content = ContentReader() }
        if kind == .geometrie { shape = GMLReader() }
        levels.append(Level(step: step, frame: inner))
    }

    private mutating func readAttributes(
        _ step: Int, in frame: Record.Frame, _ event: Event, _ events: borrowing Events
    ) {
        for attribute in form.trie.steps[step].attributes {
            guard let value = events.value(of: attribute.name, in: event) else { continue }
            if value.isEmpty {
                record.set(attribute.node, in: frame, to: .empty)
            } else {
                set(attribute.node, in: frame, to: value, as: attribute.type, step)
            }
        }
    }

    private mutating func endLeaf(_ level: Level) {
        let node = form.trie.steps[level.step].valueNode
        let type = form.trie.steps[level.step].type
        if text.allSatisfy(Spelling.isSpace) {
            record.set(node, in: level.frame, to: standing ?? .empty)
            if standing == nil, incompleteness == .nothing { setUnknownDate(node, level, type) }
        } else if let noValue = noValue(level.step) {
            record.set(node, in: level.frame, to: noValue)
        } else if case .text = type {
            record.set(node, in: level.frame, to: text[...])
        } else {
            set(node, in: level.frame, to: text[...], as: type, level.step, incompleteness)
        }
    }

    private mutating func set(
        _ node: Int, in frame: Record.Frame, to text: ArraySlice<UInt8>, as type: ValueType, _ step: Int,
        _ incompleteness: Precision = .full
    ) {
        canonical.removeAll(keepingCapacity: true)
        guard
            let precision = Spelling.read(text, as: type, incompleteness: incompleteness, into: &canonical)
        else { return fail(Spelling.code(of: type), step) }
        record.set(node, in: frame, to: canonical[...], precision: precision)
    }

    /// What the text stands for when the model knows it as a spelling of "no value".
    private func noValue(_ step: Int) -> Standing? {
        let known = form.trie.steps[step].noValues
        guard !known.isEmpty else { return nil }
        let bare = text.drop(while: Spelling.isSpace)
        return known.first {
            bare.starts(with: $0.text) && bare.dropFirst($0.text.count).allSatisfy(Spelling.isSpace)
        }?
        .standing
    }

    /// `indOnvolledigeDatum="J"` says by itself that there is a date of which nothing is known.
    private mutating func setUnknownDate(_ node: Int, _ level: Level, _ type: ValueType) {
        guard type == .datum || type == .tijdstip else { return }
        record.set(node, in: level.frame, to: "0001-01-01", precision: .nothing)
    }

    private mutating func endContent(_ level: Level, _ contents: any ContentSink) throws(StUFFailure) {
        let node = form.trie.steps[level.step].valueNode
        guard var reader = content.take() else { return }
        guard let kept = try reader.finish(to: contents) else {
            return fail(.stufContentInvalid, level.step)
        }
        if kept.byteCount == 0, kept.id == 0 {
            record.set(node, in: level.frame, to: standing ?? .empty)
        } else {
            record.set(node, in: level.frame, to: kept)
        }
    }

    private mutating func endShape(_ level: Level) {
        let node = form.trie.steps[level.step].valueNode
        if let canonical = shape?.geometry()?.canonical {
            record.set(node, in: level.frame, to: canonical[...])
        } else {
            record.set(node, in: level.frame, to: standing ?? .empty)
        }
        shape = nil
    }

    // MARK: Attributes

    private mutating func marks(_ event: Event, _ events: borrowing Events) -> Marks {
        var marks = Marks()
        guard event.count > 0, let text = events.value(of: words.verwerkingssoort, in: event) else {
            return marks
        }
        if let soort = Verwerkingssoort.read(text) {
            marks.verwerkingssoort = soort
        } else {
            fail(.stufAttributeUnknown, levels.last?.step ?? PathTrie.root, "verwerkingssoort")
        }
        return marks
    }

    /// The kind of no value that an element without content says; nil when it says none.
    private mutating func standing(_ event: Event, _ events: borrowing Events) -> Standing? {
        if let word = events.value(of: words.noValue, in: event) {
            if let standing = NoValue.read(word) { return standing }
            fail(.stufAttributeUnknown, levels.last?.step ?? PathTrie.root, "noValue")
        }
        guard let nothing = events.value(of: words.xsiNil, in: event) else { return nil }
        return nothing.elementsEqual("true".utf8) || nothing.elementsEqual("1".utf8) ? .geenWaarde : nil
    }

    private mutating func fail(_ code: Code, _ step: Int, _ attribute: String? = nil) {
        guard failure == nil else { return }
        let path = form.trie.path(of: step)
        failure = StUFFailure(
            code,
            at: (["object", path].filter { !$0.isEmpty } + (attribute.map { ["@\($0)"] } ?? [])).joined(
                separator: "/"))
    }

    // MARK: Passing over

    private mutating func pass(_ event: Event, below step: Int, _ reader: borrowing Reader) {
        passing = 1
        passedHasText = false
        isPassingKnown = false
        let path = form.trie.path(of: step)
        passedPath =
            (path.isEmpty ? "" : "\(path)/")
            + String(decoding: reader.local(of: event.name).prefix(200), as: UTF8.self)
    }

    private mutating func passKnown() {
        passing = 1
        isPassingKnown = true
    }

    private mutating func passFurther(_ event: Event, _ reader: borrowing Reader) {
        passing += 1
        guard !isPassingKnown, passedPath.utf8.count < 2000 else { return }
        passedHasText = false
        passedPath += "/" + String(decoding: reader.local(of: event.name).prefix(200), as: UTF8.self)
    }

    /// Only what had text of its own is counted: the elements around it are said by its path.
    private mutating func endPassed() {
        passing -= 1
        guard !isPassingKnown else { return }
        if passedHasText { unmapped.add(passedPath) }
        passedHasText = false
        if let slash = passedPath.lastIndex(of: "/") { passedPath = String(passedPath[..<slash]) }
    }
}
