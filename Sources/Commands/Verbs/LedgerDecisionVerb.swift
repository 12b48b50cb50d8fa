import JSON
import Ledger
import Threads

extension Verb {
    static let ledgerRedrive = Verb(
        "ledger redrive", "send dead or held deliveries on their way again",
        operands: .deliveries,
        options: [.redrivenState, .target, .errorCode, .config, .data, .json],
        details: """
            Names deliveries (d12) and berichten (12: all its dead and held deliveries), or
            says which are meant with --state, --target and --code: those that match all of
            it. The same options of `sluis ledger list` show them before.

            They go out in their old order, at once where Sluis runs, else at its next
            start. Exit code 1 when one that was named is neither dead nor held.
            """
    ) { arguments, console in
        let decision = try LedgerDecision(.redrive, arguments)
        return try LedgerDoor(.current, arguments, console).open(isReadOnly: false) { review in
            try decision.run(review, console)
        }
    }

    static let ledgerDiscard = Verb(
        "ledger discard", "give up dead, held or waiting deliveries, for a reason",
        operands: .deliveries,
        options: [.discardedState, .target, .errorCode, .reason, .config, .data, .json],
        details: """
            Names deliveries (d12) and berichten (12: all its dead and held deliveries), or
            says which are meant with --state, --target and --code: those that match all of
            it. Deliveries that wait are discarded only by their name or with
            `--state waiting`. The same options of `sluis ledger list` show them before.

            What is discarded never goes out; later deliveries of its objects do. The reason
            is kept with it and shown by `sluis ledger show`: no personal data in it, please.
            Exit code 1 when one that was named can no longer be discarded.
            """
    ) { arguments, console in
        guard let reason = arguments.reason else {
            throw CommandFailure.usage("`ledger discard` needs --reason TEXT", of: "ledger discard")
        }
        let decision = try LedgerDecision(.discard(reason), arguments)
        return try LedgerDoor(.current, arguments, console).open(isReadOnly: false) { review in
            try decision.run(review, console)
        }
    }
}

extension Verb.Operands {
    fileprivate static let deliveries = Self(
        form: "[SEQUENCE|DELIVERY…]", least: 0, most: nil, completion: .nothing)
}

extension Option {
    fileprivate static let redrivenState = state(["dead", "held"], of: "ledger redrive")
    fileprivate static let discardedState = state(["dead", "held", "waiting"], of: "ledger discard")
    fileprivate static let reason = Option("reason", "TEXT", "why; kept with the delivery", .nothing) {
        value, arguments throws(CommandFailure) in
        guard !value.allSatisfy(\.isWhitespace), value.utf8.count <= LedgerLimits.key else {
            throw .usage("`--reason` takes a text of at most \(LedgerLimits.key) bytes", of: "ledger discard")
        }
        arguments.reason = value
    }
}

/// A decision about deliveries, and which.
private struct LedgerDecision {
    enum Kind {
        case redrive
        case discard(String)

        /// How it stands on the command line, and what becomes of a delivery.
        var words: (verb: String, past: String) {
            switch self {
            case .redrive: ("ledger redrive", "redriven")
            case .discard: ("ledger discard", "discarded")
            }
        }
    }

    /// Lines that are asked for at a time.
    private static let page = 1_000

    private let kind: Kind
    private let numbers: [LedgerNumber]
    private let choices: [DeliveryChoice]
    private let isJSON: Bool

    init(_ kind: Kind, _ arguments: Arguments) throws(CommandFailure) {
        self.kind = kind
        isJSON = arguments.json
        let verb = kind.words.verb
        numbers = try arguments.operands.map { text throws(CommandFailure) in try LedgerNumber(text, of: verb)
        }
        let isChosen = arguments.state != nil || arguments.target != nil || arguments.code != nil
        guard isChosen == numbers.isEmpty else {
            throw .usage(
                isChosen
                    ? "deliveries are named, or chosen with --state, --target and --code: not both"
                    : "name deliveries, or choose them with --state, --target or --code", of: verb)
        }
        let states = arguments.state.map { [DeliveryState(rawValue: $0)] } ?? [.dead, .held]
        choices =
            isChosen
            ? states.map { DeliveryChoice(state: $0, target: arguments.target, code: arguments.code) } : []
    }

    func run(_ review: PostgresReview, _ console: Console) throws -> Outcome {
        var outcome = Outcome.done
        var lines = try choices.flatMap { try all($0, in: review) }
        for number in numbers {
            let named = try self.lines(of: number, in: review)
            if let missing = named.missing {
                console.report("sluis: \(missing)")
                outcome = .no
            }
            lines += named.lines
        }
        // In their old order; each once, however often it was named.
        lines = Dictionary(lines.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            .values.sorted { $0.id < $1.id }
        var progress = Progress(console, "deliveries", of: lines.count)
        var count = 0
        for (place, line) in lines.enumerated() {
            let isDone = try decide(line, review)
            if isDone { count += 1 } else if !numbers.isEmpty { outcome = .no }
            let decided = Decided(line: line, past: isDone ? kind.words.past : "unchanged")
            if isJSON {
                console.write(decided.jsonLine)
            } else {
                console.table([decided], isFirst: place == 0)
            }
            progress.advance(to: place + 1)
        }
        console.report("\(Text.count(count, "delivery", "deliveries")) \(kind.words.past)")
        return outcome
    }

    private func decide(_ line: DeliveryLine, _ review: PostgresReview) throws -> Bool {
        switch kind {
        case .redrive: try review.redrive(line.id, now: .now)
        case .discard(let reason): try review.discard(line.id, reason: reason, now: .now)
        }
    }

    /// What a number names, and what to say when that is nothing.
    private func lines(
        of number: LedgerNumber, in review: PostgresReview
    ) throws -> (lines: [DeliveryLine], missing: String?) {
        if number.isDelivery {
            guard let line = try number.delivery(in: review) else { return ([], "there is no \(number)") }
            return ([line], nil)
        }
        guard let history = try review.bericht(number.number) else { return ([], "there is no \(number)") }
        let sequence = history.first ?? number.number
        let lines =
            try all(DeliveryChoice(state: .dead, sequence: sequence), in: review)
            + all(DeliveryChoice(state: .held, sequence: sequence), in: review)
        if lines.isEmpty, history.bericht.state == .dead {
            return ([], "\(number) died before it had deliveries; it is tried anew when it is sent again")
        }
        return (lines, lines.isEmpty ? "\(number) has no dead or held delivery" : nil)
    }

    private func all(_ choice: DeliveryChoice, in review: PostgresReview) throws -> [DeliveryLine] {
        var lines: [DeliveryLine] = []
        while true {
            let page = try review.deliveries(choice, before: lines.last?.id, limit: Self.page)
            lines += page
            if page.count < Self.page { return lines }
        }
    }
}

/// One delivery and what became of it.
private struct Decided: Listed {
    static let headings = ["DELIVERY", "SEQUENCE", "TARGET", "WAS", "NOW", "CAUSE"]

    let line: DeliveryLine
    let past: String

    var cells: [String] {
        [
            "d\(line.id)", "\(line.sequence)", Text.harmless(line.target), line.state.rawValue, past,
            line.cause.map { Text.harmless($0.text) } ?? "",
        ]
    }

    func write(to json: inout Writer) {
        json.startObject()
        json.member("delivery", "d\(line.id)")
        json.member("sequence", line.sequence)
        json.member("target", line.target)
        json.member("was", line.state.rawValue)
        json.member("now", past)
        json.member("cause", line.cause)
        json.end()
    }
}
