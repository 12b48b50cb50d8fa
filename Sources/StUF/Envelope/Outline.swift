internal import Diagnostics
internal import Model
internal import Record
internal import XML

/// Follows a document from envelope to bericht and hands each part to its reader.
///
/// What is wrong with the bericht is noted, the first thing only, and reading goes on.
struct Outline {
    private enum Place: UInt8 {
        case envelope, body, root, stuurgegevens, parameters, parameter
        /// `scope`, `start`, `antwoord`: hold objects.
        case scope, start, antwoord
        case entity, passed
    }

    /// Which part of the bericht an entity element is.
    private enum Part {
        case object, antwoord
        case vraag(VraagReader.Part)
    }

    private(set) var header: Header
    private let forms: Forms
    private let words: Vocabulary
    private var places: [Place] = []
    private var head: StuurgegevensReader
    private var hasHead = false
    private var hasRoot = false
    private var entity: EntityReader?
    private var entityPart = Part.object
    private var form: EntityForm?
    private var objects: [EntityReader] = []
    private var sleutelVerzendend: String?
    private var vraag = VraagReader()
    private var parameter: [UInt8] = []
    private var mutatiesoort: Kennisgeving.Mutatiesoort?
    private var indicatorOvername = Kennisgeving.IndicatorOvername.verplicht
    private var failure: StUFFailure?

    init(_ forms: Forms, soapAction: String?) {
        self.forms = forms
        words = forms.words
        head = StuurgegevensReader(words: forms.words)
        places.reserveCapacity(16)
        objects.reserveCapacity(2)
        parameter.reserveCapacity(32)
        header = Header()
        let action = (soapAction ?? "").filter { $0 != "\"" && $0 != "'" && $0 != " " }
        header.soapAction = action.isEmpty ? nil : action
    }

    /// Inside the root, but not inside its stuurgegevens.
    var isInContent: Bool {
        guard let last = places.last else { return false }
        return last.rawValue >= Place.root.rawValue && last != .stuurgegevens && isInRoot
    }

    private var isInRoot: Bool { header.envelope == .bare ? !places.isEmpty : places.count > 2 && hasRoot }

    mutating func take(
        _ event: Event, _ events: borrowing Events, _ reader: borrowing Reader, contents: any ContentSink
    ) throws(StUFFailure) {
        switch event.kind {
        case .start: start(event, events, reader)
        case .text:
            switch places.last {
            case .entity: try entity?.add(event, events, contents: contents)
            case .stuurgegevens: head.add(events.text(event))
            case .parameter where parameter.count + Int(event.count) <= 100:
                events.append(textOf: event, to: &parameter)
            default: break
            }
        case .end: try end(event, contents: contents)
        }
    }

    private mutating func start(_ event: Event, _ events: borrowing Events, _ reader: borrowing Reader) {
        switch places.last {
        case nil:
            if event.name == words.envelope11 || event.name == words.envelope12 {
                header.envelope = event.name == words.envelope11 ? .soap11 : .soap12
                places.append(.envelope)
            } else {
                startRoot(event, reader)
            }
        case .envelope:
            places.append(event.name == words.body11 || event.name == words.body12 ? .body : .passed)
        case .body:
            guard !hasRoot else {
                fail(.stufTwoBerichten, "Body")
                return places.append(.passed)
            }
            startRoot(event, reader)
        case .root: startPart(event, events, reader)
        case .stuurgegevens:
            head.start(event.name)
            places.append(.stuurgegevens)
        case .parameters:
            parameter.removeAll(keepingCapacity: true)
            places.append(.parameter)
        case .scope: startEntity(.vraag(.scope), event, events, reader)
        case .start: startEntity(.vraag(.start), event, events, reader)
        case .antwoord: startEntity(.antwoord, event, events, reader)
        case .entity:
            entity?.start(event, events, reader)
            places.append(.entity)
        case .parameter, .passed: places.append(.passed)
        }
    }

