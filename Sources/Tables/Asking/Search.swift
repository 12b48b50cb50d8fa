import Mapping
import Model
import Postgres
import Record

/// Which paths of a resource can be looked for in its tables, and by what conditions.
struct Search: Sendable {
    /// Where the value of a path comes from.
    fileprivate struct Place: Sendable {
        /// The tables on the way from the root, outermost first.
        var children: [TableForm.Child]
        var value: TableForm.Value
        var columns: [String]
        var conversion: Conversion
    }

    /// What stands between a column and the property, as far as SQL can follow it.
    fileprivate enum Conversion: Sendable, Equatable {
        case none
        /// Filled up with zeros in front to so many digits.
        case digits(Int)
        /// Cut off behind so many characters.
        case cut(Int)
    }

    private let schema: String
    private let places: [String: [Place]]

    init(_ mapping: CompiledMapping, _ form: TableForm, schema: String) {
        self.schema = schema
        var places: [String: [Place]] = [:]
        let lineages = mapping.forms.flatMap { $0.explain(.up) }
        for (target, rules) in Dictionary(grouping: lineages, by: \.target) {
            let found = Set(rules).map { Self.place(of: $0, in: form) }
            // A value that one rule brings where SQL cannot follow is not to be left out.
            places[target] = found.contains { $0 == nil } ? nil : found.compactMap(\.self)
        }
        self.places = places
    }

    private static func place(of lineage: Lineage, in form: TableForm) -> Place? {
        guard lineage.sources.count == 1, let conversion = conversion(lineage.converter) else { return nil }
        var children: [TableForm.Child] = []
        var form = form
        var path = lineage.sources[0][...]
        while let child = form.children.first(where: { path.hasPrefix("\($0.name).") }) {
            path = path.dropFirst(child.name.count + 1)
            children.append(child)
            form = child.form
        }
        guard let value = form.values.first(where: { $0.element.name == path }) else { return nil }
        return Place(
            children: children, value: value, columns: value.columns.map { form.columns[$0] },
            conversion: conversion)
    }

    /// Nil for a converter that SQL cannot follow.
    private static func conversion(_ converter: String?) -> Conversion? {
        guard let converter else { return Conversion.none }
        guard let open = converter.firstIndex(of: "("),
            let count = Int(converter[converter.index(after: open)...].prefix { $0.isNumber })
        else { return nil }
        switch converter[..<open] {
        case "digits": return .digits(count)
        case "text": return .cut(count)
        default: return nil
        }
    }

    func canFind(_ path: String, isFolded: Bool) -> Bool {
        places[path]?.allSatisfy { place in
            isFolded
                ? place.value.element.type.base == .text && !place.isDigits
                : [.text, .integer, .datum].contains(place.value.element.type.base)
        } ?? false
    }

    /// Adds a condition that everything meets that meets the criterion; none where SQL cannot say it.
    func add(_ criterion: Question.Criterion, to conditions: inout Conditions) {
        guard canFind(criterion.path, isFolded: criterion.isFolded), let places = places[criterion.path]
        else {
            return
        }
        let before = conditions
        var ways: [SQL] = []
        for place in places {
            guard let way = condition(criterion, at: place, &conditions) else {
                conditions = before
                return
            }
            ways.append(way)
        }
        conditions.all.append(ways.count == 1 ? ways[0] : "(\(list(ways, " OR ")))")
    }

