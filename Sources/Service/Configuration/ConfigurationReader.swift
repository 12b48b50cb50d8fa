package import Diagnostics
internal import Language
private import Record

/// Reads `sluis.conf`: one setting a line, a block for each system that is called, `#` comments.
/// ```
/// listen    "0.0.0.0:8443"
/// database  from file "/run/secrets/sluis-database"
/// drain     30 s
///
/// destination openzaak {
///     api   zaken    "https://openzaak.example.nl/zaken/api/v1"
///     auth  zgw-jwt  client "sluis"  secret from file "/run/secrets/openzaak"
/// }
/// ```
package struct ConfigurationReader: Sendable {
    /// Gives the bytes of a file; nil when it cannot be read. Secrets are read through it.
    package var contents: @Sendable (String) -> [UInt8]?
    package var environment: [String: String]

    package init(contents: @escaping @Sendable (String) -> [UInt8]?, environment: [String: String]) {
        self.contents = contents
        self.environment = environment
    }

    /// The configuration, whole, and every problem of the file; with an error among them it must not be used.
    package func read(file: String, bytes: [UInt8]) -> (configuration: Configuration, findings: [Finding]) {
        let (document, problems) = Parser.parse(file: file, bytes: bytes)
        var configuration = Configuration()
        var findings = problems
        var seen: [String: SourceLocation] = [:]
        for statement in document.statements {
            if statement.tokens.first?.text == "destination" {
                var reader = DestinationReader(
                    environment: environment, others: configuration.destinations)
                if let destination = reader.read(statement) { configuration.destinations.append(destination) }
                findings += reader.findings
                continue
            }
            do throws(LanguageFailure) {
                try read(statement, into: &configuration, seen: &seen)
            } catch {
                findings.append(error.finding)
            }
        }
        return (configuration, findings.sortedForReading())
    }

    private func read(
        _ statement: Statement, into configuration: inout Configuration, seen: inout [String: SourceLocation]
    ) throws(LanguageFailure) {
        var cursor = Cursor(statement)
        let key = try cursor.expect(.word, "a setting")
        guard let setting = Setting.all.first(where: { $0.key == key.text }) else {
            throw LanguageFailure(
                statement.unknown(
                    key, "a setting", among: Setting.all.map(\.key) + ["destination"], code: .unknownSetting))
        }
        if let first = seen[setting.key], setting.kind != .texts {
            throw LanguageFailure(
                Finding(
                    .repeatedSetting, at: key.location, "`\(key.text)` is set already at line \(first.line)"))
        }
        seen[setting.key] = key.location
        let place = cursor.location
        let value: SettingValue?
        if setting.kind == .secret {
            value = SettingValue(text: try secret(&cursor, of: setting))
        } else {
            value = SettingValue.read(&cursor, as: setting.kind)
        }
        guard let value else {
            throw LanguageFailure(
                Finding(.settingValue, at: place, "`\(setting.key)` takes \(setting.kind.form)"))
        }
        if setting.kind == .zone { try check(zone: value.text ?? "", at: place) }
        if let wrong = setting.apply(value, &configuration) {
            throw LanguageFailure(Finding(.settingValue, at: place, "`\(setting.key)`: \(wrong)"))
        }
        try cursor.expectEnd()
    }

    private func check(zone: String, at place: SourceLocation) throws(LanguageFailure) {
        guard !LocalTime.isKnown(zone: zone) else { return }
        let near = nearest(zone, among: zones).map { ": did you mean `\($0)`?" } ?? ""
        throw LanguageFailure(Finding(.zoneUnknown, at: place, "this machine knows no zone `\(zone)`\(near)"))
    }

    /// The names in the zone database of this machine, as its table of places lists them.
    private var zones: [String] {
        let table = String(decoding: contents("/usr/share/zoneinfo/zone.tab") ?? [], as: UTF8.self)
        let lines = table.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        return ["UTC"] + lines.compactMap { $0.split(separator: "\t").dropFirst(2).first.map(String.init) }
    }

    private func secret(_ cursor: inout Cursor, of setting: Setting) throws(LanguageFailure) -> String {
        try cursor.expect("from")
        let kind = try cursor.expect(oneOf: ["file", "environment"], "where the secret is")
        let name = try cursor.expect(.string, "a name between quotes")
        let found =
            kind.text == "file"
            ? contents(name.text).map { String(decoding: $0, as: UTF8.self) } : environment[name.text]
        guard let found, let secret = firstLine(of: found) else {
            throw LanguageFailure(
                Finding(
                    .secretMissing, at: name.location, "the secret of `\(setting.key)` is not there or empty")
            )
        }
        return secret
    }

    private func firstLine(of text: String) -> String? {
        text.split(whereSeparator: \.isNewline).first.map(String.init)
    }
}

extension Configuration {
    /// The file that gives this configuration, every setting with what it means; secrets print as `***`.
    package var printed: String {
        var lines: [String] = []
        for setting in Setting.all {
            lines.append("# \(setting.sentence) (\(setting.kind.form))")
            let values = setting.values(self).map { setting.kind.isQuoted ? Token.quoted($0) : $0 }
            lines += values.isEmpty ? ["# \(setting.key) is not set"] : values.map { "\(setting.key) \($0)" }
            lines.append("")
        }
        lines += destinations.map(\.printed)
        return lines.joined(separator: "\n")
    }
}
