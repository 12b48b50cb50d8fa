internal import Diagnostics
internal import Model
internal import Record
internal import XML

/// Follows a document from envelope to bericht and hands each part to its reader.
///
/// What is wrong with the bericht is noted, the first thing only, and reading goes on.
struct Outline {
    private enum Place: UInt8 {
        case envelope, soapHeader, body, root, stuurgegevens, parameters, parameter
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
    private var objects: [ReadObject] = []
    private var elements: EntityElementReader?
    /// Of each of the objects of a kennisgeving.
    private var objectElements: [[EntityElement]] = []
    private var sleutelVerzendend: String?
    private var vraag = VraagReader()
    private var parameter: [UInt8] = []
    private var mutatiesoort: Kennisgeving.Mutatiesoort?
    private var indicatorOvername = Kennisgeving.IndicatorOvername.verplicht
    private var failure: StUFFailure?
    /// The hash of a document that came beside the bericht, when its element has just ended.
    var included: [UInt8]?
    var include: Name { words.xopInclude }

    init(_ forms: Forms, soapAction: String?) {
        self.forms = forms
        words = forms.words
        head = StuurgegevensReader(words: forms.words)
        places.reserveCapacity(16)
        objects.reserveCapacity(2)
        parameter.reserveCapacity(32)
        header = Header()
        let action = soapAction.map { $0.filter { $0 != "\"" && $0 != "'" && $0 != " " } }
        header.soapAction = action?.isEmpty == true ? nil : action
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
            case .entity:
                try entity?.add(event, events, contents: contents)
                if elements?.isInMoment == true { elements?.add(events.text(event)) }
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
        case .envelope: startInEnvelope(event.name)
        case .soapHeader:
            if mustBeUnderstood(event, events), !isSecurity(event.name, reader) {
                fail(
                    .stufMustUnderstand,
                    "Header/\(String(decoding: reader.local(of: event.name), as: UTF8.self))")
            }
            places.append(.passed)
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
            elements?.start(event, events)
            places.append(.entity)
        case .parameter, .passed: places.append(.passed)
        }
    }

    private mutating func startRoot(_ event: Event, _ reader: borrowing Reader) {
        hasRoot = true
        let root = forms.root(event.name, reader)
        header.root = root.local
        header.rootNamespace = root.namespace
        if let failure = root.refusal {
            note(failure)
            // An envelope of an unknown version is no bericht.
            if failure.code == .stufSoapVersion { header.root = "" }
        }
        places.append(.root)
    }

    private mutating func startInEnvelope(_ name: Name) {
        switch name {
        case words.body11, words.body12: places.append(.body)
        case words.header11, words.header12: places.append(.soapHeader)
        default: places.append(.passed)
        }
    }

    /// Whether a block of the header asks so of the one who answers (SOAP 1.1 section 4.2.3, SOAP 1.2 part 1 section 5.2.3).
    private func mustBeUnderstood(_ event: Event, _ events: borrowing Events) -> Bool {
        let name = header.envelope == .soap12 ? words.mustUnderstand12 : words.mustUnderstand11
        guard let value = events.value(of: name, in: event).map(Spelling.trimmed),
            value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
        else { return false }
        let actor = events.value(of: header.envelope == .soap12 ? words.role : words.actor, in: event) ?? []
        return actor.isEmpty || Vocabulary.ownActors.contains { actor.elementsEqual($0.utf8) }
    }

    /// WS-Security is passed over, though senders say that it must be understood: who sends is known otherwise, and what
    /// it encrypts is no bericht.
    private func isSecurity(_ name: Name, _ reader: borrowing Reader) -> Bool {
        reader.namespace(of: name).elementsEqual(Vocabulary.security.utf8)
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
            fail(unknownEntity(event, events, reader), "object")
            return places.append(.passed)
        }
        if case .object = part, objects.count >= 3 {
            fail(.stufObjectsMiscounted, "object")
            return places.append(.passed)
        }
        guard objects.count < 1000 else { return places.append(.passed) }
        form = form ?? found
        entity = EntityReader(found, words: words, zender: header.zender)
        entity?.begin(event, events)
        if case .object = part {
            elements = EntityElementReader(
                words: words, hasBareAttributes: header.zender?.hasBareAttributes == true)
            elements?.start(event, events)
        }
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

