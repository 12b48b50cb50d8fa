import Diagnostics
import Language
import Model
import Record

/// Reads `.route` files.
///
/// ```
/// route creeerZaak {
///     on     zds11 creeerZaak_Lk01
///     map    zaak
///     to     api zaken create
///     reply  Bv03 after effect within 8 s
///     stage  translate
///     policy older park
///     dead   passes
///     schema warn
/// }
/// overlay laat of creeerZaak when @zender/applicatie = "LAAT" {
///     reply  Bv03 after store
/// }
/// route geefZaakdetails {
///     on     zds11 geefZaakdetails_Lv01
///     map    zaak
///     ask    store
/// }
/// ```
struct RouteReader {
    /// For each mapping its legacy entity: `ZAK`.
    let entityByMapping: [String: String]
    /// The APIs that models describe: `zaken`.
    let apis: Set<String>
    /// For each mapping the model of that, for what overlays compare.
    let entities: [String: Entity]
    /// Mappings whose own mistakes are told already: a route of one is passed over.
    let broken: Set<String>
    private(set) var findings: [Finding] = []

    init(
        entityByMapping: [String: String], apis: Set<String>, entities: [String: Entity],
        broken: Set<String>
    ) {
        self.entityByMapping = entityByMapping
        self.apis = apis
        self.entities = entities
        self.broken = broken
    }

    /// The routes that are free of errors, each name and each operation once.
    mutating func read(_ documents: [Document]) -> [Route] {
        var routes: [Route] = []
        let statements = documents.flatMap(\.statements)
        let overlays = statements.filter { $0.tokens.first?.text == "overlay" }
        for statement in statements where statement.tokens.first?.text != "overlay" {
            attempt { (reader) throws(LanguageFailure) in
                guard let route = try reader.readRoute(statement) else { return }
                if let twin = routes.first(where: { $0.name == route.name }) {
                    throw LanguageFailure(
                        Finding(
                            .routeTwice, at: route.location,
                            "`\(route.name)` is the name of the route at \(twin.location) already"))
                }
                if let twin = routes.first(where: { $0.operation == route.operation }) {
                    throw LanguageFailure(
                        Finding(
                            .routeTwice, at: route.location,
                            "\(route.operation.name) takes the route at \(twin.location) already"))
                }
                routes.append(route)
            }
        }
        let names = statements.filter { $0.tokens.first?.text == "route" && $0.tokens.count > 1 }
            .map { $0.tokens[1].text }
        apply(overlays, to: &routes, named: names)
        return routes
    }

    mutating func attempt(_ body: (inout RouteReader) throws(LanguageFailure) -> Void) {
        do throws(LanguageFailure) {
            try body(&self)
        } catch {
            findings.append(error.finding)
        }
    }

    /// What the lines of a route say.
    private struct Draft {
        var operation: (Token, Operation)?
        var mapping: Token?
        var targets: [Route.Destination] = []
        var source: Route.Destination?
        /// `create`, `update`, `delete`.
        var effect: Token?
        var policies = RoutePolicies.standard
        /// The first word of each line, for what stands twice or does not fit.
        var words: [String: Token] = [:]
    }

    private static let words = ["on", "map", "to", "ask", "reply", "stage", "policy", "dead", "schema"]

    private mutating func readRoute(_ statement: Statement) throws(LanguageFailure) -> Route? {
        var cursor = Cursor(statement)
        _ = try cursor.expect(oneOf: ["route", "overlay"], "a statement of a route file")
        let name = try cursor.expect(.word, "the name of the route")
        try cursor.expectEnd()
        guard let block = statement.block else { throw cursor.expected("a block `{ … }`") }
        var draft = Draft()
        let before = findings.count
        for line in block.statements {
            attempt { (reader) throws(LanguageFailure) in try reader.readLine(line, into: &draft) }
        }
        guard findings.count == before else { return nil }
        return try route(name, draft)
    }

