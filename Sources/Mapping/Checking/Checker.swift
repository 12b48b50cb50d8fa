import Diagnostics
import Language
import Model
import Record

/// Finds what is wrong with a mapping whose paths are all known.
struct Checker {
    var findings: [Finding] = []

    static func check(_ mapping: ResolvedMapping) -> [Finding] {
        []
    }
}
