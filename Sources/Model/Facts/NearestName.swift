/// The name most like `name`, when one is alike enough to be what the author meant; for "did you mean".
///
/// Alike: at most a third of the characters must be added, dropped, changed or swapped with a neighbour.
package func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    var nearest: (name: String, distance: Int)?
    let wanted = Array(name.lowercased().unicodeScalars)
    for candidate in names where candidate != name {
        let distance = editDistance(wanted, Array(candidate.lowercased().unicodeScalars))
        if distance < nearest?.distance ?? Int.max { nearest = (candidate, distance) }
    }
    guard let nearest, nearest.distance * 3 <= max(wanted.count, 3) else { return nil }
    return nearest.name
}

/// Optimal string alignment distance, in three rows.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard abs(left.count - right.count) <= max(left.count, right.count) / 2 else { return Int.max / 4 }
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row]
        for column in 1...right.count {
            let change = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
            var best = min(change, last[column] + 1, current[column - 1] + 1)
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                best = min(best, beforeLast[column - 2] + 1)
            }
            current.append(best)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
