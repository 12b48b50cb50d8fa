/// The difference between two texts as `diff -u` shows it.
package enum UnifiedDiff {
    /// Nil when they are equal.
    ///
    /// - Parameters:
    ///   - before: what was expected; nil when there was no such file.
    ///   - after: what came; nil when nothing came.
    package static func between(
        _ before: String?, _ after: String?, name: String, context: Int = 3
    ) -> String? {
        // Texts are compared byte by byte: two ways to write é are two texts.
        let old = lines(before)
        let new = lines(after)
        guard old != new || (before == nil) != (after == nil) else { return nil }
        let edits = edits(old, new)
        var text = "--- \(before == nil ? "/dev/null" : name)\n+++ \(after == nil ? "/dev/null" : name)\n"
        for hunk in hunks(edits, context: context) { text += write(hunk, old, new) }
        return text
    }

    /// Bytes of one line, with its line end; the last line of a text may have none.
    private typealias Line = ArraySlice<UInt8>

    private static func lines(_ text: String?) -> [Line] {
        guard let text else { return [] }
        var rest = Array(text.utf8)[...]
        var lines: [Line] = []
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }

    /// One line that stays, goes or comes, with its index in the old and the new text.
    private struct Edit {
        enum Kind: Character { case same = " ", removed = "-", added = "+" }
        var kind: Kind
        var old: Int
        var new: Int
    }

    private static func write(_ hunk: ArraySlice<Edit>, _ old: [Line], _ new: [Line]) -> String {
        let removed = hunk.count { $0.kind != .added }
        let added = hunk.count { $0.kind != .removed }
        guard let first = hunk.first else { return "" }
        var text = "@@ -\(range(first.old, removed)) +\(range(first.new, added)) @@\n"
        for edit in hunk {
            let line = edit.kind == .added ? new[edit.new] : old[edit.old]
            text += "\(edit.kind.rawValue)\(String(decoding: line, as: UTF8.self))"
            if line.last != 0x0A { text += "\n\\ No newline at end of file\n" }
        }
        return text
    }

    private static func range(_ start: Int, _ count: Int) -> String {
        let line = count == 0 ? start : start + 1
        return count == 1 ? "\(line)" : "\(line),\(count)"
    }

    /// The changes with what stands around them; those that would touch are one.
    private static func hunks(_ edits: [Edit], context: Int) -> [ArraySlice<Edit>] {
        var hunks: [Range<Int>] = []
        for (index, edit) in edits.enumerated() where edit.kind != .same {
            let start = max(0, index - context)
            let end = min(edits.count, index + context + 1)
            if let last = hunks.last, start <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<end
            } else {
                hunks.append(start..<end)
            }
        }
        return hunks.map { edits[$0] }
    }

    // MARK: The shortest edit (Myers 1986)

    /// More changes than this are shown as everything removed and added: nobody reads them one by one.
    private static let mostChanges = 2_000

    private static func edits(_ old: [Line], _ new: [Line]) -> [Edit] {
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var end = 0
        while end < old.count - start, end < new.count - start,
            old[old.count - 1 - end] == new[new.count - 1 - end]
        {
            end += 1
        }
        var edits = (0..<start).map { Edit(kind: .same, old: $0, new: $0) }
        edits += middle(old, start..<(old.count - end), new, start..<(new.count - end))
        for offset in 0..<end {
            edits.append(Edit(kind: .same, old: old.count - end + offset, new: new.count - end + offset))
        }
        return edits
    }

    private static func middle(
        _ old: [Line], _ olds: Range<Int>, _ new: [Line], _ news: Range<Int>
    ) -> [Edit] {
        guard let trace = trace(old, olds, new, news) else {
            return olds.map { Edit(kind: .removed, old: $0, new: news.lowerBound) }
                + news.map { Edit(kind: .added, old: olds.upperBound, new: $0) }
        }
        var edits: [Edit] = []
        var x = olds.count
        var y = news.count
        for (changes, furthest) in trace.enumerated().reversed() {
            let diagonal = x - y
            let fromAbove =
                diagonal == -changes
                || (diagonal != changes
                    && furthest[diagonal - 1, default: -1] < furthest[diagonal + 1, default: -1])
            let previous = fromAbove ? diagonal + 1 : diagonal - 1
            let previousX = changes == 0 ? 0 : furthest[previous, default: 0]
            let previousY = changes == 0 ? 0 : previousX - previous
            while x > previousX, y > previousY {
                x -= 1
                y -= 1
                edits.append(Edit(kind: .same, old: olds.lowerBound + x, new: news.lowerBound + y))
            }
            guard changes > 0 else { break }
            if fromAbove { y -= 1 } else { x -= 1 }
            edits.append(
                Edit(kind: fromAbove ? .added : .removed, old: olds.lowerBound + x, new: news.lowerBound + y))
        }
        return edits.reversed()
    }

    /// For each number of changes, how far each diagonal had come before; nil when there are too many.
    private static func trace(
        _ old: [Line], _ olds: Range<Int>, _ new: [Line], _ news: Range<Int>
    ) -> [[Int: Int]]? {
        var furthest: [Int: Int] = [1: 0]
        var trace: [[Int: Int]] = []
        for changes in 0...min(olds.count + news.count, mostChanges) {
            trace.append(furthest)
            for diagonal in stride(from: -changes, through: changes, by: 2) {
                let down = furthest[diagonal + 1, default: -1]
                let right = furthest[diagonal - 1, default: -1]
                var x = diagonal == -changes || (diagonal != changes && right < down) ? down : right + 1
                var y = x - diagonal
                while x < olds.count, y < news.count, old[olds.lowerBound + x] == new[news.lowerBound + y] {
                    x += 1
                    y += 1
                }
                furthest[diagonal] = x
                if x >= olds.count, y >= news.count { return trace }
            }
        }
        return nil
    }
}