    private mutating func startRoot(_ event: Event, _ reader: borrowing Reader) {
        hasRoot = true
        header.root = String(decoding: reader.local(of: event.name).prefix(200), as: UTF8.self)
        header.rootNamespace = String(decoding: reader.namespace(of: event.name).prefix(200), as: UTF8.self)
        places.append(.root)
    }

    private mutating func startPart(_ event: Event, _ events: borrowing Events, _ reader: borrowing Reader) {
        let kind = header.stuurgegevens?.berichtcode
        switch words.section(event.name, reader) {
        case .stuurgegevens where !hasHead:
            hasHead = true
            places.append(.stuurgegevens)
        case .parameters: places.append(.parameters)
        case .object where kind?.isKennisgeving == true: startEntity(.object, event, events, reader)
        case .gelijk where kind?.isVraag == true: startEntity(.vraag(.gelijk), event, events, reader)
        case .vanaf where kind?.isVraag == true: startEntity(.vraag(.vanaf), event, events, reader)
        case .totEnMet where kind?.isVraag == true: startEntity(.vraag(.totEnMet), event, events, reader)
        case .scope where kind?.isVraag == true: places.append(.scope)
        case .start where kind?.isVraag == true: places.append(.start)
        case .antwoord where kind?.isAntwoord == true: places.append(.antwoord)
        default: places.append(.passed)
        }
    }

    // MARK: Entities

    private mutating func startEntity(
        _ part: Part, _ event: Event, _ events: borrowing Events, _ reader: borrowing Reader
    ) {
        guard let found = form(of: event, events, reader) else {
            fail(.stufEntiteittypeUnknown, "object")
            return places.append(.passed)
        }
        if case .object = part, objects.count >= 3 {
            fail(.stufObjectsMiscounted, "object")
            return places.append(.passed)
        }
        guard objects.count < 1000 else { return places.append(.passed) }
        form = form ?? found
        entity = EntityReader(found, words: words)
        entity?.begin(event, events)
        entityPart = part
        places.append(.entity)
        readAttributes(part, event, events)
    }

    /// By the element's entiteittype, or that of the stuurgegevens.
    private func form(
        of event: Event, _ events: borrowing Events, _ reader: borrowing Reader
    ) -> EntityForm? {
        let namespace = reader.namespace(of: event.name)
        if let said = events.value(of: words.entiteittype, in: event) {
            return forms.form(entiteittype: said, namespace: namespace)
        }
        guard let entiteittype = header.stuurgegevens?.entiteittype else { return nil }
        return forms.form(entiteittype: entiteittype.utf8, namespace: namespace)
    }

    private mutating func readAttributes(_ part: Part, _ event: Event, _ events: borrowing Events) {
        switch part {
        case .object:
            sleutelVerzendend = text(of: words.sleutelVerzendend, event, events) ?? sleutelVerzendend
        case .vraag(.gelijk):
            for (name, kind) in [
                (words.sleutelVerzendend, Vraag.Sleutel.verzendend), (words.sleutelOntvangend, .ontvangend),
                (words.sleutelGegevensbeheer, .gegevensbeheer),
            ] {
                if let value = text(of: name, event, events) { vraag.sleutels.append((kind, value)) }
            }
        case .vraag(.scope):
            guard let word = events.value(of: words.scope, in: event) else { return }
            vraag.scopeWord = Scope.read(word)
            if vraag.scopeWord == nil { fail(.stufAttributeUnknown, "scope/object/@scope") }
        case .vraag, .antwoord: break
        }
    }

    private func text(of name: Name, _ event: Event, _ events: borrowing Events) -> String? {
        events.value(of: name, in: event).flatMap { value in
            value.isEmpty ? nil : String(decoding: value.prefix(200), as: UTF8.self)
        }
    }

    private mutating func endEntity() {
        guard let entity = entity.take() else { return }
        switch entityPart {
        case .object, .antwoord: objects.append(entity)
        case .vraag(let part): vraag.take(entity, as: part)
        }
    }

