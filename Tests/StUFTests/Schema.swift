import Foundation
import TestSupport
import Testing

/// The official schemas, by way of `xmllint`.
enum Schema {
    static let xmllint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// What the schema finds wrong with a document; empty when nothing.
    static func complaints(_ document: [UInt8], _ driver: String = "zds-1.1.02") throws -> String {
        try complaints([("document", document)], driver)["document"] ?? ""
    }

    /// What the schema finds wrong with each of many documents, by name; those that are valid are left out. The schema
    /// is compiled once for all of them.
    static func complaints(
        _ documents: [(name: String, bytes: [UInt8])], _ driver: String
    ) throws -> [String: String] {
        guard let xmllint, !documents.isEmpty else { return [:] }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (number, document) in documents.enumerated() {
            try Data(document.bytes).write(to: folder.appendingPathComponent("\(number).xml"))
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: xmllint)
        process.currentDirectoryURL = folder
        process.arguments =
            ["--nonet", "--noout", "--schema", SharedData.path("data/stuf/drivers/\(driver).xsd")]
            + documents.indices.map { "\($0).xml" }
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return [:] }
        var complaints: [String: String] = [:]
        for line in output.split(separator: "\n") where !line.hasSuffix(" validates") {
            guard let number = Int(line.prefix { $0 != "." }), documents.indices.contains(number) else {
                continue
            }
            complaints[documents[number].name, default: ""] += "\(line)\n"
        }
        if complaints.isEmpty { complaints["xmllint"] = output }
        return complaints
    }
}

extension Trait where Self == ConditionTrait {
    static var needsXmllint: Self {
        .enabled(if: Schema.xmllint != nil, "xmllint is not here: apt-get install libxml2-utils")
    }
}
