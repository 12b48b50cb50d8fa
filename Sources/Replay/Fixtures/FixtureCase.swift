import Diagnostics
import FoundationEssentials
package import Threads

/// One case of the fixtures: what comes in, in order, and what it must come to.
package struct FixtureCase: Sendable {
    /// One request as an old application or an API client would send it.
    package struct Request: Sendable, Equatable {
        /// 1 for the first.
        package var number: Int
        package var method: String
        package var path: String
        /// As they are written; names are compared without regard to case.
        package var headers: [Header]
        package var body: [UInt8]
        /// When it comes in; nil: a minute after the one before.
        package var received: WallTime?

        package init(
            number: Int, method: String, path: String, headers: [Header] = [], body: [UInt8] = [],
            received: WallTime? = nil
        ) {
            self.number = number
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
            self.received = received
        }
    }

    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A row of a copy database, with the rows that belong to it.
    package struct RowFile: Sendable, Equatable {
        /// 1 for the first.
        package var number: Int
        /// Of the model that the folder above is named after.
        package var table: String
        package var bytes: [UInt8]
    }

    /// `source/what-it-shows`.
    package let name: String
    package let folder: String
    package let requests: [Request]
    /// Of a case of a copy database, which has no requests.
    package let rows: [RowFile]
    /// The results that were accepted, by file name.
    package let expected: [String: String]
    /// Whether its folder has overlays, routes or the like, which count for this case only.
    package let hasRules: Bool

    package init(
        name: String, folder: String, requests: [Request], rows: [RowFile] = [], expected: [String: String],
        hasRules: Bool = false
    ) {
        self.name = name
        self.folder = folder
        self.requests = requests
        self.rows = rows
        self.expected = expected
        self.hasRules = hasRules
    }

    /// When the first request of a case comes in unless it says otherwise: a moment in winter, so that local time is
    /// one hour ahead.
    package static let start = WallTime(seconds: 1_767_607_200)  // 2026-01-05T10:00:00Z

    /// Reads the files of one case.
    package static func load(_ folder: String) throws(ReplayFailure) -> FixtureCase {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw ReplayFailure(.fixtureUnreadable, at: folder)
        }
        var requests: [Request] = []
        var rows: [RowFile] = []
        var expected: [String: String] = [:]
        for name in names.sorted() {
            if let number = requestNumber(name) {
                requests.append(try request(number, name, in: folder))
            } else if let (number, table) = rowName(name) {
                rows.append(RowFile(number: number, table: table, bytes: try bytes("\(folder)/\(name)")))
            } else if isResult(name) {
                expected[name] = String(decoding: try bytes("\(folder)/\(name)"), as: UTF8.self)
            }
        }
        requests.sort { $0.number < $1.number }
        rows.sort { $0.number < $1.number }
        let numbers = requests.isEmpty ? rows.map(\.number) : requests.map(\.number)
        guard numbers == Array(1..<numbers.count + 1), requests.isEmpty != rows.isEmpty else {
            throw ReplayFailure(.fixtureIncomplete, at: folder, "the requests are not numbered 1, 2, 3 …")
        }
        let parts = folder.split(separator: "/").suffix(2)
        return FixtureCase(
            name: parts.joined(separator: "/"), folder: folder, requests: requests, rows: rows,
            expected: expected, hasRules: names.contains(where: isRule))
    }

    /// Whether a file says how berichten are taken: `kort.map`, `kort.route`.
    private static func isRule(_ name: String) -> Bool {
        [".map", ".route", ".zender", ".model"].contains { name.hasSuffix($0) }
    }

    /// Whether a file is what a case begins with.
    static func isInput(_ name: String) -> Bool { requestNumber(name) != nil || rowName(name) != nil }

    /// `2-PERSOON.row.json`: 2, and the table.
    static func rowName(_ name: String) -> (number: Int, table: String)? {
        guard name.hasSuffix(".row.json"), let dash = name.firstIndex(of: "-"),
            let number = Int(name[..<dash])
        else { return nil }
        return (number, String(name[name.index(after: dash)...].dropLast(".row.json".count)))
    }

    /// `2-request.xml`, `2-request.txt`: 2.
    static func requestNumber(_ name: String) -> Int? {
        guard name.hasSuffix("-request.xml") || name.hasSuffix("-request.txt") else { return nil }
        return Int(name.prefix { $0 != "-" })
    }

    /// Whether a file holds a result: `1-reply.xml`, `api.json`; of a row `1-up.json`, `1-down.json`, `1-refused.txt`.
    static func isResult(_ name: String) -> Bool {
        ["-reply.xml", "-reply.txt", "-up.json", "-down.json", "-refused.txt"].contains(where: name.hasSuffix)
            || name == "api.json"
    }

    private static func request(
        _ number: Int, _ name: String, in folder: String
    ) throws(ReplayFailure) -> Request {
        let path = "\(folder)/\(name)"
        let content = try bytes(path)
        let isXML = name.hasSuffix(".xml")
        let headerFile = "\(folder)/\(number)-request.headers"
        var text = isXML ? "" : String(decoding: content, as: UTF8.self)
        if isXML, FileManager.default.fileExists(atPath: headerFile) {
            text = String(decoding: try bytes(headerFile), as: UTF8.self)
        }
        var request = Request(
            number: number, method: "POST", path: "/stuf", body: isXML ? content : [])
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard read(line, into: &request) else {
                throw ReplayFailure(
                    .fixtureIncomplete, at: isXML ? headerFile : path, "this is no header: \(line.prefix(40))"
                )
            }
        }
        return request
    }

    /// Reads `POST /stuf`, `SOAPAction: "…"` or `Received: 2026-07-01T10:00:00Z`.
    private static func read(_ line: Substring, into request: inout Request) -> Bool {
        let words = line.split(separator: " ")
        if words.count == 2, ["GET", "POST"].contains(words[0]), words[1].hasPrefix("/") {
            request.method = String(words[0])
            request.path = String(words[1])
            return true
        }
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return false }
        let name = String(line[..<colon])
        let value = String(line[line.index(after: colon)...].drop { $0 == " " })
        guard name.lowercased() == "received" else {
            request.headers.append(Header(name: name, value: value))
            return true
        }
        request.received = moment(value)
        return request.received != nil
    }

    /// `2026-07-01T10:00:00Z`.
    private static func moment(_ text: String) -> WallTime? {
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        return WallTime(seconds: Int64(date.timeIntervalSince1970))
    }

    private static func bytes(_ path: String) throws(ReplayFailure) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ReplayFailure(.fixtureUnreadable, at: path)
        }
        return [UInt8](data)
    }
}
