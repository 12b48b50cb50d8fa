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
        guard let xmllint else { return "" }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: xmllint)
        process.arguments = [
            "--nonet", "--noout", "--schema", SharedData.path("data/stuf/drivers/\(driver).xsd"), file.path,
        ]
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? "" : String(decoding: output, as: UTF8.self)
    }
}

extension Trait where Self == ConditionTrait {
    static var needsXmllint: Self {
        .enabled(if: Schema.xmllint != nil, "xmllint is not here: apt-get install libxml2-utils")
    }
}
