/// What a stand-in does wrong on purpose.
package struct Faults: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// 500, and nothing was done.
        case failBefore = "fail-before"
        /// 500, and it was done.
        case failAfter = "fail-after"
        /// The connection is closed, and nothing was done.
        case dropBefore = "drop-before"
        /// The connection is closed, and it was done.
        case dropAfter = "drop-after"
        /// 429 with `Retry-After`.
        case busy
        /// 502 with HTML, as a gateway writes it; nothing was done.
        case html
        /// 200 with HTML, as a login page; nothing was done.
        case page
        /// 403 `jwt-expired`.
        case expired
    }

    /// One of them, for calls of that method and collection.
    package struct Fault: Sendable {
        package var kind: Kind
        /// `POST`; nil: every one.
        package var method: String?
        /// `rollen`; nil: every one.
        package var collection: String?
        /// How many such calls go well first.
        package var after: Int
        /// How many then go wrong.
        package var count: Int

        package init(
            _ kind: Kind, method: String? = nil, collection: String? = nil, after: Int = 0, count: Int = 1
        ) {
            self.kind = kind
            self.method = method
            self.collection = collection
            self.after = after
            self.count = count
        }
    }

    /// Before every answer.
    package var latency = Duration.zero
    package var faults: [Fault] = []

    package init() {}

    /// What goes wrong with this call, if anything; counts it.
    mutating func next(method: String, collection: String) -> Kind? {
        for index in faults.indices {
            let fault = faults[index]
            guard fault.method ?? method == method, fault.collection ?? collection == collection else {
                continue
            }
            if fault.after > 0 {
                faults[index].after -= 1
                continue
            }
            guard fault.count > 0 else { continue }
            faults[index].count -= 1
            return fault.kind
        }
        return nil
    }
}
