private import Foundation

/// Where a test with generated values begins. Given as a test's argument, it is printed when that test fails:
///
/// ```swift
/// @Test("gives the value back", arguments: Seed.series(100))
/// func exact(_ seed: Seed) {
///     var random = seed.generator
/// ```
/// The same ones every time, so that a test that passed on one machine passes on another.
/// `SLUIS_SEED=4711 swift test --filter …` runs one of them again; `SLUIS_SEED=new` looks for others.
package struct Seed: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt64

    package init(_ value: UInt64) { self.value = value }

    /// So many: the same ones in every run, others with `SLUIS_SEED=new`, one alone with its number.
    package static func series(_ count: Int) -> [Seed] {
        let wanted = ProcessInfo.processInfo.environment["SLUIS_SEED"]
        if let value = wanted.flatMap({ UInt64($0) }) { return [Seed(value)] }
        var numbers = SeededGenerator(seed: wanted == nil ? 2010 : UInt64.random(in: 0 ... .max))
        return (0..<count).map { _ in Seed(numbers.next() >> 32) }
    }

    package var generator: SeededGenerator { SeededGenerator(seed: value) }
    package var description: String { "SLUIS_SEED=\(value)" }
}

/// The same numbers for the same seed, on every machine (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