    private func condition(
        _ criterion: Question.Criterion, at place: Place, _ conditions: inout Conditions
    ) -> SQL? {
        let alias = place.children.isEmpty ? "t" : "f\(place.children.count)"
        let columns = place.columns.map { Identifier(alias) / Identifier($0) }
        guard
            var sql = criterion.isFolded
                ? Folding.condition(criterion, text(columns[0], of: place), &conditions)
                : equality(criterion, place, columns, &conditions)
        else { return nil }
        for depth in stride(from: place.children.count, to: 0, by: -1) {
            let child = place.children[depth - 1]
            let (own, outer) = (Identifier("f\(depth)"), Identifier(depth == 1 ? "t" : "f\(depth - 1)"))
            let links = zip(child.facts.columns, child.facts.refersTo).map { column, target -> SQL in
                "\(own / Identifier(column)) = \(outer / Identifier(target))"
            }
            sql = """
                EXISTS (SELECT 1 FROM \(Identifier(schema) / Identifier(child.form.table)) \(own) \
                WHERE \(list(links, " AND ")) AND \(sql))
                """
        }
        return sql
    }

    /// The text that the property has: without the blanks that fill the column up, and cut off as the mapping cuts.
    private func text(_ column: Identifier, of place: Place) -> SQL {
        let padded = place.value.element.table?.isPadded == true
        let whole: SQL = padded ? "rtrim(\(column)::text)" : "\(column)::text"
        guard case .cut(let count) = place.conversion else { return whole }
        return "left(\(whole), \(SQL(stringLiteral: String(count))))"
    }

    private func equality(
        _ criterion: Question.Criterion, _ place: Place, _ columns: [Identifier],
        _ conditions: inout Conditions
    ) -> SQL? {
        guard criterion.comparison == .equals || criterion.comparison == .oneOf, !criterion.values.isEmpty
        else {
            return nil
        }
        let type = place.value.element.type
        if type.base == .datum { return dates(criterion.values, place, columns, &conditions) }
        if case .cut(let count) = place.conversion, type.maxLength.map({ $0 > count }) ?? true {
            return "\(text(columns[0], of: place)) IN (\(list(criterion.values.map { conditions.text($0) })))"
        }
        let spelled = criterion.values.flatMap { place.spellings(of: $0) }
        guard !spelled.isEmpty else { return "false" }
        return "\(columns[0]) IN (\(list(spelled.map { conditions.parameter($0) })))"
    }

    private func dates(
        _ values: [[UInt8]], _ place: Place, _ columns: [Identifier], _ conditions: inout Conditions
    ) -> SQL? {
        guard place.conversion == .none else { return nil }
        var ways: [SQL] = []
        for value in values {
            guard
                let cells = place.value.element.cells(
                    of: value[...], Slot(.value, count: Int32(truncatingIfNeeded: value.count)))
            else { return nil }
            var parts: [SQL] = []
            for (cell, column) in zip(cells, columns) {
                guard case .text(let text) = cell else { return nil }
                // A number of its own may stand there with zeros in front, and as text without.
                let short = Array(text.drop { $0 == UInt8(ascii: "0") })
                let spelled = cells.count == 1 || short == text ? [text] : [text, short]
                parts.append("\(column) IN (\(list(spelled.map { conditions.parameter($0) })))")
            }
            ways.append("(\(list(parts, " AND ")))")
        }
        return "(\(list(ways, " OR ")))"
    }
}

extension Search.Place {
    fileprivate var isDigits: Bool {
        if case .digits = conversion { true } else { false }
    }

    /// How the column can write what becomes that value.
    fileprivate func spellings(of text: [UInt8]) -> [[UInt8]] {
        guard isDigits else { return padded(text) }
        var spellings = [text]
        let least = max(1, value.element.type.minLength ?? 1)
        var rest = text[...]
        while rest.first == UInt8(ascii: "0"), rest.count > least {
            rest = rest.dropFirst()
            spellings.append(Array(rest))
        }
        return spellings.flatMap(padded)
    }

    /// A column that is filled up may be of a type for which the blanks count.
    private func padded(_ text: [UInt8]) -> [[UInt8]] {
        guard value.element.table?.isPadded == true, let width = value.element.type.maxLength,
            text.count < width
        else { return [text] }
        return [text, text + [UInt8](repeating: UInt8(ascii: " "), count: width - text.count)]
    }
}
