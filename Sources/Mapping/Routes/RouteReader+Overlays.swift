import Diagnostics
import Language
import Model

/// Overlays of routes:
///
/// ```
/// overlay laat of creeerZaak, updateZaak when @zender/applicatie = "LAAT" and isVan/gerelateerde/code = "B1026" {
///     reply  Bv03 after store
///     policy older park
///     drop   schema
/// }
/// ```
extension RouteReader {
    /// Puts every overlay at the routes it names, and checks that no two that can hold together change one line.
    mutating func apply(_ statements: [Statement], to routes: inout [Route], named names: [String]) {
        var known: [RouteOverlay] = []
        for statement in statements {
            attempt { (reader) throws(LanguageFailure) in
                guard let (overlay, targets, condition) = try reader.readOverlay(statement, routes, names)
                else {
                    return
                }
                if let twin = known.first(where: { $0.name == overlay.name }) {
                    throw LanguageFailure(
                        Finding(
                            .routeTwice, at: overlay.location,
                            "`\(overlay.name)` is the name of the overlay at \(twin.location) already"))
                }
                known.append(overlay)
                for index in routes.indices where targets.contains(routes[index].name) {
                    var own = overlay
                    own.tests = try reader.tests(of: condition, routes[index])
                    try reader.checkClash(own, routes[index])
                    routes[index].overlays.append(own)
                }
            }
        }
    }

    private func checkClash(_ overlay: RouteOverlay, _ route: Route) throws(LanguageFailure) {
        for other in route.overlays where other.canMeet(overlay) {
            let both = RoutePolicies.Word.allCases.filter {
                other.words.contains($0) && overlay.words.contains($0)
            }
            guard let word = both.first else { continue }
            throw LanguageFailure(
                Finding(
                    .overlaysClash, at: overlay.location,
                    "`\(overlay.name)` and `\(other.name)` (\(other.location)) can hold for one bericht of "
                        + "`\(route.name)`, and both change `\(word.rawValue)`"))
        }
    }

    /// Nil when something is wrong in a line of it.
    private mutating func readOverlay(
        _ statement: Statement, _ routes: [Route], _ names: [String]
    ) throws(LanguageFailure) -> (overlay: RouteOverlay, routes: [String], condition: ConditionSyntax?)? {
        var cursor = Cursor(statement)
        try cursor.expect("overlay")
        let name = try cursor.expect(.word, "the name of the overlay")
        try cursor.expect("of")
        var targets: [Token] = []
        repeat {
            targets.append(try cursor.expect(.word, "the name of a route that it changes"))
        } while cursor.take(.comma) != nil
        if let unknown = targets.first(where: { !names.contains($0.text) }) {
            throw LanguageFailure(
                statement.unknown(unknown, "a route", among: names.sorted(), code: .overlayBaseUnknown))
        }
        var condition: ConditionSyntax?
        if !cursor.isAtEnd {
            try cursor.expect("when")
            condition = try cursor.readCondition()
        }
        try cursor.expectEnd()
        guard let block = statement.block else { throw cursor.expected("the `{` of what it changes") }
        let changed = targets.compactMap { target in routes.first { $0.name == target.text } }
        var overlay = RouteOverlay(
            name: name.text, tests: [], words: [], policies: RoutePolicies(), location: name.location)
        let before = findings.count
        for line in block.statements {
            attempt { (reader) throws(LanguageFailure) in try reader.readLine(line, changed, into: &overlay) }
        }
        guard findings.count == before else { return nil }
        guard !overlay.words.isEmpty else {
            throw LanguageFailure(
                Finding(.overlayUntouched, at: name.location, "overlay `\(name.text)` changes nothing"))
        }
        return (overlay, targets.map(\.text), condition)
    }

    // MARK: Lines

