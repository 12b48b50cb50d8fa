import Diagnostics
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
    static func mapping(_ name: String) throws -> CompiledMapping {
        guard name == "every" else { return try #require(Shipped.library.library.mapping(name)) }
        return try #require(every.mapping, "\(every.findings.map(\.description))")
    }

    @Test(
        "keeps its law upward and back", arguments: ["zaak", "document", "every"], Seed.series(60))
    func up(_ name: String, _ seed: Seed) throws {
        try check(Self.mapping(name), .up, seed)
    }

    @Test(
        "keeps its law downward and back", arguments: ["zaak", "document", "every"], Seed.series(60))
    func down(_ name: String, _ seed: Seed) throws {
        try check(Self.mapping(name), .down, seed)
    }

    @Test("is not refused so often that its law is hardly tried", arguments: ["zaak", "document", "every"])
    func reach(_ name: String) throws {
        let mapping = try Self.mapping(name)
        for direction in Direction.allCases {
            let tried = (0..<100).count { number in
                var generator = generator(mapping, direction, Seed(UInt64(number)))
                return convert(generator.record(), mapping, direction) != nil
            }
            #expect(tried > 30, "\(direction)")
        }
    }

    @Test(
        "keeps its law for a thousand values of its own", arguments: ["document"],
        Seed.series(1))
    func thousand(_ name: String, _ seed: Seed) throws {
        for mapping in try Self.mapping(name).forms {
            // A rule of a fragment owes one law, wherever the fragment is used.
            var seen: Set<Diagnostics.SourceLocation> = []
            for law in mapping.laws where seen.insert(law.rule).inserted {
                for direction in Direction.allCases {
                    let tried = try tryAlone(law, mapping, direction, seed)
                    #expect(
                        tried >= 1000,
                        "\(law.rule) \(law.left) <-> \(law.right) \(direction): \(tried) only, \(seed)")
                }
            }
        }
    }

    /// - Returns: how many values went there and back.
    private func tryAlone(
        _ law: OwedLaw, _ mapping: CompiledMapping, _ direction: Direction, _ seed: Seed
    ) throws -> Int {
        var generator = generator(mapping, direction, seed)
        let (from, to) = direction == .up ? (law.left, law.right) : (law.right, law.left)
        generator.focus = from
        let opposite: Direction = direction == .up ? .down : .up
        var tried = 0
        for _ in 0..<6_000 where tried < 1000 {
            let first = generator.record()
            guard let second = convert(first, mapping, direction),
                case let once = Self.values(second.record, at: to), !once.isEmpty,
                let third = convert(second.record, mapping, opposite)
            else { continue }
            let fourth = try #require(convert(third.record, mapping, direction), "its own answer is refused")
            tried += once.count
            compare(once, Self.values(fourth.record, at: to), law, "once and twice")
        }
        return tried
    }

    private func generator(_ mapping: CompiledMapping, _ direction: Direction, _ seed: Seed) -> Generator {
        let isUp = direction == .up
        var values: [String: [String]] = [:]
        for law in mapping.laws {
            let known = isUp ? law.leftValues : law.rightValues
            if !known.isEmpty { values[isUp ? law.left : law.right] = known }
        }
        // What the other direction writes as a constant is what selections and branches ask for.
        for lineage in mapping.explain(isUp ? .down : .up) where lineage.sources.count == 1 {
            guard let constant = lineage.sources.first, constant.hasPrefix("\"") else { continue }
            values[lineage.target, default: []].append(String(constant.dropFirst().dropLast()))
        }
        return Generator(
            random: seed.generator, entity: isUp ? mapping.legacy : mapping.api,
            needed: Set(mapping.laws.filter(\.isMust).map { isUp ? $0.left : $0.right }), values: values)
    }

    private func convert(_ record: Record, _ mapping: CompiledMapping, _ direction: Direction) -> Converted? {
        // Refused is right too; what must not happen is another answer.
        direction == .up
            ? try? mapping.lift(record, context: gemeente) : try? mapping.lower(record, context: gemeente)
    }

    private func check(_ mapping: CompiledMapping, _ direction: Direction, _ seed: Seed) throws {
        var generator = generator(mapping, direction, seed)
        let opposite: Direction = direction == .up ? .down : .up
        let first = generator.record()
        guard let second = convert(first, mapping, direction),
            let third = convert(second.record, mapping, opposite)
        else { return }
        let fourth = try #require(convert(third.record, mapping, direction), "its own answer is refused")
        let (there, once) = (Self.values(first), Self.values(second.record))
        let (back, twice) = (Self.values(third.record), Self.values(fourth.record))
        for law in mapping.laws {
            let (from, to) = direction == .up ? (law.left, law.right) : (law.right, law.left)
            // A rol and a zaakobject share heeftBetrekkingOp: an item that came from one can go back as the other.
            if !isShared(to, mapping, direction) { compare(once[to], twice[to], law, "once and twice") }
            guard law.law == .exact, second.omissions.isEmpty, third.omissions.isEmpty,
                !isShared(from, mapping, opposite)
            else { continue }
            // Rules that share a collection put its items in their own order.
            compare(there[from]?.sorted(), back[from]?.sorted(), law, "there and back")
        }
    }

    /// Whether a rule of one direction writes there too.
    private func isShared(_ path: String, _ mapping: CompiledMapping, _ direction: Direction) -> Bool {
        let writers = mapping.explain(direction).filter { $0.target == path }.count
        return writers > mapping.laws.count { (direction == .up ? $0.right : $0.left) == path }
    }

    private func compare(_ before: [String]?, _ after: [String]?, _ law: OwedLaw, _ way: String) {
        guard before != after else { return }
        let pair = zip(before ?? [], after ?? []).first { $0 != $1 }
        let was = pair?.0 ?? "\(before?.count ?? 0) values"
        let now = pair?.1 ?? "\(after?.count ?? 0)"
        Issue.record("\(law.rule) \(law.left) \(law.law.rawValue), \(way): \(was) became \(now)")
    }

    /// What is said at one path, in every item on its way.
    private static func values(_ record: Record, at path: String) -> [String] {
        var found: [String] = []
        let separator: Character = path.contains("/") ? "/" : "."
        func collect(_ frame: Record.Frame, _ rest: Substring) {
            let layout = record.layout(of: frame)
            if let node = layout.node(rest.isEmpty ? "." : String(rest)), !layout.nodes[node].isRepeat {
                let slot = record.slot(node, in: frame)
                guard slot.standing.isSaid else { return }
                let text =
                    layout.nodes[node].type == .content
                    ? record.content(node, in: frame).map { "content \($0.id)" }
                    : record.text(node, in: frame)
                return found.append("\(slot.standing) \(slot.precision) \(text ?? "")")
            }
            // The longest run of steps that names a repeat here.
            var end = rest.endIndex
            while true {
                let head = String(rest[..<end])
                if let node = layout.node(head), layout.nodes[node].isRepeat {
                    let tail = rest[end...].dropFirst()
                    for item in record.items(node, in: frame) { collect(item, tail) }
                    return
                }
                guard let cut = rest[..<end].lastIndex(of: separator) else { return }
                end = cut
            }
        }
        collect(Record.root, path[...])
        return found
    }

    /// Everything at each path, in every item on its way.
    private static func values(_ record: Record) -> [String: [String]] {
        var found: [String: [String]] = [:]
        collect(record, Record.root, "", &found)
        return found
    }

    private static func collect(
        _ record: Record, _ frame: Record.Frame, _ prefix: String, _ found: inout [String: [String]]
    ) {
        let separator =
            record.layout.name.hasPrefix("zkn0310:") || record.layout.name.hasPrefix("oud:") ? "/" : "."
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            let path = node.path == "." ? prefix : prefix.isEmpty ? node.path : prefix + separator + node.path
            if node.isRepeat {
                for item in record.items(index, in: frame) { collect(record, item, path, &found) }
            } else {
                let slot = record.slot(index, in: frame)
                let standing = slot.standing.isSaid ? slot.standing : .absent
                let text =
                    node.type == .content
                    ? record.content(index, in: frame).map { "content \($0.id)" }
                    : record.text(index, in: frame)
                found[path, default: []].append("\(standing) \(slot.precision) \(text ?? "")")
            }
        }
    }
}
