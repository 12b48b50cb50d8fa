/// What kind of bericht it is (StUF 03.01 section 4.1.2).
package enum Berichtcode: String, Sendable, CaseIterable {
    case lk01 = "Lk01"
    case lk02 = "Lk02"
    case lk03 = "Lk03"
    case lk04 = "Lk04"
    case lk05 = "Lk05"
    case lk06 = "Lk06"
    case lv01 = "Lv01"
    case lv02 = "Lv02"
    case lv03 = "Lv03"
    case lv04 = "Lv04"
    case lv05 = "Lv05"
    case lv06 = "Lv06"
    case lv07 = "Lv07"
    case lv08 = "Lv08"
    case lv09 = "Lv09"
    case lv10 = "Lv10"
    case lv11 = "Lv11"
    case lv12 = "Lv12"
    case lv13 = "Lv13"
    case lv14 = "Lv14"
    case la01 = "La01"
    case la02 = "La02"
    case la03 = "La03"
    case la04 = "La04"
    case la05 = "La05"
    case la06 = "La06"
    case la07 = "La07"
    case la08 = "La08"
    case la09 = "La09"
    case la10 = "La10"
    case la11 = "La11"
    case la12 = "La12"
    case la13 = "La13"
    case la14 = "La14"
    case sa01 = "Sa01"
    case sa02 = "Sa02"
    case sa03 = "Sa03"
    case sa04 = "Sa04"
    case sh01 = "Sh01"
    case sh02 = "Sh02"
    case sh03 = "Sh03"
    case sh04 = "Sh04"
    case di01 = "Di01"
    case di02 = "Di02"
    case du01 = "Du01"
    case du02 = "Du02"
    case bv01 = "Bv01"
    case bv02 = "Bv02"
    case bv03 = "Bv03"
    case bv04 = "Bv04"
    case fo01 = "Fo01"
    case fo02 = "Fo02"
    case fo03 = "Fo03"
    case tr01 = "Tr01"
    /// One that the standard does not know, or none: such a bericht is kept and refused, and never written.
    case unknown = ""

    private static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// The one with that name. Sooner than by `init(rawValue:)`, which tries them one after the other.
    package static func named(_ name: String) -> Berichtcode? { named[name] }

    /// Whether the sender waits for the answer itself. Of questions and their answers the odd numbers are
    /// synchronous, of all others the even ones. A `Fo03` that comes by itself was brought by an intermediary.
    package var isSynchronous: Bool {
        let isOdd = rawValue.utf8.last.map { $0 % 2 == 1 } ?? false
        switch family {
        case "Lv", "La": return isOdd
        case "Bv", "Fo": return self != .bv01 && self != .fo01 && self != .fo03
        case "Tr": return true
        case "": return false
        default: return !isOdd
        }
    }

    /// `Lk` of `Lk01`.
    private var family: Substring { rawValue.prefix(2) }

    package var isKennisgeving: Bool { self == .lk01 || self == .lk02 }
    package var isVraag: Bool { rawValue.utf8.starts(with: "Lv".utf8) }
    package var isAntwoord: Bool { rawValue.utf8.starts(with: "La".utf8) }

    /// The fault that refuses such a bericht: `Fo02` where the sender waits for the answer, else `Fo03`.
    package var refusal: Berichtcode { isSynchronous ? .fo02 : .fo03 }

    /// The answer to a vraag: `La01` to `Lv01`.
    package var answer: Berichtcode? { isVraag ? Berichtcode(rawValue: "La\(rawValue.suffix(2))") : nil }
}