    private mutating func readLine(_ line: Statement, into draft: inout Draft) throws(LanguageFailure) {
        var cursor = Cursor(line)
        let word = try cursor.expect(oneOf: RouteReader.words, "a line of a route")
        if let twin = draft.words[word.text], word.text != "to" {
            throw LanguageFailure(
                Finding(
                    .routeTwice, at: word.location,
                    "`\(word.text)` is said on line \(twin.location.line) already"))
        }
        draft.words[word.text] = word
        switch word.text {
        case "on": draft.operation = try readOperation(&cursor)
        case "map": draft.mapping = try readMapping(&cursor)
        case "to":
            let target = try readDestination(&cursor)
            if case .api = target { draft.effect = try readEffect(&cursor) }
            draft.targets.append(target)
        case "ask": draft.source = try readDestination(&cursor)
        case "reply": draft.policies.reply = try readReply(&cursor)
        case "schema": draft.policies.schema = try readSchema(&cursor)
        case "policy": draft.policies.whenOlder = try readPolicy(&cursor)
        case "dead": draft.policies.whenDead = try readDead(&cursor)
        default: draft.policies.stage = try readStage(&cursor)
        }
        try cursor.expectEnd()
    }

    private func readOperation(_ cursor: inout Cursor) throws(LanguageFailure) -> (Token, Operation) {
        let service = try cursor.expect(oneOf: Operations.services, "a service")
        let token = try cursor.expect(.word, "the name of an operation")
        guard let operation = Operations.operation(token.text, of: service.text) else {
            let operations = Operations.operations(of: service.text)
            throw LanguageFailure(
                cursor.statement.unknown(
                    token, "an operation of \(service.text)", among: operations.map(\.name),
                    code: .operationUnknown))
        }
        guard operation.kind != .vrijBericht else {
            throw notYet(token, "no route can take a vrij bericht (\(token.text)) yet")
        }
        return (token, operation)
    }

    private func readMapping(_ cursor: inout Cursor) throws(LanguageFailure) -> Token {
        let token = try cursor.expect(.word, "the name of a mapping")
        guard entityByMapping[token.text] != nil || broken.contains(token.text) else {
            throw LanguageFailure(
                cursor.statement.unknown(
                    token, "a mapping that can be used", among: entityByMapping.keys.sorted(),
                    code: .routeMappingUnknown))
        }
        return token
    }

    private func readDestination(_ cursor: inout Cursor) throws(LanguageFailure) -> Route.Destination {
        let token = try cursor.expect(oneOf: ["store", "api"], "a destination")
        guard token.text == "api" else { return .store }
        let name = try cursor.expect(.word, "the name of an API")
        guard apis.contains(name.text) else {
            throw LanguageFailure(
                cursor.statement.unknown(
                    name, "an API of a model", among: apis.sorted(), code: .routeAPIUnknown))
        }
        return .api(name.text)
    }

    /// What a kennisgeving does at an API, by the mutatiesoort that says it (StUF 03.01, 5.2.2).
    private static let effects = ["create": "T", "update": "W", "delete": "V"]

    /// The word behind an API, where it says what is done there.
    private func readEffect(_ cursor: inout Cursor) throws(LanguageFailure) -> Token? {
        guard !cursor.isAtEnd else { return nil }
        return try cursor.expect(oneOf: Self.effects.keys.sorted(), "what is done at the API")
    }

    /// `Bv03 after store`, `Bv03 after effect within 8 s`
    func readReply(_ cursor: inout Cursor) throws(LanguageFailure) -> Route.Reply {
        try cursor.expect("Bv03")
        try cursor.expect("after")
        let moment = try cursor.expect(oneOf: ["store", "effect"], "a moment to reply")
        guard moment.text == "effect" else { return .afterStore }
        try cursor.expect("within")
        let number = try cursor.expect(.word, "a number of seconds")
        guard let seconds = Int(number.text), (1...60).contains(seconds) else {
            throw LanguageFailure(
                Finding(
                    .replyTime, at: number.location,
                    "`\(number.text)` is no number of seconds from 1 to 60: senders wait no longer"))
        }
        try cursor.expect("s")
        return .afterEffect(within: .seconds(seconds))
    }

    func readStage(_ cursor: inout Cursor) throws(LanguageFailure) -> Route.Stage {
        let token = try cursor.expect(oneOf: Route.Stage.allCases.map(\.rawValue), "a stage")
        guard token.text == Route.Stage.translate.rawValue else {
            throw notYet(token, "no route can be in stage `\(token.text)` yet: write `translate`")
        }
        return .translate
    }

