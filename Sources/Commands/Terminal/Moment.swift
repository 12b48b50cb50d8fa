import Record
import Threads

extension WallTime {
    /// `2020-03-09T07:01:04Z`.
    var text: String {
        let civil = LocalTime.Civil(seconds: Int(seconds))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
            + "T\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))Z"
    }
}
