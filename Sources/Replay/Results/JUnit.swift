import XML

/// The outcome of a replay as a JUnit report, which every CI system reads.
package enum JUnit {
    /// - Parameter seconds: how long the replay took.
    package static func report(_ results: [CaseResult], seconds: Double) -> [UInt8] {
        var xml = XML.Writer(isIndented: true)
        xml.declaration()
        xml.start(suites)
        xml.start(suite)
        xml.attribute(name, "sluis replay")
        xml.attribute(tests, String(results.count))
        xml.attribute(failures, String(results.count { !$0.isAsExpected }))
        xml.attribute(errors, "0")
        xml.attribute(time, thousandths(seconds))
        for result in results {
            let parts = result.name.split(separator: "/")
            xml.start(testcase)
            xml.attribute(classname, "fixtures." + parts.dropLast().joined(separator: "."))
            xml.attribute(name, parts.last.map(String.init) ?? result.name)
            if !result.isAsExpected {
                xml.start(failure)
                xml.attribute(message, result.summary)
                xml.text(printable(result.differences.map(\.diff).joined()))
                xml.end()
            }
            xml.end()
        }
        xml.end()
        xml.end()
        return xml.take()
    }

    /// XML has no place for control characters.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 && $0 != "\n" && $0 != "\t" ? "\u{FFFD}" : $0 }))
    }

    private static func thousandths(_ seconds: Double) -> String {
        let whole = Int((seconds * 1000).rounded())
        let rest = String(whole % 1000)
        return "\(whole / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static let suites = XML.Tag(prefix: "", local: "testsuites")
    private static let suite = XML.Tag(prefix: "", local: "testsuite")
    private static let testcase = XML.Tag(prefix: "", local: "testcase")
    private static let failure = XML.Tag(prefix: "", local: "failure")
    private static let name = XML.Tag(prefix: "", local: "name")
    private static let classname = XML.Tag(prefix: "", local: "classname")
    private static let tests = XML.Tag(prefix: "", local: "tests")
    private static let failures = XML.Tag(prefix: "", local: "failures")
    private static let errors = XML.Tag(prefix: "", local: "errors")
    private static let time = XML.Tag(prefix: "", local: "time")
    private static let message = XML.Tag(prefix: "", local: "message")
}
