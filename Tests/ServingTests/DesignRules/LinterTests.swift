import TestSupport
import Testing

@Suite("The checker of the API Design Rules") struct LinterTests {
    /// What the public rule set says of a case: the rule and the place of each error.
    private func expected(_ name: String) throws -> [String] {
        let text = String(
            decoding: try SharedData.bytes("data/openapi/adr/testcases/\(name)/expected-output.txt"),
            as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let columns = line.matches(of: #/\S+( \S+)*/#).map { String(line[$0.range]) }
            guard columns.count >= 4, columns[1] == "error" else { return nil }
            return columns.count > 4 ? "\(columns[2]) at \(columns[4])" : columns[2]
        }
    }

    @Test(
        "finds in each upstream case what the public rule set finds", .needsSharedData,
        arguments: [
            "baseline", "contact-missing", "contact-no-email", "contact-no-name", "contact-no-url", "cor-api",
            "date-time", "error-type", "error-type-extra-field", "error-type-invalid-input",
            "error-type-missing-required", "openapi-versie-3-0-1", "openapi-versie-3-1-0",
            "openapi-versie-missing", "paths-kebab-incorrect", "paths-kebab-slashes", "paths-kebab-variables",
            "paths-kebab-zoek-uitzondering", "query-keys-camel-case", "semver-incorrect", "semver-patch",
            "semver-patch-incorrect", "servers-empty", "servers-missing", "version-header-casing",
            "version-header-missing",
        ])
    func upstream(_ name: String) throws {
        let found = try Linter.findings(
            in: SharedData.bytes("data/openapi/adr/testcases/\(name)/openapi.json"))
        // The upstream list leaves warnings out.
        let errors = found.filter { $0.rule != "nlgov:servers-use-https" }.map(\.description)
        let wanted = try expected(name)
        #expect(Set(errors).subtracting(wanted).isEmpty)
        #expect(Set(wanted).subtracting(errors).isEmpty)
    }
}
