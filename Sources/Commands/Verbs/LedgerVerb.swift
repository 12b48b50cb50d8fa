import JSON
import Ledger

extension Verb {
    static let ledgerList = Verb(
        "ledger list", "berichten in the ledger, or deliveries, newest first",
        options: [.state, .target, .errorCode, .limit, .config, .data, .json],
        details: """
            Lists berichten. With --target, --code, or a state that only deliveries have,
            it lists deliveries.

            States of a bericht:   \(BerichtState.allCases.map(\.rawValue).joined(separator: ", "))
            States of a delivery:  \(DeliveryState.allCases.map(\.rawValue).joined(separator: ", "))

            It reads the ledger of the Sluis that runs; when none does, its private Postgres
            is started for as long as it takes. Columns are separated by tabs when the
            output is no terminal; --json gives one object a line. No contents are shown.
            """
    ) { arguments, console in
        let list = try LedgerList(arguments)
        return try LedgerDoor(.current, arguments, console).open { review in
            try list.run(review, console)
            return .done
        }
    }

    static let ledgerShow = Verb(
        "ledger show", "one bericht with its deliveries and all attempts",
        operands: Operands(form: "SEQUENCE|DELIVERY", least: 1, most: 1, completion: .nothing),
        options: [.config, .data, .json],
        details: """
            A SEQUENCE is the number of a bericht; a DELIVERY is written d12, and shows the
            bericht it belongs to. Exit code 1 when there is none.
            """
    ) { arguments, console in
        let number = try LedgerNumber(arguments.operands[0], of: "ledger show")
        return try LedgerDoor(.current, arguments, console).open { review in
            guard let history = try number.history(in: review) else {
                console.report("sluis: there is no \(number)")
                return .no
            }
            if arguments.json { console.write(history.json) } else { history.print(on: console) }
            return .done
        }
    }
}

extension Option {
    fileprivate static let states =
        BerichtState.allCases.map(\.rawValue)
        + DeliveryState.allCases.map(\.rawValue).filter { BerichtState(rawValue: $0) == nil }

    fileprivate static let state = state(states, of: "ledger list")

    /// - Parameter states: those that the verb takes.
    static func state(_ states: [String], of verb: String) -> Option {
        Option("state", "STATE", "only what is in that state", .words(states)) {
            value, arguments throws(CommandFailure) in
            guard states.contains(value) else {
                throw .usage("`--state` takes \(states.joined(separator: ", "))", of: verb)
            }
            arguments.state = value
        }
    }
    static let target = text("target", "TARGET", "only deliveries to that target", .nothing, \.target)
    static let errorCode = text(
        "code", "CODE", "only deliveries whose last error has that code", .nothing, \.code)
    fileprivate static let limit = Option("limit", "NUMBER", "at most so many (50)", .nothing) {
        value, arguments throws(CommandFailure) in
        guard let limit = Int(value), (1...1_000_000).contains(limit) else {
            throw .usage("`--limit` takes a number from 1 to 1000000", of: "ledger list")
        }
        arguments.limit = limit
    }
}

/// What `ledger list` was asked for.
struct LedgerList {
    private enum Subject {
        case berichten(BerichtState?)
        case deliveries(DeliveryChoice)
    }

    /// Lines that are asked for at a time, so that a long list needs no more memory than a short one.
    private static let page = 1_000

    private let subject: Subject
    private let limit: Int
    private let isJSON: Bool

    init(_ arguments: Arguments) throws(CommandFailure) {
        limit = arguments.limit
        isJSON = arguments.json
        let ofBericht = arguments.state.flatMap(BerichtState.init(rawValue:))
        let ofDelivery = arguments.state.flatMap(DeliveryState.init(rawValue:))
        if arguments.target == nil, arguments.code == nil, arguments.state == nil || ofBericht != nil {
            subject = .berichten(ofBericht)
        } else if arguments.state == nil || ofDelivery != nil {
            subject = .deliveries(
                DeliveryChoice(state: ofDelivery, target: arguments.target, code: arguments.code))
        } else {
            throw .usage("a delivery is never \(arguments.state ?? "")", of: "ledger list")
        }
    }

    func run(_ review: any LedgerReview, _ console: Console) throws {
        switch subject {
        case .berichten(let state):
            try list(console, "berichten", \BerichtLine.sequence) {
                try review.berichten(in: state, before: $0, limit: $1)
            }
        case .deliveries(let choice):
            try list(console, "deliveries", \DeliveryLine.id) {
                try review.deliveries(choice, before: $0, limit: $1)
            }
        }
    }

    private func list<Line: Listed>(
        _ console: Console, _ noun: String, _ number: KeyPath<Line, Int64>,
        _ lines: (_ before: Int64?, _ limit: Int) throws -> [Line]
    ) throws {
        var before: Int64?
        var count = 0
        while count < limit {
            let page = try lines(before, min(limit - count, Self.page))
            guard let last = page.last else { break }
            if isJSON {
                for line in page { console.write(line.jsonLine) }
            } else {
                console.table(page, isFirst: count == 0)
            }
            count += page.count
            before = last[keyPath: number]
        }
        if count == 0 { console.report("no \(noun)") }
    }
}

extension Listed {
    var jsonLine: [UInt8] {
        var json = Writer()
        write(to: &json)
        return json.bytes + [0x0A]
    }
}

/// A bericht or a delivery as a command names it: `12` or `d12`.
struct LedgerNumber: CustomStringConvertible {
    let number: Int64
    let isDelivery: Bool

    init(_ text: String, of verb: String) throws(CommandFailure) {
        isDelivery = text.first == "d" || text.first == "D"
        guard let number = Int64(isDelivery ? text.dropFirst() : text[...]), number >= 0, number < .max else {
            throw .usage("a bericht has a number, a delivery `d` and a number", of: verb)
        }
        self.number = number
    }

    var description: String { isDelivery ? "delivery d\(number)" : "bericht \(number)" }

    func history(in review: any LedgerReview) throws -> BerichtHistory? {
        guard isDelivery else { return try review.bericht(number) }
        return try delivery(in: review).flatMap { try review.bericht($0.sequence) }
    }

    /// The delivery with that number.
    func delivery(in review: any LedgerReview) throws -> DeliveryLine? {
        let nearest = try review.deliveries(DeliveryChoice(), before: number + 1, limit: 1).first
        return nearest?.id == number ? nearest : nil
    }
}

extension BerichtHistory {
    fileprivate func print(on console: Console) {
        let facts = zip(BerichtLine.headings, bericht.cells).map { ["\($0.lowercased())", $1] }
        let isFirst =
            first.map { [["shares", "the fate of bericht \($0), which made the same object"]] } ?? []
        for line in Text.columns((facts + isFirst).filter { !$0[1].isEmpty }) { console.print(line) }
        if !deliveries.isEmpty {
            console.print("")
            console.table(deliveries)
        }
        if !attempts.isEmpty {
            console.print("")
            console.table(attempts)
        }
    }

    fileprivate var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startObject()
        json.key("bericht")
        bericht.write(to: &json)
        json.key("first")
        if let first { json.number(Int(first)) } else { json.null() }
        json.key("deliveries")
        json.startArray()
        for line in deliveries { line.write(to: &json) }
        json.end()
        json.key("attempts")
        json.startArray()
        for line in attempts { line.write(to: &json) }
        json.end()
        json.end()
        return json.bytes
    }
}
