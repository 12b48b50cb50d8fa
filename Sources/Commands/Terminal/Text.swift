/// Text for people.
enum Text {
    /// Lines of at most 80 columns.
    static func wrapped(_ text: String, width: Int = 80) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// `1 error`, `3 errors`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// Text from outside on one line, without what could steer a terminal.
    static func harmless(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { safe, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
    }

    /// Rows with their cells under each other, two blanks between them; a cell wider than `limit` stands out.
    static func columns(_ rows: [[String]], limit: Int = 48) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                if cell.count <= limit { widths[column] = max(widths[column], cell.count) }
            }
        }
        return rows.map { row in
            var line = row.enumerated().map { $1.padded(to: widths[$0]) + "  " }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
