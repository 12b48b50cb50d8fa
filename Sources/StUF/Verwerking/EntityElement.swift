internal import Record
internal import XML

/// One entity element of an object in a kennisgeving, as far as the rules of processing look at it: the object itself,
/// a relation, or the gerelateerde at its other end.
struct EntityElement: Sendable {
    /// Relation and gerelateerde follow each other, however deep they stand.
    enum Role: UInt8, Sendable { case top, relatie, gerelateerde }

    /// What a begin or an end says.
    enum Moment: Hashable, Sendable {
        case absent
        /// With noValue, or empty.
        case none
        /// 8 to 17 digits, cut off on the right.
        case known([UInt8])

        /// Whether both say the same as far as both go.
        func agrees(with other: Moment) -> Bool {
            switch (self, other) {
            case (.known(let left), .known(let right)):
                zip(left, right).allSatisfy { $0 == $1 }
            default: self == other
            }
        }

        /// Whether both are known and this one comes later.
        func isLater(than other: Moment) -> Bool {
            guard case (.known(let left), .known(let right)) = (self, other) else { return false }
            let length = min(left.count, right.count)
            return right.prefix(length).lexicographicallyPrecedes(left.prefix(length))
        }
    }

    /// `StUF:tijdvakGeldigheid`.
    struct Tijdvak: Hashable, Sendable {
        var begin = Moment.absent
        var eind = Moment.absent
    }

    var role: Role
    var name: Name
    /// Of its element; two of one parent with the same name are told apart by their order.
    var parent: Int
    /// `none` where it was not said.
    var soort: Marks.Verwerkingssoort
    /// Without content: it says that there is no such relation on this side of the change.
    var isLeeg: Bool
    var geldigheid: Tijdvak?
    var hasRegistratie = false
}
