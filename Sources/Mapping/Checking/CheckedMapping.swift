import Diagnostics
import Language
import Model

/// Reads one file up to a mapping that can be compiled.
enum CheckedMapping {
    static func read(
        _ document: Document, models: Models, table: (String) -> [UInt8]?
    ) -> (mapping: ResolvedMapping?, findings: [Finding]) {
        var (file, findings) = MappingReader.read(document)
        let codes = tables(file, &findings, table)
        var fragments: [String: FragmentSyntax] = [:]
        for fragment in file.fragments {
            if fragments.updateValue(fragment, forKey: fragment.name.text) != nil {
                findings.append(taken(fragment.name, "fragment"))
            }
        }
        guard let syntax = file.mapping else { return (nil, findings) }
        file.mapping = nil
        var resolver = Resolver(models: models, codes: codes, fragments: fragments)
        let mapping = resolver.resolve(syntax)
        findings += resolver.findings
        let isWhole = !findings.contains { $0.severity == .error }
        if let mapping { findings += Checker.check(mapping, isWhole: isWhole) }
        return (mapping, findings)
    }

    private static func taken(_ name: Token, _ what: String) -> Finding {
        Finding(.nameTaken, at: name.location, "the file has a \(what) `\(name.text)` already")
    }

    private static func tables(
        _ file: MappingFile, _ findings: inout [Finding], _ content: (String) -> [UInt8]?
    ) -> [String: CodeTable] {
        var tables: [String: CodeTable] = [:]
        for codes in file.codes {
            let table = CodeTable(
                name: codes.name.text, isAnyCase: codes.isAnyCase,
                rows: rows(codes, file: file.file, &findings, content), location: codes.name.location)
            findings += table.duplicates()
            if tables.updateValue(table, forKey: table.name) != nil {
                findings.append(taken(codes.name, "table of codes"))
            }
        }
        return tables
    }

    private static func rows(
        _ codes: CodesSyntax, file: String, _ findings: inout [Finding], _ content: (String) -> [UInt8]?
    ) -> [CodeTable.Row] {
        guard let source = codes.source else {
            return codes.pairs.map { pair in
                CodeTable.Row(
                    left: value(pair.left), right: value(pair.right), directions: Directions(pair.arrow),
                    location: pair.left.location)
            }
        }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let path = source.text.hasPrefix("/") ? source.text : folder + source.text
        guard let bytes = content(path) else {
            findings.append(Finding(.codesFile, at: source.location, "`\(source.text)` cannot be read"))
            return []
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            findings.append(Finding(.codesFile, at: source.location, "`\(source.text)` is not UTF-8"))
            return []
        }
        let (rows, problems) = CodeFile.rows(text, file: path)
        findings += problems
        return rows
    }

    private static func value(_ token: Token) -> CodeTable.Value {
        CodeTable.Value(text: token.text, isWord: token.kind == .word)
    }
}
