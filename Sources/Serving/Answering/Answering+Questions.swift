internal import Diagnostics
internal import HTTP
internal import JSON
internal import Ledger
internal import Model
internal import Record
internal import Resources
internal import Threads

extension Answering {
    /// Answers a question that was asked with a document: `{"type": …, "personen": […]}`.
    ///
    /// - Throws: ``ServingFailure`` `tooManyFound`: there are no pages (BRP API Personen 2.7.0).
    func answer(
        _ question: DocumentQuestion, _ collection: ServedCollection
    ) throws(ServingFailure) -> Response {
        let limit = question.kind.limit ?? Self.mostFound
        let found = try source.some(question, limit: limit)
        guard found.count <= limit else {
            throw ServingFailure(.tooManyFound, hint: "\(limit)")
        }
        let excerpt = ResourceExcerpt(automatic: collection.served.automatic)
        var json = Writer()
        json.object { json in
            json.text("type", question.kind.name)
            json.array(collection.tag) { json in
                for object in found {
                    excerpt.write(
                        question.fields, of: object.resource, object.stored.record,
                        derived: ages(of: object, collection.served, question.fields), into: &json)
                }
            }
        }
        var fields = [Field("Content-Type", "application/json; charset=utf-8")]
        if let asOf = found.map(\.document.asOf).max() { fields.append(Field("Sluis-As-Of", asOf.text)) }
        if let document = found.first?.document, found.count == 1, !document.source.isEmpty {
            fields.append(Field("Sluis-Copy-Of", PercentCoding.encode(document.source)))
        }
        return Response(.ok, fields: fields, body: json.bytes)
    }

    /// Of a question that names its objects there are no more than it names.
    private static let mostFound = 100

    /// The ages that are wanted and true today.
    private func ages(
        of object: StoredObject, _ served: ServedFacts, _ fields: Fields
    ) -> [String: Int] {
        let today = today()
        var ages: [String: Int] = [:]
        for age in served.ages where fields[age.name] != nil {
            let (shape, record) = (object.resource.shape, object.stored.record)
            let isOver = age.unless.contains { path in
                shape.node(path).map { record.slot($0).standing != .absent } ?? false
            }
            guard !isOver, let node = shape.node(age.since), record.slot(node).standing == .value
            else { continue }
            ages[age.name] = Self.years(
                since: record.bytes(node), record.slot(node).precision, until: today)
        }
        return ages
    }

    /// Whole years since a date; of a date without a day only when the month tells enough.
    static func years(
        since date: ArraySlice<UInt8>, _ precision: Precision, until today: LocalTime.Civil
    ) -> Int? {
        let parts = date.split(separator: UInt8(ascii: "-")).map {
            Int(String(decoding: $0, as: UTF8.self))
        }
        guard parts.count >= 2, let year = parts[0], let month = parts[1] else { return nil }
        let isBefore: Bool
        switch precision {
        case .full:
            guard parts.count == 3, let day = parts[2] else { return nil }
            isBefore = (today.month, today.day) < (month, day)
        case .month where month != today.month: isBefore = today.month < month
        default: return nil
        }
        let years = today.year - year - (isBefore ? 1 : 0)
        return years >= 0 ? years : nil
    }
}