    /// `older apply`, `older park`, `older refuse`
    func readPolicy(_ cursor: inout Cursor) throws(LanguageFailure) -> Telling.WhenOlder {
        try cursor.expect("older")
        let all = Telling.WhenOlder.allCases
        let token = try cursor.expect(oneOf: all.map(\.rawValue), "what becomes of an older bericht")
        return all.first { $0.rawValue == token.text } ?? .apply
    }

    /// `holds`, `passes`
    func readDead(_ cursor: inout Cursor) throws(LanguageFailure) -> Route.WhenDead {
        let all = Route.WhenDead.allCases
        let token = try cursor.expect(oneOf: all.map(\.rawValue), "what a dead delivery does to later ones")
        return all.first { $0.rawValue == token.text } ?? .holds
    }

    func readSchema(_ cursor: inout Cursor) throws(LanguageFailure) -> Route.SchemaPolicy {
        let all = Route.SchemaPolicy.allCases
        let token = try cursor.expect(
            oneOf: all.map(\.rawValue), "what becomes of a bericht that breaks the schema")
        return all.first { $0.rawValue == token.text } ?? .off
    }

    private func notYet(_ token: Token, _ text: String) -> LanguageFailure {
        LanguageFailure(Finding(.notYet, at: token.location, text))
    }

    // MARK: The whole

    private func route(_ name: Token, _ draft: Draft) throws(LanguageFailure) -> Route? {
        func incomplete(_ text: String) -> LanguageFailure {
            LanguageFailure(Finding(.routeIncomplete, at: name.location, "`\(name.text)` \(text)"))
        }
        guard let (_, operation) = draft.operation else {
            throw incomplete("does not say which operation it takes: `on zds11 creeerZaak_Lk01`")
        }
        guard let mapping = draft.mapping else {
            throw incomplete("does not say which mapping it uses: `map zaak`")
        }
        if broken.contains(mapping.text) { return nil }
        guard entityByMapping[mapping.text] == operation.entiteittype else {
            throw LanguageFailure(
                Finding(
                    .routeMappingMismatch, at: mapping.location,
                    "`\(mapping.text)` maps no \(operation.entiteittype), which \(operation.name) is about"))
        }
        if let effect = draft.effect, let soort = Self.effects[effect.text],
            !operation.mutatiesoorten.isEmpty, !operation.mutatiesoorten.contains(soort)
        {
            throw LanguageFailure(
                Finding(
                    .routeMisplaced, at: effect.location,
                    "\(operation.name) never does `\(effect.text)`: its mutatiesoort is "
                        + operation.mutatiesoorten.sorted().joined(separator: " or ")))
        }
        let isQuestion = operation.kind == .vraag
        if let word = draft.words[isQuestion ? "to" : "ask"] {
            throw LanguageFailure(
                Finding(
                    .routeMisplaced, at: word.location,
                    isQuestion
                        ? "\(operation.name) asks: write `ask store`"
                        : "\(operation.name) tells: write `to store`"))
        }
        if isQuestion, let word = draft.words["reply"] {
            throw LanguageFailure(
                Finding(
                    .routeMisplaced, at: word.location, "\(operation.name) is always answered with its La01"))
        }
        if isQuestion, let word = draft.words["policy"] ?? draft.words["dead"] {
            throw LanguageFailure(
                Finding(
                    .routeMisplaced, at: word.location, "\(operation.name) asks: it changes nothing"))
        }
        if isQuestion ? draft.source == nil : draft.targets.isEmpty {
            throw incomplete(
                isQuestion
                    ? "does not say whom it asks: `ask store`" : "does not say where it goes: `to store`")
        }
        return Route(
            name: name.text, operation: operation, mapping: mapping.text, targets: draft.targets,
            source: draft.source, reply: draft.policies.reply ?? .afterEffect(within: .seconds(8)),
            stage: draft.policies.stage ?? .translate, whenOlder: draft.policies.whenOlder ?? .apply,
            whenDead: draft.policies.whenDead ?? .holds, schema: draft.policies.schema ?? .off,
            location: name.location,
            words: Set(draft.words.keys.compactMap { RoutePolicies.Word(rawValue: $0) }))
    }
}
