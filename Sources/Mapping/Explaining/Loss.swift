package import Diagnostics
import Model
import Record

/// What became of everything that a record says: nothing is lost in silence.
///
/// It counts by value and not by path: what the branch that was taken has no place for is lost, also where another
/// branch would carry it.
package struct Loss: Sendable {
    /// A path on purpose not mapped, and the mapping author's reason.
    package struct Ignored: Hashable, Sendable {
        package var path: String
        package var reason: String
        package var rule: SourceLocation
    }

    /// Said, and read by a rule.
    package var mapped: [String] = []
    /// Said, and ignored by name.
    package var ignored: [Ignored] = []
    /// Said, and kept beside the object for the same form.
    package var kept: [Ignored] = []
    /// Said, and not read by any rule that was followed, nor ignored. A path can be mapped in one item and lost in
    /// another.
    package var lost: [String] = []
    /// Mapped, but left out by an `else omit`.
    package var omitted: [Converted.Omission] = []
}

extension Traced {
    /// What became of everything that the record said.
    ///
    /// - Parameter unmapped: paths that the form met and the model does not know.
    package func loss(unmapped: [String]) -> Loss {
        let entity = direction == .up ? form.legacy : form.api
        let read = Set(trace.reads.map(\.slot))
        var loss = Loss(omitted: converted.omissions)
        var mapped: Set<String> = []
        var others: Set<String> = []
        func lose(_ path: String) {
            guard others.insert(path).inserted else { return }
            if direction == .up, let kept = form.kept.first(where: { $0.path == path }) {
                loss.kept.append(.init(path: path, reason: kept.reason, rule: kept.location))
                return
            }
            let rules = direction == .up ? form.ignored : []
            if let rule = rules.first(where: { Self.covers($0.path, path, entity.separator) }) {
                loss.ignored.append(.init(path: path, reason: rule.reason, rule: rule.location))
            } else {
                loss.lost.append(path)
            }
        }
        source.visitSaid(separator: entity.separator) { path, frame, node in
            guard read.contains(Trace.Slot(frame: frame, node: Int32(node))) else { return lose(path) }
            if mapped.insert(path).inserted { loss.mapped.append(path) }
        }
        unmapped.forEach(lose)
        return loss
    }

    /// Whether an ignored path is this one, or holds it.
    private static func covers(_ ignored: String, _ path: String, _ separator: Character) -> Bool {
        path == ignored || path.hasPrefix("\(ignored)\(separator)")
    }
}
