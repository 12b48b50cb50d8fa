private import Foundation

/// Where a test with generated values begins. Given as a test's argument, it is printed when that test fails:
///
/// ```swift
/// @Test("gives the value back", arguments: Seed.fresh(100))
/// func exact(_ seed: Seed) {
///     var random = seed.generator
/// ```
/// `SLUIS_SEED=4711 swift test --filter …` runs that one again.
package struct Seed: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt64

    package init(_ value: UInt64) { self.value = value }

    /// So many new ones; the one of `SLUIS_SEED` alone where that is set.
    package static func fresh(_ count: Int) -> [Seed] {
        if let text = ProcessInfo.processInfo.environment["SLUIS_SEED"], let value = UInt64(text) {
            return [Seed(value)]
        }
        return (0..<count).map { _ in Seed(UInt64.random(in: 0...UInt64(UInt32.max))) }
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
