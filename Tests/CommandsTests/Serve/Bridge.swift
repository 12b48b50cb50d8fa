private import Foundation
import HTTP
import TestSupport
import Testing
import Threads

/// A running `sluis serve` as an old and a new application see it.
final class Bridge {
    let folder: TemporaryFolder
    let sluis: Running
    private let client: Client

    init(_ arguments: [String] = [], environment: [String: String] = [:], in folder: TemporaryFolder) throws {
        self.folder = folder
        sluis = try Running(
            ["--data", "\(folder.path)/data"] + arguments, environment: environment, in: folder)
        client = try Client()
    }

    deinit { client.stop() }

    struct Answer: CustomStringConvertible {
        var status: Int
        var body: String
        var description: String { "\(status) \(body)" }

        /// The text of the first element of that name.
        func text(_ name: String) -> String? {
            guard let start = body.ranges(of: ":\(name)>").first?.upperBound else { return nil }
            return String(body[start...].prefix { $0 != "<" })
        }

        var isBevestiging: Bool { status == 200 && text("berichtcode") == "Bv03" }
    }

    func post(_ bericht: [UInt8], to path: String = "/stuf", action: String? = nil) throws -> Answer {
        var fields = [Field("Content-Type", "text/xml; charset=utf-8")]
        if let action {
            fields.append(Field("SOAPAction", "\"http://www.egem.nl/StUF/sector/zkn/0310/\(action)\""))
        }
        return try call(Request(.post, sluis.base + path, fields: fields, body: bericht))
    }

    /// Posts to another one.
    func post(_ bericht: String, at other: Running) throws -> Answer {
        let fields = [Field("Content-Type", "text/xml; charset=utf-8")]
        return try call(Request(.post, other.base + "/stuf", fields: fields, body: Array(bericht.utf8)))
    }

    func post(_ bericht: String, to path: String = "/stuf", action: String? = nil) throws -> Answer {
        try post(Array(bericht.utf8), to: path, action: action)
    }

    /// - Parameter url: whole, or a path.
    func get(_ url: String) throws -> Answer {
        try call(Request(.get, url.hasPrefix("/") ? sluis.base + url : url))
    }

    private func call(_ request: Request) throws -> Answer {
        let response = try client.call(request)
        return Answer(status: response.status.code, body: String(decoding: response.bytes, as: UTF8.self))
    }

    /// How many zaken of that identificatie are served.
    func zaken(_ identificatie: String) throws -> Int {
        let page = try get("/zaken/api/v1/zaken?identificatie=\(identificatie)")
        let json = try JSONSerialization.jsonObject(with: Data(page.body.utf8)) as? [String: any Sendable]
        return try #require(json?["count"] as? Int, "\(page)")
    }

    /// The rows that `sluis ledger list` gives, without its heading.
    func ledger(_ arguments: String...) throws -> [[String]] {
        let result = try Sluis.run(["ledger", "list", "--data", "\(folder.path)/data"] + arguments)
        #expect(result.exit == 0, "\(result.errors)")
        return result.output.split(separator: "\n").dropFirst().map { $0.components(separatedBy: "\t") }
    }

    /// A request of a shipped case; under another referentienummer where one is given.
    static func fixture(_ path: String, as number: String? = nil) throws -> String {
        let text = try String(
            contentsOfFile: "\(Sluis.root)/fixtures/zds11/\(path)-request.xml", encoding: .utf8)
        guard let number else { return text }
        return text.replacing(/referentienummer>[^<]*</) { _ in "referentienummer>\(number)<" }
    }
}
