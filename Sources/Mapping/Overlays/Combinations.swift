import Diagnostics
import Language

/// Which overlays of a mapping can count together, and whether they leave each other alone.
struct Combinations {
    static let limit = 256

    let overlays: [OverlaySyntax]
    let conditions: [OverlayCondition]
    private(set) var findings: [Finding] = []

    init(_ overlays: [OverlaySyntax], _ conditions: [OverlayCondition]) {
        self.overlays = overlays
        self.conditions = conditions
    }

    /// Every set that can hold for one bericht, as places in ``overlays``; those without a condition are in each.
    mutating func all() -> [[Int]] {
        reportClashes()
        let always = conditions.indices.filter { conditions[$0].tests.isEmpty }
        var sets: [[Int]] = [always]
        for index in conditions.indices where !conditions[index].tests.isEmpty {
            for set in sets where set.allSatisfy({ conditions[$0].canMeet(conditions[index]) }) {
                sets.append((set + [index]).sorted())
                guard sets.count <= Self.limit else {
                    findings.append(
                        Finding(
                            .overlaysTooMany, at: conditions[index].location,
                            "with `\(conditions[index].name)` the overlays of `\(overlays[index].base.text)` "
                                + "can be combined in more than \(Self.limit) ways"))
                    return [always]
                }
            }
        }
        return sets
    }

    private mutating func reportClashes() {
        let touched = overlays.map { Self.touched(by: $0) }
        for later in overlays.indices {
            for earlier in overlays.indices.prefix(later)
            where conditions[earlier].canMeet(conditions[later]) {
                guard
                    let name = touched[later].sorted().first(where: { name in
                        touched[earlier].contains { Self.isSame(name, $0) }
                    })
                else { continue }
                findings.append(
                    Finding(
                        .overlaysClash, at: overlays[later].name.location,
                        "`\(overlays[later].name.text)` and `\(overlays[earlier].name.text)` "
                            + "(\(overlays[earlier].name.location)) can hold for one bericht, and both change "
                            + "`\(name.replacing("\n", with: "/"))`"))
            }
        }
    }

    private static func isSame(_ name: String, _ other: String) -> Bool {
        name == other || name.hasPrefix("\(other)\n") || other.hasPrefix("\(name)\n")
    }

    /// The names that it changes, those inside a block behind the block's.
    private static func touched(by overlay: OverlaySyntax) -> Set<String> {
        var names: Set<String> = []
        collect(overlay.body, "", &names)
        for codes in overlay.codes { names.insert("codes \(codes.name.text)") }
        for fragment in overlay.fragments { names.insert("fragment \(fragment.name.text)") }
        return names
    }

    private static func collect(_ body: [BodySyntax], _ prefix: String, _ names: inout Set<String>) {
        for part in body {
            if case .drop(let drop) = part {
                for path in drop.paths { names.insert(prefix + RuleName(path).path) }
            }
            guard let name = RuleName(part) else { continue }
            let whole = prefix + name.path + (name.selection.map { "[\($0)]" } ?? "")
            if case .rule(let rule) = part, rule.use == nil, let block = rule.block {
                collect(block, whole + "\n", &names)
            } else {
                names.insert(whole)
            }
        }
    }
}
