import Mapping
import Model
import Record
import TestSupport

/// Makes records that a model allows: every length up to the limit, every kind of no value, dates known in part, and
/// moments around a change of summer time.
struct Generator {
    var random: SeededGenerator
    let entity: Entity
    /// Paths that an object or item is never without: of `must` and `key`.
    let needed: Set<String>
    /// The only values of a path that a table of codes takes.
    let values: [String: [String]]
    /// Only what is needed, what tells branches apart, and this one path; nil for everything.
    var focus: String?

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
        let chosen = choose(among: elements)
        for element in elements where chosen.map({ $0.contains(element.name) }) ?? true {
            let separator = own.isEmpty ? "" : String(entity.separator)
            let path = own + separator + element.name
            let wholePath = whole + (whole.isEmpty ? "" : String(entity.separator)) + element.name
            guard let node = record.layout(of: frame).node(path) else { continue }
            let isNeeded = needed.contains {
                $0 == wholePath || $0.hasPrefix("\(wholePath)\(entity.separator)")
            }
            if let focus {
                let isOnWay = [focus == wholePath, focus.hasPrefix("\(wholePath)\(entity.separator)")]
                    .contains(true)
                let isAround =
                    wholePath.hasPrefix("\(focus)\(entity.separator)")
                    || values.keys.contains {
                        $0 == wholePath || $0.hasPrefix("\(wholePath)\(entity.separator)")
                    }
                guard isNeeded || isOnWay || isAround && chance(50) else { continue }
            }
            guard isNeeded && !element.isRepeat || chosen != nil || chance(focus == nil ? 60 : 95) else {
                continue
            }
            if element.isRepeat {
                addItems(element, to: &record, node, frame, wholePath)
            } else if element.isGroup {
                guard isNeeded || chosen != nil || !chance(10) else {
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

    /// Of objects that stand beside each other at the end of a relation one is there; of a group whose shape differs
    /// what belongs to one shape. Nil when every element may be.
    private mutating func choose(among elements: [Element]) -> Set<String>? {
        let objects = elements.filter {
            $0.isGroup && $0.stuf?.entiteittype != nil && $0.stuf?.role == .gerelateerde
        }
        if objects.count > 1, objects.count == elements.count,
            let object = objects.randomElement(using: &random)
        {
            return [object.name]
        }
        return nil
    }

    private mutating func addItems(
        _ element: Element, to record: inout Record, _ node: Int, _ frame: Record.Frame, _ whole: String
    ) {
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let item = record.appendItem(node, in: frame)
            if element.isGroup {
                fill(element.members, of: &record, item, own: "", whole: whole)
                settleVariant(element, of: &record, item)
            } else if let value = record.layout(of: item).node(".") {
                set(element, of: &record, value, item, whole, isNeeded: true)
            }
        }
    }

    /// What belongs to a shape in the API and has no place in the entity of that shape, so that no law holds for it.
    /// StUF-BG 03.10 gives a vestigingsNummer to VES alone; the Zaken API also gives one to a rechtspersoon.
    private static let homeless: Set = ["niet_natuurlijk_persoon vestigingsNummer"]

    /// Keeps of a group whose shape differs only what belongs to the shape that its discriminator names.
    private mutating func settleVariant(_ element: Element, of record: inout Record, _ item: Record.Frame) {
        // Several groups can vary by one discriminator.
        var shapes: [String: String] = [:]
        for group in element.members {
            guard let discriminator = group.api?.discriminator, let told = element.member(discriminator),
                let shape = shapes[discriminator] ?? told.type.enumeration.randomElement(using: &random),
                let node = record.layout(of: item).node(discriminator)
            else { continue }
            shapes[discriminator] = shape
            record.set(node, in: item, to: shape)
            for member in group.members where !(member.api?.variants ?? []).isEmpty {
                let belongs = member.api?.variants.contains(shape) ?? true
                guard !belongs || Self.homeless.contains("\(shape) \(member.name)") else { continue }
                clear(below: "\(group.name)\(entity.separator)\(member.name)", of: &record, item)
            }
        }
    }

    private func clear(below path: String, of record: inout Record, _ frame: Record.Frame) {
        for (index, node) in record.layout(of: frame).nodes.enumerated()
        where node.path == path || node.path.hasPrefix("\(path)\(entity.separator)") {
            record.set(index, in: frame, to: .absent)
        }
    }

    private mutating func noValue() -> Standing {
        let kinds = Standing.allCases.filter { $0 != .value && $0.isSaid }
        return kinds.randomElement(using: &random) ?? .geenWaarde
    }

    private mutating func set(
        _ element: Element, of record: inout Record, _ node: Int, _ frame: Record.Frame, _ whole: String,
        isNeeded: Bool
    ) {
        guard isNeeded || chance(85) else { return record.set(node, in: frame, to: noValue()) }
        let type = element.type
        if let value = values[whole]?.randomElement(using: &random) {
            return record.set(node, in: frame, to: value)
        }
        switch type.base {
        case .text: record.set(node, in: frame, to: text(type))
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
    private mutating func text(_ type: ElementType) -> String {
        if let value = type.enumeration.randomElement(using: &random) { return value }
        let most = min(type.maxLength ?? 60, 60)
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
