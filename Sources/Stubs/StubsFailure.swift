package import Diagnostics
internal import Postgres
internal import Threads

/// Why a stand-in cannot do its work. What a caller does wrong is answered, not thrown.
package struct StubsFailure: Failure, Equatable {
    package var code: Code
    package var place: String?
    package var hint: String?
    /// An answer that refuses, on its way out of a transaction.
    var refusal: Refusal?

    init(_ failure: PostgresFailure) {
        code = failure.code
        place = failure.place
        hint = failure.hint
    }

    init(_ failure: SystemFailure) {
        code = failure.code
        place = failure.place
        hint = failure.hint
    }

    init(refused refusal: Refusal) {
        code = .stubRefuses
        self.refusal = refusal
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.code == right.code && left.place == right.place && left.hint == right.hint
            && left.refusal == right.refusal
    }
}

extension Refusal {
    /// As what is thrown.
    var failure: StubsFailure { StubsFailure(refused: self) }
}
