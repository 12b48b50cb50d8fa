import Diagnostics
import Language

/// One side of a rule: alternatives `a | b`, of which the first that has a value is read and the first is
/// written.
struct PlaceSyntax: Sendable {
    var terms: [TermSyntax]
    var location: SourceLocation
    /// As the file writes it, single spaces between its tokens.
    var text: String
}

indirect enum TermSyntax: Sendable {
    case path(PathSyntax)
    case constant(Token)
    /// `(a, b | c)`: several places, one converter.
    case tuple([PlaceSyntax], Token)
}

/// `heeft/gerelateerde/omschrijving`, `../naam`, `first partners*.naam`, `rollen*[roltype.omschrijving =
/// "Initiator"]`
///
/// It is cut where a repeat ends; the model of its side decides what separates the steps within a segment.
struct PathSyntax: Sendable {
    struct Segment: Sendable {
        /// Steps within one item, separators as written: `gerelateerde/code`; `.` is the item itself.
        var path: String
        var isRepeat: Bool
        var selection: ConditionSyntax?
        var token: Token
    }

    var isFirst: Bool
    /// How many items `../` leaves.
    var levels: Int
    var segments: [Segment]
    var token: Token
    var text: String

    /// The path, when it is nothing but steps.
    var plain: String? {
        segments.count == 1 && !segments[0].isRepeat && levels == 0 && !isFirst ? segments[0].path : nil
    }
}

/// Tests that must all hold: `place`, `not place`, `place = "x"`, `place in ("x", "y")`, joined by `and`.
struct ConditionSyntax: Sendable {
    enum Comparison: Sendable {
        case isPresent
        case equals(Token)
        case isOneOf([Token])
    }

    struct Test: Sendable {
        var isNegated: Bool
        var place: PlaceSyntax
        var comparison: Comparison
    }

    var tests: [Test]
    var location: SourceLocation
    var text: String
}
