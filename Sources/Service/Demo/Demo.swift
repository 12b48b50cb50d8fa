private import Diagnostics
private import FoundationEssentials
private import HTTP
internal import JSON
package import Threads

/// Walks the ``Tour`` against a running Sluis, over its socket, as an old and a new application would.
package struct Demo {
    private let base: String
    private let fixtures: String
    private let client: Client
    /// Takes a line of what is shown.
    private let show: (String) -> Void

    /// - Parameters:
    ///   - base: the address of the running Sluis.
    ///   - fixtures: the folder of the shipped cases.
    package init(base: String, fixtures: String, show: @escaping (String) -> Void) throws(SystemFailure) {
        self.base = base
        self.fixtures = fixtures
        self.show = show
        client = try Client()
    }

    /// - Returns: whether every answer was as it must be.
    package func run() -> Bool {
        defer { client.stop() }
        var isGood = true
        for (number, stop) in Tour.stops.enumerated() {
            show("")
            show("\(number + 1). \(stop.says)")
            for (index, expected) in stop.answers.enumerated() {
                if !post(stop.fixture, index + 1, expected) { isGood = false }
            }
            if let shown = stop.shows, !get(shown) { isGood = false }
        }
        return isGood
    }

    private func post(_ fixture: String, _ number: Int, _ expected: Tour.Expected) -> Bool {
        let folder = "\(fixtures)/zds11/\(fixture)"
        guard let body = read("\(folder)/\(number)-request.xml") else {
            show("   the case \(fixture) is not in \(fixtures)")
            return false
        }
        let (path, fields) = head(read("\(folder)/\(number)-request.headers"))
        // Cases stand alone and use the same numbers; here they meet in one ledger.
        let bericht = String(decoding: body, as: UTF8.self)
            .replacing("<StUF:referentienummer>", with: "<StUF:referentienummer>\(fixture.prefix(24))-")
        let answer = call(
            Request(.post, base + path, fields: fields, body: Array(bericht.utf8)),
            "POST \(path) (\(body.count) bytes)")
        guard let answer else { return false }
        let isGood = answer.status == expected.status && answer.text.contains(expected.holds)
        show("   \(isGood ? "✓" : "✗") \(answer.status) \(Self.summary(of: answer.text))")
        if !isGood { show("     expected \(expected.status) with \(expected.holds)") }
        return isGood
    }

    private func get(_ shown: Tour.Shown) -> Bool {
        let answer = call(
            Request(.get, base + shown.path, fields: [Field("Accept", "application/json")]),
            "GET \(shown.path)")
        guard let answer else { return false }
        let text = Self.pretty(answer.body)
        let isGood = answer.status == 200 && text.contains(shown.holds)
        show("   \(isGood ? "✓" : "✗") \(answer.status)")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines.prefix(24) { show("     \(line)") }
        if lines.count > 24 { show("     … \(lines.count - 24) lines more") }
        if !isGood { show("     expected 200 with \(shown.holds)") }
        return isGood
    }

    private struct Answer {
        var status: Int
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private func call(_ request: Request, _ name: String) -> Answer? {
        let begin = Instant.now
        do throws(HTTPFailure) {
            let response = try client.call(request)
            let took = (Instant.now - begin).nanoseconds / 1_000_000
            show("   \(name), answered in \(took) ms")
            return Answer(status: response.status.code, body: response.bytes)
        } catch {
            show("   ✗ \(name): \(error)")
            return nil
        }
    }

    /// The request line's path and the header fields of a case; a plain POST to the endpoint without.
    private func head(_ bytes: [UInt8]?) -> (path: String, fields: [Field]) {
        guard let bytes else { return ("/stuf", [Field("Content-Type", "text/xml; charset=utf-8")]) }
        var lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        var path = "/stuf"
        if let first = lines.first, first.hasPrefix("POST ") {
            path = first.dropFirst(5).prefix { $0 != " " }.description
            lines.removeFirst()
        }
        let fields = lines.compactMap { line -> Field? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return Field(String(line[..<colon]), String(value))
        }
        return (path, fields)
    }

    private func read(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map(Array.init)
    }

    /// The kind of answer, and of a fault its codes: enough to see what happened.
    private static func summary(of text: String) -> String {
        let kinds = ["Bv03Bericht", "Fo03Bericht", "Fo02Bericht", "zakLa01", "edcLa01"]
        let kind = kinds.first { text.contains($0) } ?? "an answer of another kind"
        let parts = ["code", "details"].compactMap { name -> Substring? in
            guard let start = text.ranges(of: "<StUF:\(name)>").first?.upperBound else { return nil }
            return text[start...].prefix { $0 != "<" }
        }
        return ([kind] + parts.map(String.init)).joined(separator: ", ")
    }

    private static func pretty(_ bytes: [UInt8]) -> String {
        var reader = JSON.Reader(bytes)
        var writer = JSON.Writer(isPretty: true)
        do throws(JSONFailure) {
            try writer.copy(&reader)
            return String(decoding: writer.bytes, as: UTF8.self)
        } catch {
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
