import JSON
import Replay

/// What a replay came to, for programs.
struct ReplayReport {
    let results: [CaseResult]

    var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startObject()
        json.key("cases")
        json.number(results.count)
        json.key("differing")
        json.startArray()
        for result in results where !result.isAsExpected {
            json.startObject()
            json.key("case")
            json.string(result.name)
            json.key("folder")
            json.string(result.folder)
            json.key("files")
            json.startArray()
            for difference in result.differences {
                json.startObject()
                json.key("file")
                json.string(difference.file)
                json.key("diff")
                json.string(difference.diff)
                json.end()
            }
            json.end()
            json.end()
        }
        json.end()
        json.end()
        return json.bytes
    }
}
