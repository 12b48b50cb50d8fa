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
        let said = said(event, events)
        guard open.isEmpty || said.isEntity, elements.count < Self.most else {
            if said.soort != .none { wrapped = said.soort }
            return open.append(-1)
        }
        let role: EntityElement.Role =
            current < 0 ? .top : elements[current].role == .relatie ? .gerelateerde : .relatie
        elements.append(
            EntityElement(
                role: role, name: event.name, parent: current,
                soort: said.soort == .none ? wrapped : said.soort, isLeeg: said.isLeeg))
        wrapped = .none
        current = elements.count - 1
        open.append(Int32(current))
    }

    /// What the attributes of an element say of it.
    private func said(
        _ event: Event, _ events: borrowing Events
    ) -> (soort: Marks.Verwerkingssoort, isEntity: Bool, isLeeg: Bool) {
        var (soort, isEntity, isLeeg) = (Marks.Verwerkingssoort.none, false, false)
        for index in Int(event.start)..<Int(event.start + event.count) {
            let attribute = events.attributes[index]
            let qualified = hasBareAttributes ? words.qualified[attribute.name] : nil
            switch qualified ?? attribute.name {
            case words.verwerkingssoort: soort = Verwerkingssoort.read(events.value(attribute)) ?? .none
            case words.entiteittype: isEntity = true
            case words.noValue: isLeeg = true
            case words.xsiNil: isLeeg = isLeeg || events.value(attribute).first == UInt8(ascii: "t")
            default: break
            }
        }
        return (soort, isEntity, isLeeg)
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
