import Mapping
import Model
import Record
import TestSupport

/// Makes records that a model allows: every length up to the limit, every kind of no value, dates known in part, and
/// moments around a change of summer time.
struct Generator {
    var random: SeededGenerator
    let entity: Entity
    /// Paths that an object, item or group is never without where it is itself: of `must` and `key`, and what holds
    /// them.
    let needed: Set<String>
    /// The only values of a path that a rule takes.
    let values: [String: [String]]
    /// The longest texts that both sides hold.
    let lengths: [String: Int]
    /// Only what is needed and this; nil for everything.
    var focus: Focus?
    /// For groups whose shape differs, by their paths, the shape that is made now.
    private var shapes: [String: String] = [:]

    init(
        random: SeededGenerator, entity: Entity, needed: Set<String>, values: [String: [String]],
        lengths: [String: Int]
    ) {
        self.lengths = lengths
        self.random = random
        self.entity = entity
        self.needed = needed
        self.values = values
    }

    /// Some rules, and what must hold for them to be followed.
    struct Focus {
        /// The path and every path that is to be there for it, and what holds them.
        var wanted: Set<String> = []
        /// The rules' own places, each with the only values that it takes; none where any will do.
        var values: [String: [String]]
        /// The values that selections and branches ask for.
        var asked: [String: [String]] = [:]
        var refused: [String: [String]] = [:]
        /// Paths that are not to be there.
        var unwanted: Set<String> = []

        init(
            _ values: [String: [String]], _ asks: [OwedLaw.Ask], _ separator: Character,
            _ random: inout SeededGenerator
        ) {
            self.values = values
            for path in values.keys { wanted.formUnion(Generator.holders(of: path, separator)) }
            for ask in asks {
                if ask.isNegated {
                    for path in ask.paths where ask.values.isEmpty { unwanted.insert(path) }
                    if let path = ask.paths.first { refused[path, default: []] += ask.values }
                } else if let chosen = ask.paths.randomElement(using: &random) {
                    wanted.formUnion(Generator.holders(of: chosen, separator))
                    if !ask.values.isEmpty { asked[chosen] = ask.values }
                }
            }
        }
    }

    /// A path and everything that holds it.
    static func holders(
        of path: String, _ separator: Character, below scope: String = ""
    ) -> Set<String> {
        var found: Set<String> = [path]
        var end = path.endIndex
        while let cut = path[..<end].lastIndex(of: separator) {
            end = cut
            guard path.distance(from: path.startIndex, to: cut) > scope.count else { break }
            found.insert(String(path[..<cut]))
        }
        return found
    }

