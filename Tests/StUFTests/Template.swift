import Foundation
import TestSupport

/// A recorded message with placeholders, in the notation of Jinja or Django, filled with invented values.
struct Template {
    static let root = SharedData.path(SharedMessageTests.folder)
    private static let folders = [
        "soap-templates/", "stuf-bg-request-templates/", "stuf-zds-request-templates/",
    ]

    /// Pieces that other templates include: no messages by themselves.
    static func isPiece(_ file: String) -> Bool {
        file.contains("/includes/") || file.hasSuffix("/soap_envelope.xml")
    }

    static func isTemplate(_ text: String) -> Bool { text.contains("{{") || text.contains("{%") }

    /// The message with every placeholder filled; of alternatives the first is taken.
    static func render(_ file: String) throws -> String {
        let number = file.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 1_000_000 }
        let body = resolve(try text(file))
        guard try text(file).contains("{% extends") else { return fill(body, number: number) }
        return fill(resolve(try text(envelope), body: body), number: number)
    }

    private static let envelope = "open-forms/soap-templates/soap_envelope.xml"

    static func text(_ file: String) throws -> String {
        let text = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(file)")), as: UTF8.self)
        // One sender's slip.
        return text.replacingOccurrences(of: "#{referentienummer}}", with: "{{referentienummer}}")
    }

    private static func included(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        for folder in folders {
            if let text = try? text("open-forms/\(folder)includes/\(last)") { return resolve(text) }
        }
        return ""
    }

    /// Without `{% … %}`: what they choose, repeat or include.
    ///
    /// - Parameter body: what fills the block of an envelope.
    private static func resolve(_ text: String, body: String = "") -> String {
        var result = ""
        var kept: [Bool] = []
        var rest = text[...]
        while let start = rest.range(of: "{%"), let end = rest.range(of: "%}") {
            if kept.allSatisfy({ $0 }) { result += rest[..<start.lowerBound] }
            let words = rest[start.upperBound..<end.lowerBound].split(separator: " ")
            rest = rest[end.upperBound...]
            switch words.first {
            case "if": kept.append(true)
            case "elif", "else": kept[kept.count - 1] = false
            case "endif": kept.removeLast()
            case "include" where kept.allSatisfy { $0 }:
                result += included(words[1].trimmingCharacters(in: ["\""]))
            case "block": result += body
            case "render_security": result += included("security.xml")
            case "render_stuurgegevens" where kept.allSatisfy { $0 }: result += included("stuurgegevens.xml")
            default: break
            }
        }
        return (result + rest).replacing(/\{#.*?#\}/, with: "")
    }

    private static func fill(_ text: String, number: Int) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "{{"), let end = rest.range(of: "}}") {
            result += rest[..<start.lowerBound]
            let name = rest[start.upperBound..<end.lowerBound].lowercased().filter { $0 != " " }
            result += value(name, number)
            rest = rest[end.upperBound...]
        }
        return (result + rest).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// By what stands in the name of the placeholder; the first that does counts.
    private static func value(_ name: String, _ number: Int) -> String {
        let values: [(String, String)] = [
            ("referentienummer", "ref-\(number)"), ("crossref", "ref-0"), ("tijdstip", "20260105103000"),
            ("datum.indicator", "V"), ("datum", "20260105"), ("dateofbirth", "19900101"),
            ("gemeentecode", "1900"), ("gemeente_code", "1900"), ("kadastrale_gemeente", "PRF00"),
            ("organisatie", "1900"), ("bsn", "999990019"), ("co_signer", "999993653"),
            ("huisnummertoevoeging", "bis"),
            ("huisnummer", "12"), ("huisletter", "A"), ("postcode", "1234AB"), ("geslachtsaanduiding", "V"),
            ("betalings_indicatie", "Geheel"), ("formaat", "text/plain"), ("taal", "nld"),
            ("vertrouwelijkheid", "OPENBAAR"), ("coordinates.0", "5.387"), ("coordinates.1", "52.155"),
            ("inhoud", "VGVzdA=="), ("vestigingsnummer", "000000000001"), ("kvk", "00000001"),
            ("zaaktype_code", "B1026"), ("status_code", "1"), ("buurtcode", "1"), ("wijk_code", "2"),
            ("waterdeel_type", "rivier"), ("status_omschrijving", "Ontvangen"),
            ("zaakstatus", "Ontvangen"), ("identificatie", "0000000001"), ("sectie", "A"),
            ("perceelnummer", "00042"), ("status", "Definitief"), ("initials", "T."), ("voorletters", "T."),
        ]
        return values.first { name.contains($0.0) }?.1 ?? "Proef"
    }
}
