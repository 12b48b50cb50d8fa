package import Diagnostics

/// Why the ledger could not do what was asked.
package struct LedgerFailure: Failure, Equatable {
    package var code: Code
    package var place: String?
    package var hint: String?
    package var isPassing: Bool

    package init(_ code: Code, at place: String? = nil, hint: String? = nil, isPassing: Bool = false) {
        self.code = code
        self.place = place
        self.hint = hint
        self.isPassing = isPassing
    }

    /// Whether what was given is at fault, and not the ledger: others can succeed meanwhile.
    package var isFaultOfBericht: Bool {
        [.keyTooLong, .pieceTooLarge, .contentMissing, .berichtUnknown, .valuesRefused].contains(code)
    }

    /// Too many berichten wait for the disk: the sender tries again.
    package static let full = LedgerFailure(.ledgerFull, isPassing: true)
    /// Sluis is stopping.
    package static let closed = LedgerFailure(.ledgerClosed, isPassing: true)
    /// Another has claimed the delivery since.
    package static func fenceStale(_ delivery: Int64) -> LedgerFailure {
        LedgerFailure(.fenceStale, at: "delivery \(delivery)")
    }
}
