/// The candidate that was most likely meant by `word`; nil when none is near.
///
/// Near is: the same but for capitals, or at most a third of the letters changed, left out, added or swapped with
/// their neighbour. Of equally near ones the first counts.
package func nearest(_ word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    // A word of a thousand letters is no slip of the pen, and the comparison costs the product of both lengths.
    guard letters.count <= 200 else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars)
        let allowed = max(1, min(letters.count, other.count) / 3)
        let limit = min(allowed, best.map { $0.distance - 1 } ?? allowed)
        guard limit >= 0, abs(letters.count - other.count) <= limit else { continue }
        let distance = editDistance(letters, other)
        if distance <= limit { best = (candidate, distance) }
    }
    return best?.candidate
}

/// How many letters must be changed, left out, added, or swapped with their neighbour.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row]
        current.reserveCapacity(right.count + 1)
        for column in 1...right.count {
            let isSame = left[row - 1] == right[column - 1]
            var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
            let isSwap =
                row > 1 && column > 1 && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1]
            if isSwap { cost = min(cost, beforeLast[column - 2] + 1) }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
