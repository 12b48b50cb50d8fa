import Diagnostics
import Language

/// What a facts file says of how its API is asked, before names are looked up.
struct ServedSource {
    struct Excerpt {
        var name: Token
        var resource: Token
        var paths: [Token]
    }

    struct Question {
        var name: Token
        var answers: Token
        var limit: Int?
        var parameters: [Parameter]
    }

    struct Age {
        var name: Token
        var since: Token
        var unless: [Token]
    }

    struct Order {
        var resource: Token
        var paths: [Token]
    }

    struct Parameter {
        var name: Token
        var path: Token
        var facts: APIQuestion.Parameter
    }

    var version: String?
    var automatic: [Token] = []
    var wholes: [Token] = []
    var ages: [Age] = []
    var orders: [Order] = []
    var excerpts: [Excerpt] = []
    var questions: [Question] = []
}

/// Reads the statements of a facts file that say how an API is asked.
///
/// ```
/// version "2.7.0"
/// automatic inOnderzoek, geheimhoudingPersoonsgegevens
/// whole gezag
/// age leeftijd since geboorte.datum unless overlijden
/// order Zaak by startdatum, einddatum
/// excerpt PersoonBeperkt of Persoon { burgerservicenummer … }
/// question ZoekMetNummeraanduidingIdentificatie answers PersoonBeperkt at-most 30 {
///     nummeraanduidingIdentificatie  is verblijfplaats.nummeraanduidingIdentificatie  required  pattern "^[0-9]{16}$"
/// }
/// ```
struct ServedReader {
    static let words = ["version", "automatic", "whole", "age", "order", "excerpt", "question"]

    private(set) var findings: [Finding] = []

    mutating func read(
        _ word: Token, _ cursor: inout Cursor, into served: inout ServedSource
    ) throws(LanguageFailure) {
        switch word.text {
        case "version":
            served.version = try cursor.expect(.string, "the version of the standard, between quotes").text
        case "automatic": served.automatic += try ElementReader(.api).readPaths(&cursor)
        case "whole": served.wholes += try ElementReader(.api).readPaths(&cursor)
        case "age":
            let name = try cursor.expect(.word, "a property")
            try cursor.expect("since")
            let since = try cursor.expect(.word, "the path of a date")
            let unless =
                cursor.take("unless") == nil ? [] : try ElementReader(.api).readPaths(&cursor)
            served.ages.append(ServedSource.Age(name: name, since: since, unless: unless))
        case "order":
            let resource = try cursor.expect(.word, "the name of a resource")
            try cursor.expect("by")
            let paths = try ElementReader(.api).readPaths(&cursor)
            served.orders.append(ServedSource.Order(resource: resource, paths: paths))
        case "excerpt":
            let name = try cursor.expect(.word, "the name of the excerpt")
            try cursor.expect("of")
            let resource = try cursor.expect(.word, "the name of a resource")
            served.excerpts.append(
                ServedSource.Excerpt(name: name, resource: resource, paths: readPaths(cursor.statement)))
        default: served.questions.append(try readQuestion(&cursor))
        }
        try cursor.expectEnd()
    }

    private mutating func attempt<Value>(_ body: () throws(LanguageFailure) -> Value) -> Value? {
        do throws(LanguageFailure) {
            return try body()
        } catch {
            findings.append(error.finding)
            return nil
        }
    }

    private mutating func readPaths(_ statement: Statement) -> [Token] {
        (statement.block?.statements ?? []).compactMap { line in
            attempt { () throws(LanguageFailure) in
                var cursor = Cursor(line)
                let path = try cursor.expect(.word, "a path")
                try cursor.expectEnd()
                return path
            }
        }
    }

    private mutating func readQuestion(
        _ cursor: inout Cursor
    ) throws(LanguageFailure) -> ServedSource.Question {
        let name = try cursor.expect(.word, "the name of the question")
        try cursor.expect("answers")
        let answers = try cursor.expect(.word, "the name of a resource or an excerpt")
        let limit = cursor.take("at-most") == nil ? nil : try Self.count(&cursor)
        guard let block = cursor.statement.block else { throw cursor.expected("a block `{ … }`") }
        let parameters = block.statements.compactMap { line in
            attempt { () throws(LanguageFailure) in try Self.readParameter(line) }
        }
        return ServedSource.Question(name: name, answers: answers, limit: limit, parameters: parameters)
    }

