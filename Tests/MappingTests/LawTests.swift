import Diagnostics
import Foundation
import Mapping
import Model
import Record
import TestSupport
import Testing

/// Every converter and construct that has a way back.
private let every = SmallModels.mapping(
    """
    naam <-> titel as text(80, truncate)
    vrij | kort <-> naam as text(40, truncate)
    soort <-> soort as codes s
    vlag <-> vlag
    dag <-> dag
    deeldag <-> deeldag
    moment <-> heel as tijdstip(fill)
    aantal <-> aantal
    bedrag <-> bedrag
    termijn <-> termijn
    kaal <-> bsn as digits(9) else omit
    adres <-> adres else omit {
        must straat <-> straat
        nummer <-> nummer else omit
        plaats <-> plaats
        eigenaar/naam <-> eigenaar
    }
    regel*[soort = "x"] <-> regels*[soort = "x"] use regel
    regel*[soort = "y"] <-> regels*[soort = "y"] use regel
    regel*[soort = "z"] <-> regels*[soort = "z"] else omit use regel
    label* <-> labels*
    fragment regel {
        must tekst <-> tekst
        choice c {
            when wie/mens <-> aard = "mens" { wie/mens/naam <-> wie }
            when wie/zaak <-> aard = "zaak" { wie/zaak/naam <-> wie }
            else omit
        }
        deel* <-> delen* { tekst <-> tekst }
    }
    codes s { "A" <-> "a"   "B" <-> "b"   "C" <-> "c" }
    """)

@Suite("A two-way rule") struct LawTests {
    /// How many values each rule is tried with. A sanitizer looks for faults of memory, which the first show as well as the
    /// last, and makes each take twenty times as long.
    private static let values = ProcessInfo.processInfo.environment["SLUIS_SANITIZED"] == nil ? 1000 : 50

    static let names = ["zaak", "document", "besluit", "persoon", "every"]

    static func mapping(_ name: String) throws -> CompiledMapping {
        guard name == "every" else { return try #require(Shipped.library.library.mapping(name)) }
        return try #require(every.mapping, "\(every.findings.map(\.description))")
    }

    @Test(
        "keeps its law for a thousand values there and back, alone and among others", arguments: names,
        Direction.allCases)
    func laws(_ name: String, _ direction: Direction) throws {
        for mapping in try Self.mapping(name).forms {
            for seed in Seed.series(1) {
                var trial = Trial(mapping, direction, seed)
                try trial.tryTogether(20)
                try trial.tryAlone(Self.values)
                let short = trial.tried.filter { $0.value < Self.values }.map { "\($0.key): \($0.value)" }
                #expect(short.sorted() == [], "\(seed), last refused: \(trial.refusal)")
                #expect(trial.complaints.sorted() == [], "\(seed)")
            }
        }
    }

    @Test("is not refused so often that its law is hardly tried", arguments: names, Direction.allCases)
    func reach(_ name: String, _ direction: Direction) throws {
        let mapping = try Self.mapping(name)
        let converted = try (0..<100).count { number in
            var trial = Trial(mapping, direction, Seed(UInt64(number)))
            try trial.tryTogether(1)
            return trial.converted > 0
        }
        #expect(converted > 30)
    }
}

/// Tries the laws of a mapping from one side: there, back, and there again.
private struct Trial {
    let mapping: CompiledMapping
    let direction: Direction
    let laws: [OwedLaw]
    var generator: Generator
    /// How many values of each rule went there; a rule of a fragment owes one law, wherever the fragment is used.
    var tried: [Diagnostics.SourceLocation: Int] = [:]
    var complaints: Set<String> = []
    private let places: (there: LawPlaces, back: LawPlaces)
    var converted = 0
    /// The last.
    private(set) var refusal = ""

    private var opposite: Direction { direction == .up ? .down : .up }

    init(_ mapping: CompiledMapping, _ direction: Direction, _ seed: Seed) {
        self.mapping = mapping
        self.direction = direction
        let isUp = direction == .up
        laws = mapping.laws
        places = (mapping.lawPlaces(direction), mapping.lawPlaces(direction == .up ? .down : .up))
        let entity = isUp ? mapping.legacy : mapping.api
        var values: [String: [String]] = [:]
        var needed: Set<String> = []
        var lengths: [String: Int] = [:]
        for law in laws {
            tried[law.rule] = 0
            let (path, known) = isUp ? (law.left, law.leftValues) : (law.right, law.rightValues)
            if !known.isEmpty { values[path] = known }
            if let longest = law.longest { lengths[path] = min(longest, lengths[path] ?? longest) }
            guard law.isMust else { continue }
            let scope = isUp ? law.leftScope : law.rightScope
            needed.formUnion(Generator.holders(of: path, entity.separator, below: scope))
        }
        // What the other direction writes as a constant is what selections and branches ask for.
        for lineage in mapping.explain(isUp ? .down : .up) where lineage.sources.count == 1 {
            guard let constant = lineage.sources.first, constant.hasPrefix("\"") else { continue }
            values[lineage.target, default: []].append(String(constant.dropFirst().dropLast()))
        }
        generator = Generator(
            random: seed.generator, entity: entity, needed: needed, values: values,
            lengths: lengths)
    }