    mutating func record() -> Record {
        var record = Record(entity.layout)
        fill(entity.elements, of: &record, Record.root, own: "", whole: "")
        return record
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// - Parameters:
    ///   - own: path of the group in its layout.
    ///   - whole: path from the top of the entity.
    private mutating func fill(
        _ elements: [Element], of record: inout Record, _ frame: Record.Frame, own: String, whole: String
    ) {
        let chosen = choose(among: elements, whole)
        for element in elements where chosen.map({ $0.contains(element.name) }) ?? true {
            let separator = own.isEmpty ? "" : String(entity.separator)
            let path = own + separator + element.name
            let wholePath = whole + (whole.isEmpty ? "" : String(entity.separator)) + element.name
            if let shape = shapes[whole], let variants = element.api?.variants, !variants.isEmpty,
                !variants.contains(shape)
            {
                continue
            }
            guard let node = record.layout(of: frame).node(path) else { continue }
            let isNeeded = needed.contains(wholePath)
            let isWanted = focus?.wanted.contains(wholePath) ?? false
            if let focus, !isNeeded || focus.unwanted.contains(wholePath), !isWanted { continue }
            guard isNeeded && !element.isRepeat || isWanted || chosen != nil || chance(60) else { continue }
            if element.isRepeat {
                addItems(element, to: &record, node, frame, wholePath)
            } else if element.isGroup {
                guard isNeeded || isWanted || chosen != nil || !chance(10) else {
                    record.set(node, in: frame, to: noValue())
                    continue
                }
                record.set(node, in: frame, to: .value)
                fill(element.members, of: &record, frame, own: path, whole: wholePath)
            } else {
                set(element, of: &record, node, frame, wholePath, isNeeded: isNeeded)
                fill(element.members, of: &record, frame, own: path, whole: wholePath)
            }
        }
    }

    /// Of objects that stand beside each other at the end of a relation one is there. Nil when every element may be.
    private mutating func choose(among elements: [Element], _ whole: String) -> Set<String>? {
        let objects = elements.filter {
            $0.isGroup && $0.stuf?.entiteittype != nil && $0.stuf?.role == .gerelateerde
        }
        guard objects.count > 1, objects.count == elements.count else { return nil }
        let path = whole.isEmpty ? "" : whole + String(entity.separator)
        if let focus, let wanted = objects.first(where: { focus.wanted.contains(path + $0.name) }) {
            return [wanted.name]
        }
        return objects.randomElement(using: &random).map { [$0.name] }
    }

    private mutating func addItems(
        _ element: Element, to record: inout Record, _ node: Int, _ frame: Record.Frame, _ whole: String
    ) {
        // Many where one rule is tried, so that a thousand values need few records; fewer inside each of them.
        let count = focus == nil ? 0...4 : record.parent(of: frame) == nil ? 30...30 : 4...4
        for _ in 0..<Int.random(in: count, using: &random) {
            let item = record.appendItem(node, in: frame)
            if element.isGroup {
                let chosen = chooseShapes(element, whole)
                fill(element.members, of: &record, item, own: "", whole: whole)
                for (discriminator, shape) in chosen {
                    guard let node = record.layout(of: item).node(discriminator) else { continue }
                    record.set(node, in: item, to: shape)
                }
            } else if let value = record.layout(of: item).node(".") {
                set(element, of: &record, value, item, whole, isNeeded: true)
                for attribute in element.members {
                    guard let node = record.layout(of: item).node(attribute.name) else { continue }
                    let path = "\(whole)\(entity.separator)\(attribute.name)"
                    set(attribute, of: &record, node, item, path, isNeeded: true)
                }
            }
        }
    }

    /// Chooses for each group of an item whose shape differs which shape it has; several groups can vary by one
    /// discriminator.
    private mutating func chooseShapes(_ element: Element, _ whole: String) -> [String: String] {
        var chosen: [String: String] = [:]
        for group in element.members {
            guard let discriminator = group.api?.discriminator, let told = element.member(discriminator)
            else {
                continue
            }
            let asked = focus?.asked["\(whole)\(entity.separator)\(discriminator)"]
            let any = asked?.first ?? told.type.enumeration.randomElement(using: &random)
            guard let shape = chosen[discriminator] ?? any else { continue }
            chosen[discriminator] = shape
            shapes["\(whole)\(entity.separator)\(group.name)"] = shape
        }
        return chosen
    }

    private mutating func noValue() -> Standing {
        let kinds = Standing.allCases.filter { $0 != .value && $0.isSaid }
        return kinds.randomElement(using: &random) ?? .geenWaarde
    }

    private mutating func set(
        _ element: Element, of record: inout Record, _ node: Int, _ frame: Record.Frame, _ whole: String,
        isNeeded: Bool
    ) {
        if let value = focus?.asked[whole]?.randomElement(using: &random) {
            return record.set(node, in: frame, to: value)
        }
        let isHolder = focus.map { $0.wanted.contains(whole) && $0.values[whole] == nil } ?? false
        guard isNeeded || isHolder || chance(85) else { return record.set(node, in: frame, to: noValue()) }
        let refused = focus?.refused[whole] ?? []
        for _ in 0..<20 {
            setValue(element, of: &record, node, frame, whole)
            guard !refused.isEmpty, refused.contains(record.text(node, in: frame) ?? "") else { return }
        }
    }

    private mutating func setValue(
        _ element: Element, of record: inout Record, _ node: Int, _ frame: Record.Frame, _ whole: String
    ) {
        let type = element.type
        let known = focus?.values[whole] ?? values[whole]
        if let known = known?.randomElement(using: &random) {
            return record.set(node, in: frame, to: known)
        }
        switch type.base {
        case .text: record.set(node, in: frame, to: text(type, lengths[whole]))
        case .boolean: record.set(node, in: frame, to: chance(50) ? "true" : "false")
        case .integer: record.set(node, in: frame, to: integer(type))
        case .decimal: record.set(node, in: frame, to: "\(integer(type)).25")
        case .duur: record.set(node, in: frame, to: "P\(Int.random(in: 1...999, using: &random))D")
        case .geometrie:
            record.set(
                node, in: frame,
                to: pick([
                    #"{"type":"Point","coordinates":[5.387203657,52.155172897]}"#,
                    #"{"type":"LineString","coordinates":[[5.1,52.1],[5.2,52.2]]}"#,
                ]))
        case .content:
            record.set(
                node, in: frame,
                to: Record.Content(id: Int64.random(in: 1...99, using: &random), byteCount: 1))
        case .datum:
            let precision: Precision =
                type.allowsIncomplete && chance(40) ? pick([.month, .year, .nothing]) : .full
            record.set(node, in: frame, to: date(precision), precision: precision)
        case .tijdstip:
            guard type.allowsIncomplete, chance(40) else { return record.set(node, in: frame, to: moment()) }
            record.set(node, in: frame, to: date(.full), precision: .day)
        case .group: break
        }
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    /// Short, or near the limit of its place.
    private mutating func text(_ type: ElementType, _ longest: Int?) -> String {
        if let value = type.enumeration.randomElement(using: &random) { return value }
        let most = min(longest ?? 60, type.maxLength ?? 60, 60)
        let least = min(max(type.minLength ?? 1, 1), most)
        let length =
            chance(70) ? min(max(least, Int.random(in: 1...8, using: &random)), most) : pick([least, most])
        let letters: [Character] = type.isDigits ? Array("0123456789") : Array("ab 0Zé€\u{1D11E}")
        return String((0..<length).map { _ in pick(letters) })
    }

    private mutating func integer(_ type: ElementType) -> String {
        var most = 1
        for _ in 0..<min(type.maxLength ?? 6, 9) { most *= 10 }
        return String(pick([0, most - 1, Int.random(in: 0..<most, using: &random)]))
    }

    private mutating func date(_ precision: Precision) -> String {
        switch precision {
        case .nothing: "0001-01-01"
        case .year: "\(Int.random(in: 1900...2099, using: &random))-01-01"
        case .month: "\(Int.random(in: 1900...2099, using: &random))-\(pick(["02", "11"]))-01"
        default: "\(pick(["1999-12-31", "2000-02-29", "2020-03-29", "2020-10-25", "2024-07-01"]))"
        }
    }

    /// Half of them within an hour of a change of summer time.
    private mutating func moment() -> String {
        pick([
            "2020-03-29T00:30:00Z", "2020-03-29T01:00:00Z", "2020-03-29T01:30:00Z", "2020-10-25T00:30:00Z",
            "2020-10-25T01:00:00Z", "2020-10-25T01:30:00Z", "2020-07-01T12:00:00Z", "2019-12-31T23:00:01Z",
            "1999-01-01T00:00:00.25Z",
        ])
    }
}
