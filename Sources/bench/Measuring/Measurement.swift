import Glibc
import Threads

/// The values of one quantity, one for each run.
struct Measurement {
    let name: String
    let unit: String
    private let sorted: [Double]

    init(_ name: String, unit: String, _ values: [Double]) {
        self.name = name
        self.unit = unit
        sorted = values.sorted()
    }

    var runs: Int { sorted.count }
    var median: Double { quantile(0.5) }
    var p95: Double { quantile(0.95) }

    /// The smallest value that so many of them do not exceed.
    private func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
}

/// A measurement divided by its yardstick, and what that may be.
struct Ratio {
    enum Budget {
        case atMost(Double)
        case atLeast(Double)

        func allows(_ value: Double) -> Bool {
            switch self {
            case .atMost(let most): value <= most
            case .atLeast(let least): value >= least
            }
        }
    }

    let name: String
    let value: Double
    let budget: Budget

    var isMet: Bool { budget.allows(value) }
}

/// CPU time that was used so far, in microseconds.
enum CPUTime {
    static var ofThread: Double { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
