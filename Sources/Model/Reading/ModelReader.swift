import Diagnostics
import Language
import Record

/// Reads one `.model` file.
///
/// ```
/// model zkn0310 stuf "http://www.egem.nl/StUF/sector/zkn/0310" as ZKN
/// entity ZAK key identificatie { … }
/// group betrokkene { … }
///
/// model zaken api "/zaken/api/v1"
/// every text empty ""
/// resource Zaak in zaken key bronorganisatie, identificatie { … }
///
/// model kopie tables "public"
/// table personen key bsn { … }
///
/// facts zaken
/// resource Zaak key bronorganisatie, identificatie { … }
/// version "1.5.1"
/// ```
struct ModelReader {
    /// Of the models read so far: facts are read as their model's kind says.
    private var kinds: [String: Model.Kind] = [:]
    private(set) var findings: [Finding] = []

    /// Nil when the file does not say which model it is.
    mutating func read(_ document: Document) -> ModelSource? {
        guard let first = document.statements.first else {
            let start = SourceLocation(file: document.file, line: 1, column: 1)
            findings.append(
                Finding(
                    .modelHeader, at: start,
                    "the file says nothing: it starts with `model NAME stuf|api …` or `facts NAME`"))
            return nil
        }
        var model: ModelSource?
        attempt { (reader) throws(LanguageFailure) in model = try reader.readHeader(first) }
        guard var model else { return nil }
        for statement in document.statements.dropFirst() {
            attempt { (reader) throws(LanguageFailure) in try reader.read(statement, into: &model) }
        }
        if !model.isFacts { kinds[model.name] = model.kind }
        return model
    }

    private mutating func attempt(_ body: (inout ModelReader) throws(LanguageFailure) -> Void) {
        do throws(LanguageFailure) {
            try body(&self)
        } catch {
            findings.append(error.finding)
        }
    }

    private func readHeader(_ statement: Statement) throws(LanguageFailure) -> ModelSource {
        var cursor = Cursor(statement)
        if cursor.take("facts") != nil { return try readFactsHeader(&cursor) }
        guard cursor.take("model") != nil else {
            throw LanguageFailure(
                Finding(
                    .modelHeader, at: statement.location,
                    "a model file starts with `model NAME stuf|api …` or `facts NAME`"))
        }
        let name = try cursor.expect(.word, "the name of the model")
        let kind: Model.Kind
        switch try cursor.expect(oneOf: ["stuf", "api", "tables"], "a kind of model").text {
        case "stuf":
            let namespace = try cursor.expect(.string, "the XML namespace between quotes").text
            try cursor.expect("as")
            kind = .stuf(namespace: namespace, prefix: try cursor.expect(.word, "a prefix").text)
        case "tables":
            kind = .tables(
                schema: try cursor.expect(.string, "the schema of the tables, between quotes").text)
        default:
            kind = .api(root: try cursor.expect(.string, "the path it is served at, between quotes").text)
        }
        try cursor.expectEnd()
        guard !name.text.contains(where: { "/*@:.".contains($0) }) else {
            throw LanguageFailure(
                Finding(.modelHeader, at: name.location, "`\(name.text)` cannot be the name of a model"))
        }
        return ModelSource(name: name.text, kind: kind, location: name.location)
    }

    /// `facts zkn0310`; of which kind the model is, its derived file says.
    private func readFactsHeader(_ cursor: inout Cursor) throws(LanguageFailure) -> ModelSource {
        let name = try cursor.expect(.word, "the name of the model that the facts are about")
        try cursor.expectEnd()
        let kind = kinds[name.text] ?? .api(root: "")
        var facts = ModelSource(name: name.text, kind: kind, location: name.location)
        facts.isFacts = true
        return facts
    }

    private mutating func read(_ statement: Statement, into model: inout ModelSource) throws(LanguageFailure)
    {
        var cursor = Cursor(statement)
        var words = [model.side.word, "group", "every"]
        if model.isFacts, model.side == .api { words += ServedReader.words }
        let isAdded = model.isFacts && cursor.take("add") != nil
        let word = try cursor.expect(oneOf: words, "a statement of this kind of model")
        let isFact = model.isFacts && !isAdded
        switch word.text {
        case "every": try readEvery(&cursor, into: &model)
        case _ where ServedReader.words.contains(word.text):
            var reader = ServedReader()
            defer { findings += reader.findings }
            try reader.read(word, &cursor, into: &model.served)
        case "group":
            let name = try readNewName(&cursor, "the name of the group", in: model)
            try cursor.expectEnd()
            let elements = try readElements(statement, cursor, model.side, isFacts: isFact)
            model.groups.append(GroupSource(name: name, elements: elements, isAdded: isAdded))
        default:
            let name = try readNewName(&cursor, "the name of the \(word.text)", in: model)
            var entity = EntitySource(name: name, isAdded: isAdded, statement: statement)
            if model.side == .api, !isFact {
                try cursor.expect("in")
                entity.collection = try cursor.expect(.word, "the name of its collection")
            }
            if cursor.take("key") != nil {
                entity.key = try ElementReader(model.side).readPaths(&cursor)
            }
            try cursor.expectEnd()
            if !isFact || statement.block != nil {
                entity.elements = try readElements(
                    statement, cursor, model.side, isFacts: isFact)
            }
            model.entities.append(entity)
        }
    }

    /// `every text empty ""`, `every value left-out`
    private func readEvery(_ cursor: inout Cursor, into model: inout ModelSource) throws(LanguageFailure) {
        let types: [String: ValueType] = [
            "text": .text, "datum": .datum, "tijdstip": .tijdstip, "integer": .integer, "decimal": .decimal,
            "duur": .duur, "boolean": .boolean,
        ]
        let type = try cursor.expect(
            oneOf: types.keys.sorted() + (model.side == .api ? ["value"] : []), "a type")
        guard type.text != "value" else {
            try cursor.expect("left-out")
            try cursor.expectEnd()
            model.leavesOut = true
            return
        }
        try cursor.expect("empty")
        let empty = try cursor.expect(.string, "how empty is written, between quotes")
        try cursor.expectEnd()
        if let type = types[type.text] { model.emptyByType[type] = empty.text }
    }

    private func readNewName(
        _ cursor: inout Cursor, _ what: String, in model: ModelSource
    ) throws(LanguageFailure) -> Token {
        let name = try cursor.expect(.word, what)
        let twin = model.group(name.text)?.name ?? model.entity(name.text)?.name
        if let twin {
            throw LanguageFailure(
                Finding(
                    .nameTwice, at: name.location,
                    "`\(name.text)` is the name of what stands on line \(twin.location.line) already"))
        }
        return name
    }

    private mutating func readElements(
        _ statement: Statement, _ cursor: Cursor, _ side: Side, isFacts: Bool
    ) throws(LanguageFailure) -> [ElementSource] {
        guard let block = statement.block else { throw cursor.expected("a block `{ … }`") }
        var reader = ElementReader(side, isFacts: isFacts)
        let elements = reader.read(block.statements)
        findings += reader.findings
        return elements
    }
}

extension Side {
    /// What starts the description of one kind of object.
    fileprivate var word: String {
        switch self {
        case .stuf: "entity"
        case .api: "resource"
        case .tables: "table"
        }
    }
}