    /// Whether the sectormodel has such an entity, which the models leave out.
    private func unknownEntity(
        _ event: Event, _ events: borrowing Events, _ reader: borrowing Reader
    ) -> Code {
        let said = events.value(of: words.entiteittype, in: event).map { String(decoding: $0, as: UTF8.self) }
        let entiteittype = said ?? header.stuurgegevens?.entiteittype ?? ""
        let namespace = String(decoding: reader.namespace(of: event.name), as: UTF8.self)
        return Sectormodel(namespace)?.has(entiteittype) == true
            ? .stufEntiteittypeUnsupported : .stufEntiteittypeUnknown
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
        case .vraag(.start):
            vraag.start =
                text(of: words.sleutelOntvangend, event, events)
                ?? text(of: words.sleutelVerzendend, event, events)
        case .vraag, .antwoord: break
        }
    }

    private func text(of name: Name, _ event: Event, _ events: borrowing Events) -> String? {
        events.value(of: name, in: event).flatMap { value in
            value.isEmpty ? nil : String(decoding: value.prefix(200), as: UTF8.self)
        }
    }

    private mutating func endEntity() {
        guard let object = entity.take()?.object else { return }
        switch entityPart {
        case .object, .antwoord:
            objects.append(object)
            if let elements = elements.take() { objectElements.append(elements.elements) }
        case .vraag(let part): vraag.take(object, as: part)
        }
    }

    // MARK: Ends

    private mutating func end(_ event: Event, contents: any ContentSink) throws(StUFFailure) {
        let place = places.popLast()
        switch place {
        case .entity:
            elements?.end(event.name)
            if try entity?.end(contents: contents) == true { return endEntity() }
            if let digest = entity?.included.take() { included = digest }
        case .stuurgegevens where places.last == .stuurgegevens: head.end(event.name)
        case .stuurgegevens:
            header.stuurgegevens = head.finish(forms.zenders)
            header.zender = head.from
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
        case words.sortering: vraag.sortering = Int(value) ?? -1
        case words.indicatorVervolgvraag: vraag.isVervolgvraag = value == "true" || value == "1"
        case words.indicatorAantal: vraag.wantsCount = value == "true" || value == "1"
        case words.indicatorAfnemerIndicatie: vraag.wantsAfnemerindicatie = value == "true" || value == "1"
        case words.maximumAantal: vraag.maximumAantal = Int(value).flatMap { $0 > 0 ? $0 : nil }
        default: break
        }
    }

    // MARK: The result

    private mutating func fail(_ code: Code, _ place: String) { note(StUFFailure(code, at: place)) }

    private mutating func note(_ failure: StUFFailure) { self.failure = self.failure ?? failure }

    /// The whole, when nothing was wrong with it; asked once.
    mutating func bericht(contentHash: [UInt8]) throws(StUFFailure) -> Bericht {
        guard hasRoot else { throw StUFFailure(.stufNoBericht, at: "Body") }
        if let failure { throw failure }
        guard hasHead else { throw StUFFailure(.stufStuurgegevensMissing, at: header.root) }
        guard let stuurgegevens = header.stuurgegevens else {
            throw StUFFailure(.stufStuurgegevensMissing, at: header.root)
        }
        var unmapped = Unmapped()
        for object in objects {
            if let failure = object.failure { throw failure }
            unmapped.add(object.unmapped)
        }
        return Bericht(
            header: header, stuurgegevens: stuurgegevens, inhoud: try inhoud(of: stuurgegevens.berichtcode),
            contentHash: contentHash, unmapped: unmapped)
    }

    private mutating func inhoud(of code: Berichtcode) throws(StUFFailure) -> Bericht.Inhoud {
        if code.isKennisgeving { return .kennisgeving(try kennisgeving()) }
        if code.isVraag {
            guard let form else { throw StUFFailure(.stufEntiteittypeUnknown, at: "gelijk") }
            return .vraag(try vraag.vraag(form))
        }
        return code.isAntwoord ? .antwoord(objects.map(\.record)) : .overig
    }

    private mutating func kennisgeving() throws(StUFFailure) -> Kennisgeving {
        guard let mutatiesoort else {
            throw StUFFailure(.stufAttributeUnknown, at: "parameters/mutatiesoort")
        }
        guard let form, objects.count <= (mutatiesoort.hasPair ? 2 : 1),
            objects.allSatisfy({ $0.record.layout === form.layout }), let wordt = objects.popLast()
        else { throw StUFFailure(.stufObjectsMiscounted, at: "object") }
        let was = objects.popLast()
        let isTolerant = header.zender?.isTolerant == true
        if !isTolerant, let failure = verwerking(mutatiesoort).failure() { throw failure }
        if !isTolerant, mutatiesoort == .correctie || mutatiesoort == .correctieFormeel, let was,
            isSame(was, wordt)
        {
            throw StUFFailure(.stufNothingCorrected, at: "object")
        }
        var begin: String?
        if !isTolerant, mutatiesoort == .wijziging,
            case .known(let digits) = objectElements.last?.first?.geldigheid?.begin
        {
            begin = String(decoding: digits, as: UTF8.self)
        }
        return Kennisgeving(
            mutatiesoort: mutatiesoort, indicatorOvername: indicatorOvername, form: form,
            sleutelVerzendend: sleutelVerzendend, was: was?.record,
            change: WasWordt.merge(was: was, wordt: wordt), beginGeldigheid: begin)
    }

    private func verwerking(_ mutatiesoort: Kennisgeving.Mutatiesoort) -> Verwerking {
        Verwerking(
            mutatiesoort: mutatiesoort, was: objectElements.count == 2 ? objectElements[0] : nil,
            wordt: objectElements.last ?? [], spelled: { [words] in words.spelled($0) ?? "relatie" })
    }

    /// Whether two objects say the same, as far as the model knows; a change of a key is not in what they say.
    private func isSame(_ was: ReadObject, _ wordt: ReadObject) -> Bool {
        guard was.unmapped == wordt.unmapped, objectElements.last?.first?.soort != .sleutelwijziging,
            objectElements.allSatisfy({
                $0.allSatisfy { $0.soort == .wijzigen || $0.soort == .identificatie }
            })
        else { return false }
        let bytes = { (record: Record) in record.canonicalBytes { Array("\($0.id)".utf8) } }
        return was.unmapped.paths.isEmpty && bytes(was.record) == bytes(wordt.record)
    }
}