    /// Records that say everything, or much of it.
    mutating func tryTogether(_ count: Int) throws {
        generator.focus = nil
        for _ in 0..<count { try check(generator.record()) }
    }

    /// The rules that too few values went through: those that stand together, and then each alone, with what they need
    /// and no more.
    mutating func tryAlone(_ enough: Int) throws {
        let isUp = direction == .up
        let together = Dictionary(grouping: laws) { law in
            [isUp ? law.leftScope : law.rightScope] + (isUp ? law.leftAsks : law.rightAsks).map { "\($0)" }
        }
        for (_, group) in together.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            try tryGroup(group, enough)
        }
        for law in laws { try tryGroup([law], enough) }
    }

    private mutating func tryGroup(_ group: [OwedLaw], _ enough: Int) throws {
        let isUp = direction == .up
        var idle = 0
        while idle < 100, group.contains(where: { (tried[$0.rule] ?? 0) < enough }), let first = group.first {
            let before = tried
            let beside = first.companions.compactMap { $0.randomElement(using: &generator.random) }
            generator.focus = Generator.Focus(
                Dictionary(
                    group.map { isUp ? ($0.left, $0.leftValues) : ($0.right, $0.rightValues) },
                    uniquingKeysWith: { first, _ in first }),
                (isUp ? first.leftAsks : first.rightAsks) + beside.flatMap { isUp ? $0.left : $0.right },
                generator.entity.separator, &generator.random)
            try check(generator.record())
            let isNearer = group.contains { law in
                before[law.rule] ?? 0 < enough && tried[law.rule] ?? 0 > before[law.rule] ?? 0
            }
            idle = isNearer ? 0 : idle + 1
        }
    }

    private mutating func convert(_ record: Record, _ direction: Direction) -> Traced? {
        // Refused is right too; what must not happen is another answer.
        do throws(MappingFailure) {
            return try mapping.traced(record, direction, context: gemeente)
        } catch {
            refusal = error.description
            return nil
        }
    }

    private mutating func check(_ first: Record) throws {
        guard let second = convert(first, direction), let third = convert(second.converted.record, opposite)
        else { return }
        converted += 1
        let again = convert(third.converted.record, direction)
        let fourth = try #require(again, "its own answer is refused: \(refusal)")
        let (read, once) = (second.read(places.there), second.written(places.there))
        let (readBack, back) = (third.read(places.back), third.written(places.back))
        let twice = fourth.written(places.there)
        for (index, law) in laws.enumerated() where !once[index].isEmpty || !twice[index].isEmpty {
            tried[law.rule, default: 0] += once[index].count
            // What one rule wrote another may write the second time, when it is the same.
            if once[index] != twice[index], second.all(where: law) != fourth.all(where: law) {
                compare(once[index], twice[index], law, "once and twice")
            }
            // What was left out on the way back was refused.
            guard law.law == .exact, readBack[index].count == once[index].count else { continue }
            compare(read[index], back[index], law, "there and back")
        }
    }

    private mutating func compare(
        _ before: [Traced.Value], _ after: [Traced.Value], _ law: OwedLaw, _ way: String
    ) {
        guard before != after else { return }
        if law.hasAlternatives {
            // Where the first has no value, the other's counts: the law is about values.
            var rest = before.filter(\.standing.isValue)[...]
            for value in after where value == rest.first { rest.removeFirst() }
            if rest.isEmpty { return }
        }
        let pair = zip(before, after).first { $0 != $1 }
        let was = pair.map { "\($0.0)" } ?? "\(before.count) values"
        let now = pair.map { "\($0.1)" } ?? "\(after.count)"
        guard complaints.count < 20 else { return }
        complaints.insert(
            "\(law.rule) \(law.left) <-> \(law.right) \(law.law.rawValue), \(way): \(was) became \(now)")
    }
}
