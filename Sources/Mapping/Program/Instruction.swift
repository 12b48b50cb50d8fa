import Diagnostics
import Model
import Record

/// One trivial step of a compiled mapping.
///
/// `source` and `target` are nodes of the record or item that is read or made; a value on its way from one to
/// the other is in the accumulator.
struct Instruction: Sendable {
    enum Operation: UInt8, Sendable {
        /// Leaf to leaf of one type: most rules are only this. `a`: at most so many characters, 0 for any
        /// number.
        case copy
        /// Points the target at the same content.
        case content

        // To the accumulator.
        case load
        /// Only when the accumulator holds no value.
        case orLoad
        /// `a`, `b`: start and length in the program's bytes.
        case constant
        case orConstant
        /// `a`: index of the place.
        case context
        case orContext
        /// The frame that `picked` reads: the first item of `source` for which the tests up to `a` hold.
        case pick

        // In the accumulator. On failure: `omits` and go on at `next`, or fail.
        /// `a`: at most so many characters, the rest is cut off.
        case truncate
        /// `a`: at most so many characters.
        case limit
        /// `a`: padded with zeros to so many digits.
        case digits
        case complete
        /// Only a shape that is carried.
        case shape
        /// `b`: one more than the repeat whose items each get a second of their own; 0 for none.
        case fill
        /// Moment to local date.
        case date
        /// `a`: index of the table.
        case codes
        /// `a`, `b`: the constant that goes off the front, or is put there.
        case dropPrefix
        case addPrefix
        /// `b`: so many characters, which must be there.
        case take
        /// `b`: at most so many decimals.
        case decimals
        case daysToDuration
        case durationToDays
        /// Of the members.
        case partsToDate
        /// To three members.
        case dateToParts
        case memberBegin
        /// The accumulator's value, or none, as the next member.
        case memberAdd
        /// `b`: index of the function.
        case derive
        /// `a`: which member; `b`: 1 for no zeros in front.
        case part
        case joinBegin
        /// The accumulator's value, behind the separator `a`, `b` when it is not the first.
        case joinAdd
        case joinEnd

        // From the accumulator.
        case store
        /// A new item of `target`, and then the accumulator's value goes into it; at `next` when it has none.
        case append
        /// The constant `a`, `b`.
        case write
        /// The group is there.
        case present
        /// "No value", because a condition does not hold.
        case clear

        // Where to go on.
        /// `next` when the tests up to `a` do not hold.
        case branch
        case jump
        /// `next` when the object or item is being made.
        case ifNew
        /// `next` when the source was said.
        case ifSaid
        /// `next` when the accumulator holds a value.
        case ifValue
        /// Part of a branch, a selection or a pick. `a`, `b`: the constant that it must equal; `b` < 0 for
        /// presence.
        case test
        /// Whether the repeat has an item for which the tests up to `a` hold.
        case testItems
        /// `source`: index of the place of the context.
        case testContext

        // Blocks: up to `next`.
        case group
        /// The tests up to `a` select items.
        case items
        /// Items of `source` that no rule took are left out, counted.
        case unclaimed
        /// No branch of a choice held.
        case undecided
        /// What was made must be what the other direction reads with the same rule: the tests up to `a` hold of it, or
        /// with `negated` do not all hold. Else the item, or the branch that begins at `b`, is taken back.
        case verify
    }

    struct Flags: OptionSet, Sendable {
        var rawValue: UInt32
        static let must = Flags(rawValue: 1)
        static let key = Flags(rawValue: 2)
        /// A failure leaves the target out, counted.
        static let omits = Flags(rawValue: 4)
        /// A failure goes on at `next` with another value.
        static let replaces = Flags(rawValue: 8)
        /// Only complete dates and moments.
        static let complete = Flags(rawValue: 16)
        /// Reads the picked item.
        static let picked = Flags(rawValue: 32)
        /// Writes to the item made last by `append`.
        static let made = Flags(rawValue: 64)
        static let negated = Flags(rawValue: 128)
        /// The next test is an alternative to this one.
        static let orNext = Flags(rawValue: 256)
        /// A test of `@nieuw`.
        static let isNew = Flags(rawValue: 512)
        /// The source, or the target, is one group and no repeat.
        static let oneSource = Flags(rawValue: 1024)
        static let oneTarget = Flags(rawValue: 2048)
        /// Items that it takes are not given to later rules.
        static let claims = Flags(rawValue: 4096)
        /// Only the first item.
        static let first = Flags(rawValue: 8192)
        /// The place that is tested is a repeat: it is present when it has an item.
        static let counted = Flags(rawValue: 16384)
        /// A test of `@vraag`.
        static let isQuestion = Flags(rawValue: 32768)
        /// The record that is read says everything, also where the other side's is not being made.
        static let whole = Flags(rawValue: 65536)

        init(rawValue: UInt32) { self.rawValue = rawValue }
    }

    var operation: Operation
    /// How many items up the source is.
    var levels: UInt8 = 0
    var flags: Flags = []
    var source: Int32 = -1
    var target: Int32 = -1
    /// Where the program lists the groups around the target; -1 at the top of the record or item.
    var groups: Int32 = -1
    var a: Int32 = 0
    var b: Int32 = 0
    var next: Int32 = 0
    /// Index of the rule's location.
    var rule: Int32 = 0

    init(_ operation: Operation) { self.operation = operation }
}

/// A mapping compiled for one direction: instructions in one array, and what they refer to.
struct Program: Sendable {
    var instructions: [Instruction] = []
    /// Every constant, one behind the other.
    var bytes: [UInt8] = []
    var lookups: [CodeLookup] = []
    /// Runs of nodes, each ended by -1: the groups around a target, the inner first.
    var groups: [Int32] = []
    var rules: [SourceLocation] = []
    /// For each instruction the path that it reads, for failures.
    var places: [String] = []
    /// Every leaf that some rule reads, from the top of its entity.
    var readPaths: Set<String> = []
    var lineages: [Lineage] = []

    func rule(at index: Int) -> SourceLocation { rules[Int(instructions[index].rule)] }

    /// Whether all tests of a run hold, of alternatives one. Who asks knows what a single test means, and a test of
    /// items, which encloses those of an item and is given with its place.
    @inline(__always)
    func holds(
        _ tests: Range<Int>, isTrue: (Instruction) -> Bool, hasItem: (Instruction, Int) -> Bool
    ) -> Bool {
        var index = tests.lowerBound
        while index < tests.upperBound {
            var test = instructions[index]
            if test.operation == .testItems {
                guard hasItem(test, index) != test.flags.contains(.negated) else { return false }
                index = Int(test.a)
                continue
            }
            guard isTrue(test) else {
                guard test.flags.contains(.orNext) else { return false }
                index += 1
                continue
            }
            while test.flags.contains(.orNext), index + 1 < tests.upperBound {
                index += 1
                test = instructions[index]
            }
            index += 1
        }
        return true
    }
}