    private mutating func readLine(
        _ line: Statement, _ routes: [Route], into overlay: inout RouteOverlay
    ) throws(LanguageFailure) {
        var cursor = Cursor(line)
        let words = RoutePolicies.Word.allCases.map(\.rawValue)
        guard cursor.peek?.text == "drop" else {
            let word = try cursor.expect(oneOf: words + ["drop"], "what an overlay of a route changes")
            try note(word, routes, in: &overlay)
            switch word.text {
            case "reply": overlay.policies.reply = try readReply(&cursor)
            case "schema": overlay.policies.schema = try readSchema(&cursor)
            case "policy": overlay.policies.whenOlder = try readPolicy(&cursor)
            case "dead": overlay.policies.whenDead = try readDead(&cursor)
            default: overlay.policies.stage = try readStage(&cursor)
            }
            return try cursor.expectEnd()
        }
        try cursor.expect("drop")
        repeat {
            let word = try cursor.expect(oneOf: words, "a line of a route that an overlay can drop")
            try note(word, routes, in: &overlay)
            guard let kind = RoutePolicies.Word(rawValue: word.text) else { break }
            overlay.policies.drop(kind)
            if let route = routes.first(where: { !$0.words.contains(kind) }) {
                throw LanguageFailure(
                    Finding(
                        .overlayUntouched, at: word.location,
                        "`\(route.name)` says no `\(word.text)` that could be dropped"))
            }
        } while cursor.take(.comma) != nil
        try cursor.expectEnd()
    }

    private func note(
        _ word: Token, _ routes: [Route], in overlay: inout RouteOverlay
    ) throws(LanguageFailure) {
        guard let kind = RoutePolicies.Word(rawValue: word.text) else { return }
        if kind.isOfChanges, let route = routes.first(where: { $0.operation.kind == .vraag }) {
            throw LanguageFailure(
                Finding(
                    .routeMisplaced, at: word.location,
                    "`\(route.name)` takes \(route.operation.name), which asks: it has no `\(word.text)`"))
        }
        guard overlay.words.insert(kind).inserted else {
            throw LanguageFailure(
                Finding(.routeTwice, at: word.location, "`\(word.text)` is said in this overlay already"))
        }
    }

    // MARK: Conditions

    private func tests(
        of condition: ConditionSyntax?, _ route: Route
    ) throws(LanguageFailure) -> [RouteOverlay.Test] {
        try (condition?.tests ?? []).map { (test) throws(LanguageFailure) in try self.test(test, route) }
    }

    private func test(
        _ test: ConditionSyntax.Test, _ route: Route
    ) throws(LanguageFailure) -> RouteOverlay.Test {
        func refuse(_ text: String) -> LanguageFailure {
            LanguageFailure(Finding(.overlayCondition, at: test.place.location, text))
        }
        let texts: [String]
        switch test.comparison {
        case .equals(let token): texts = [token.text]
        case .isOneOf(let tokens): texts = tokens.map(\.text)
        case .isPresent: texts = []
        }
        guard !texts.isEmpty, !test.isNegated, test.place.terms.count == 1,
            case .path(let path) = test.place.terms[0], let plain = path.plain
        else {
            throw refuse("an overlay compares one place of the bericht with a text: `when place = \"x\"`")
        }
        if let context = Context.Place(rawValue: plain) {
            return .init(place: .context(context), values: texts.map { Array($0.utf8) })
        }
        guard route.operation.kind != .vraag else {
            throw refuse("`\(route.name)` takes \(route.operation.name), which asks: it holds no `\(plain)`")
        }
        guard let entity = entities[route.mapping],
            case .found(let place) = Scope(entity).find(plain), !place.element.isGroup,
            !place.element.isRepeat
        else { throw refuse("`\(plain)` is no single value of \(route.operation.entiteittype)") }
        var values: [[UInt8]] = []
        for text in texts {
            guard let value = Canonical.value(text, of: place.type) else {
                throw refuse("`\(plain)` cannot hold \"\(text)\"")
            }
            values.append(Array(value.utf8))
        }
        return .init(place: .value(path: plain, node: place.node), values: values)
    }
}