    private static func readParameter(_ line: Statement) throws(LanguageFailure) -> ServedSource.Parameter {
        var cursor = Cursor(line)
        let name = try cursor.expect(.word, "the name of a parameter")
        let isList = name.text.hasSuffix("*")
        let word = try cursor.expect(oneOf: ["is", "like", "includes"], "how it is compared")
        let path = try cursor.expect(.word, "a path")
        let use: APIQuestion.Parameter.Use
        switch word.text {
        case "is": use = .equals
        case "like": use = .like
        default: use = .includes(try cursor.expect(.string, "a value between quotes").text)
        }
        var facts = APIQuestion.Parameter(
            name: String(name.text.prefix { $0 != "*" }), path: path.text, use: use, isRequired: false,
            isList: isList, limit: nil, pattern: nil)
        while !cursor.isAtEnd {
            switch try cursor.expect(oneOf: ["required", "pattern", "at-most"], "a clause").text {
            case "required": facts.isRequired = true
            case "pattern":
                let pattern = try cursor.expect(.string, "a pattern between quotes")
                guard (try? Regex(pattern.text)) != nil else {
                    throw LanguageFailure(
                        Finding(.valueUnknown, at: pattern.location, "this is no regular expression"))
                }
                facts.pattern = pattern.text
            default: facts.limit = try count(&cursor)
            }
        }
        return ServedSource.Parameter(name: name, path: path, facts: facts)
    }

    private static func count(_ cursor: inout Cursor) throws(LanguageFailure) -> Int {
        let token = try cursor.expect(.word, "a number")
        guard let number = Int(token.text), (1...10_000).contains(number) else {
            throw LanguageFailure(
                Finding(.lengthWrong, at: token.location, "a number from 1 to 10000 is expected here"))
        }
        return number
    }
}

extension ModelBuilder {
    /// Looks up what questions and excerpts name.
    mutating func served(_ source: ServedSource, of model: ModelSource, _ entities: [Entity]) -> ServedFacts {
        var facts = ServedFacts()
        facts.version = source.version
        facts.automatic = source.automatic.map(\.text)
        facts.wholes = source.wholes.map(\.text)
        facts.ages = source.ages.map {
            ServedFacts.Age(name: $0.name.text, since: $0.since.text, unless: $0.unless.map(\.text))
        }
        for order in source.orders {
            guard let entity = entities.first(where: { $0.name == order.resource.text }) else {
                reportUnknown(order.resource, "a resource of \(model.name)", among: entities.map(\.name))
                continue
            }
            for path in order.paths { check(path, among: entity.elements, of: entity.qualifiedName) }
            facts.orders[entity.qualifiedName] = order.paths.map(\.text)
        }
        for excerpt in source.excerpts {
            guard let entity = entities.first(where: { $0.name == excerpt.resource.text }) else {
                reportUnknown(excerpt.resource, "a resource of \(model.name)", among: entities.map(\.name))
                continue
            }
            for path in excerpt.paths { check(path, among: entity.elements, of: entity.qualifiedName) }
        }
        for question in source.questions {
            let excerpt = source.excerpts.first { $0.name.text == question.answers.text }
            let name = excerpt?.resource.text ?? question.answers.text
            guard let entity = entities.first(where: { $0.name == name }) else {
                // Of an excerpt it is reported where the excerpt says it.
                if excerpt == nil {
                    reportUnknown(
                        question.answers, "a resource or excerpt of \(model.name)",
                        among: entities.map(\.name) + source.excerpts.map(\.name.text))
                }
                continue
            }
            for parameter in question.parameters {
                check(parameter.path, among: entity.elements, of: entity.qualifiedName)
            }
            facts.questions.append(
                APIQuestion(
                    name: question.name.text, resource: entity.qualifiedName, excerpt: excerpt?.name.text,
                    answers: excerpt?.paths.map(\.text), limit: question.limit,
                    parameters: question.parameters.map(\.facts)))
        }
        return facts
    }

    private mutating func reportUnknown(_ token: Token, _ what: String, among names: [String]) {
        let near = nearest(token.text, among: names).map { ": did you mean `\($0)`?" } ?? ""
        report(.factUnknown, at: token.location, "`\(token.text)` is not \(what)\(near)")
    }
}
