import Diagnostics

/// Reads a table of codes from a `.csv` file: a heading, then two columns, legacy and API; more columns are
/// remarks.
///
/// `;` or `,` separates, as the heading shows; `"` quotes; a line that starts with `#` is a comment. Where
/// one API value has several legacy values, the first of them is what it becomes downward. A column headed
/// `test` says `yes` of the entries that production must not have.
enum CodeFile {
    static func rows(_ text: String, file: String) -> (rows: [CodeTable.Row], findings: [Finding]) {
        var rows: [CodeTable.Row] = []
        var findings: [Finding] = []
        var heading: (separator: Character, test: Int?)?
        var seen: (left: Set<String>, right: Set<String>) = ([], [])
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let trimmed = line.hasPrefix("\u{FEFF}") ? line.dropFirst() : line
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            let location = SourceLocation(file: file, line: index + 1, column: 1)
            guard let (mark, test) = heading else {
                let mark: Character = trimmed.contains(";") ? ";" : ","
                heading = (mark, fields(trimmed, mark)?.dropFirst(2).firstIndex(of: "test"))
                continue
            }
            guard let fields = fields(trimmed, mark), fields.count >= 2, !fields[0].isEmpty,
                !fields[1].isEmpty
            else {
                findings.append(Finding(.codesFile, at: location, "this line does not hold a pair of codes"))
                continue
            }
            guard seen.left.insert(fields[0]).inserted else {
                findings.append(
                    Finding(.codesTwice, at: location, "\"\(fields[0])\" stands in an earlier line already"))
                continue
            }
            let remark = test.map { $0 < fields.count ? fields[$0] : "" } ?? ""
            if !["yes", "no", ""].contains(remark) {
                findings.append(Finding(.codesFile, at: location, "the column `test` says yes or no"))
            }
            rows.append(
                CodeTable.Row(
                    left: .init(text: fields[0], isWord: false), right: .init(text: fields[1], isWord: false),
                    directions: seen.right.insert(fields[1]).inserted ? .both : .up, location: location,
                    isTest: remark == "yes"))
        }
        return (rows, findings)
    }

    /// The fields of one line; nil when a quote is not closed.
    private static func fields(_ line: Substring, _ separator: Character) -> [String]? {
        var fields = [""]
        var isQuoted = false
        var rest = line
        while let character = rest.popFirst() {
            if isQuoted, character == "\"", rest.first == "\"" {
                rest.removeFirst()
                fields[fields.count - 1].append("\"")
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == separator, !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return isQuoted ? nil : fields
    }
}