    // MARK: Ends

    private mutating func end(_ event: Event, contents: any ContentSink) throws(StUFFailure) {
        let place = places.popLast()
        switch place {
        case .entity:
            if try entity?.end(contents: contents) == true { endEntity() }
        case .stuurgegevens where places.last == .stuurgegevens: head.end(event.name)
        case .stuurgegevens:
            header.stuurgegevens = head.finish()
            if let failure = head.failure { note(failure) }
        case .parameter: endParameter(event.name)
        default: break
        }
    }

    private mutating func endParameter(_ name: Name) {
        let value = String(decoding: Spelling.trimmed(parameter[...]), as: UTF8.self)
        guard !value.isEmpty else { return }
        switch name {
        case words.mutatiesoort:
            mutatiesoort = Kennisgeving.Mutatiesoort(rawValue: value)
            if mutatiesoort == nil { fail(.stufAttributeUnknown, "parameters/mutatiesoort") }
        case words.indicatorOvername:
            if let known = Kennisgeving.IndicatorOvername(rawValue: value) {
                indicatorOvername = known
            } else {
                fail(.stufAttributeUnknown, "parameters/indicatorOvername")
            }
        case words.sortering: vraag.sortering = Int(value) ?? 0
        case words.indicatorVervolgvraag: vraag.isVervolgvraag = value == "true" || value == "1"
        case words.maximumAantal: vraag.maximumAantal = Int(value).flatMap { $0 > 0 ? $0 : nil }
        default: break
        }
    }

    // MARK: The result

    private mutating func fail(_ code: Code, _ place: String) { note(StUFFailure(code, at: place)) }

    private mutating func note(_ failure: StUFFailure) { self.failure = self.failure ?? failure }

    /// The whole, when nothing was wrong with it.
    func bericht(contentHash: [UInt8]) throws(StUFFailure) -> Bericht {
        guard hasRoot else { throw StUFFailure(.stufNoBericht, at: "Body") }
        guard hasHead else { throw StUFFailure(.stufStuurgegevensMissing, at: header.root) }
        if let failure { throw failure }
        guard let stuurgegevens = header.stuurgegevens else {
            throw StUFFailure(.stufStuurgegevensMissing, at: header.root)
        }
        var unmapped = Unmapped()
        for entity in objects {
            if let failure = entity.failure { throw failure }
            unmapped.add(entity.unmapped)
        }
        return Bericht(
            header: header, stuurgegevens: stuurgegevens, inhoud: try inhoud(of: stuurgegevens.berichtcode),
            contentHash: contentHash, unmapped: unmapped)
    }

    private func inhoud(of code: Berichtcode) throws(StUFFailure) -> Bericht.Inhoud {
        if code.isKennisgeving { return .kennisgeving(try kennisgeving()) }
        if code.isVraag {
            guard let form else { throw StUFFailure(.stufEntiteittypeUnknown, at: "gelijk") }
            return .vraag(try vraag.vraag(form))
        }
        return code.isAntwoord ? .antwoord(objects.map(\.record)) : .overig
    }

    private func kennisgeving() throws(StUFFailure) -> Kennisgeving {
        guard let mutatiesoort else {
            throw StUFFailure(.stufAttributeUnknown, at: "parameters/mutatiesoort")
        }
        guard let form, let wordt = objects.last,
            objects.count == 1 || objects.count == 2 && mutatiesoort.hasPair,
            objects.allSatisfy({ $0.record.layout === form.layout })
        else { throw StUFFailure(.stufObjectsMiscounted, at: "object") }
        let was = objects.count == 2 ? objects[0] : nil
        return Kennisgeving(
            mutatiesoort: mutatiesoort, indicatorOvername: indicatorOvername, form: form,
            sleutelVerzendend: sleutelVerzendend, was: was?.record,
            change: WasWordt.merge(was: was, wordt: wordt))
    }
}
