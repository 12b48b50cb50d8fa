internal import Record
internal import Threads

/// Where the pages of lists begin, so that whoever reads on does not begin again each time.
///
/// The store goes on from a key, the ZGW standard counts pages. A place that is not remembered is found by reading the
/// pages before it; forgetting is harmless.
final class Cursors: Sendable {
    private struct Place: Hashable {
        let question: String
        let page: Int
    }

    private static let capacity = 4_096
    private let places = Monitor<[Place: [UInt8]]>([:])

    /// A page of what meets a question, counted from 1; nil when there is no such page.
    func page(
        _ number: Int, of question: Question, in source: StoreSource
    ) throws(ServingFailure) -> StoredPage? {
        let name = "\(question)"
        var question = question
        var at = 1
        if number > 1 {
            let known = places.withLock { places in
                (2...number).last { places[Place(question: name, page: $0)] != nil }
                    .map { ($0, places[Place(question: name, page: $0)]) }
            }
            if let known { (at, question.after) = known }
        }
        while true {
            let page = try source.page(question)
            if let next = page.next { remember(next, Place(question: name, page: at + 1)) }
            if at == number { return at > 1 && page.objects.isEmpty ? nil : page }
            guard let next = page.next else { return nil }
            question.after = next
            at += 1
        }
    }

    private func remember(_ cursor: [UInt8], _ place: Place) {
        places.withLock { places in
            if places.count >= Self.capacity { places = [:] }
            places[place] = cursor
        }
    }
}
