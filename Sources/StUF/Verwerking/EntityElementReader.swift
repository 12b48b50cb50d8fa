internal import Record
internal import XML

/// Collects the entity elements of one object from events, whatever the models know of them.
struct EntityElementReader {
    private static let most = 10_000

    private let words: Vocabulary
    private let hasBareAttributes: Bool
    private(set) var elements: [EntityElement] = []
    /// Of each open element: the entity element that it is, or -1.
    private var open: [Int32] = []
    /// The entity element that is open innermost.
    private var current = -1
    /// What a `gerelateerde` said that is no entity itself but holds one of several.
    private var wrapped = Marks.Verwerkingssoort.none
    private var moment: [UInt8]?

    init(words: Vocabulary, hasBareAttributes: Bool) {
        self.words = words
        self.hasBareAttributes = hasBareAttributes
        elements.reserveCapacity(8)
        open.reserveCapacity(16)
    }

    /// Whether text is looked at.
    var isInMoment: Bool { moment != nil }

    mutating func start(_ event: Event, _ events: borrowing Events) {
        guard event.count > 0 || open.isEmpty || words.isOfTime(event.name) else { return open.append(-1) }
        if words.isOfTime(event.name) { return startTime(event) }
        let soort = value(of: words.verwerkingssoort, event, events).flatMap(Verwerkingssoort.read) ?? .none
        let isEntity = open.isEmpty || value(of: words.entiteittype, event, events) != nil
        guard isEntity, elements.count < Self.most else {
            if soort != .none { wrapped = soort }
            return open.append(-1)
        }
        let role: EntityElement.Role =
            current < 0 ? .top : elements[current].role == .relatie ? .gerelateerde : .relatie
        elements.append(
            EntityElement(
                role: role, name: event.name, parent: current, soort: soort == .none ? wrapped : soort,
                isLeeg: value(of: words.noValue, event, events) != nil
                    || events.value(of: words.xsiNil, in: event)?.first == UInt8(ascii: "t")))
        wrapped = .none
        current = elements.count - 1
        open.append(Int32(current))
    }

    private func value(of name: Name, _ event: Event, _ events: borrowing Events) -> ArraySlice<UInt8>? {
        if let value = events.value(of: name, in: event) { return value }
        return hasBareAttributes ? words.bare[name].flatMap { events.value(of: $0, in: event) } : nil
    }

    private mutating func startTime(_ event: Event) {
        open.append(-1)
        switch event.name {
        case words.tijdvakGeldigheid: elements[current].geldigheid = elements[current].geldigheid ?? .init()
        case words.tijdstipRegistratie: elements[current].hasRegistratie = true
        default: moment = []
        }
    }

    mutating func add(_ text: ArraySlice<UInt8>) {
        if let count = moment?.count, count + text.count <= 100 { moment? += text }
    }

    mutating func end(_ name: Name) {
        if let text = moment.take() { endMoment(name, text) }
        guard let last = open.popLast(), last >= 0 else { return }
        current = elements[Int(last)].parent
    }

    private mutating func endMoment(_ name: Name, _ text: [UInt8]) {
        let digits = Array(Spelling.trimmed(text[...]))
        let said: EntityElement.Moment = digits.isEmpty ? .none : .known(digits)
        switch name {
        case words.beginGeldigheid: elements[current].geldigheid?.begin = said
        case words.eindGeldigheid: elements[current].geldigheid?.eind = said
        default: break
        }
    }
}
