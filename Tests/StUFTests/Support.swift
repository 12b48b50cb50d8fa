import Crypto
import Diagnostics
import Model
import Record
import StUF
import Testing
import XML

let hash = KeyedHash(id: "k1", key: Array("geheim".utf8))

/// The shipped models.
let forms: Forms = {
    XML.initialise()
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return Forms(Models.load(["/\(root)/mappings/models"]).models)
}()

let identity = Stuurgegevens.Identity(referentienummer: "A-1", tijdstipBericht: "20240102093016000")

func read(
    _ text: String, soapAction: String? = nil, contents: MemoryContents = MemoryContents(),
    chunk: Int = 1 << 20
) throws(StUFFailure) -> Bericht {
    let bytes = Array(text.utf8)
    var reader = try BerichtReader(forms, soapAction: soapAction, hash: hash, contents: contents)
    var start = 0
    while start < bytes.count {
        try reader.feed(bytes[start..<min(start + chunk, bytes.count)])
        start += chunk
    }
    return try reader.finish()
}

/// A `zakLk01` around the objects.
func lk01(
    _ objects: String, mutatiesoort: String = "T", stuurgegevens: String? = nil,
    referentienummer: String = "R1"
) -> String {
    """
    <ZKN:zakLk01 xmlns:ZKN="http://www.egem.nl/StUF/sector/zkn/0310" \
    xmlns:BG="http://www.egem.nl/StUF/sector/bg/0310" xmlns:StUF="http://www.egem.nl/StUF/StUF0301" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    \(stuurgegevens ?? head(referentienummer: referentienummer))
    <ZKN:parameters><StUF:mutatiesoort>\(mutatiesoort)</StUF:mutatiesoort>\
    <StUF:indicatorOvername>V</StUF:indicatorOvername></ZKN:parameters>
    \(objects)</ZKN:zakLk01>
    """
}

func head(code: String = "Lk01", referentienummer: String = "R1") -> String {
    """
    <ZKN:stuurgegevens><StUF:berichtcode>\(code)</StUF:berichtcode>\
    <StUF:zender><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>OUD</StUF:applicatie></StUF:zender>\
    <StUF:ontvanger><StUF:applicatie>NIEUW</StUF:applicatie></StUF:ontvanger>\
    <StUF:referentienummer>\(referentienummer)</StUF:referentienummer>\
    <StUF:tijdstipBericht>20240102093015123</StUF:tijdstipBericht>\
    <StUF:entiteittype>ZAK</StUF:entiteittype></ZKN:stuurgegevens>
    """
}

/// An `object` element of a zaak.
func zaak(_ elements: String, soort: String = "T") -> String {
    #"<ZKN:object StUF:entiteittype="ZAK" StUF:verwerkingssoort="\#(soort)">\#(elements)</ZKN:object>"#
}

/// What a record says, one line a leaf, in the order of the layout.
func said(_ record: Record) -> [String] {
    var lines: [String] = []
    func walk(_ frame: Record.Frame, _ prefix: String) {
        for (index, node) in record.layout(of: frame).nodes.enumerated() {
            let slot = record.slot(index, in: frame)
            guard slot.standing.isSaid else { continue }
            let path = prefix + node.path
            if node.isRepeat {
                var number = 0
                for item in record.items(index, in: frame) {
                    number += 1
                    let soort = record.marks(of: item).verwerkingssoort
                    let mark = soort == .none ? "" : "(\(soort))"
                    let before = lines.count
                    walk(item, "\(path)[\(number)]\(mark)/")
                    if lines.count == before { lines.append("\(path)[\(number)]\(mark)") }
                }
                if number == 0 { lines.append("\(path) \(slot.standing)") }
            } else if node.type == .group {
                if slot.standing != .value { lines.append("\(path) \(slot.standing)") }
            } else if node.type == .content, let content = record.content(index, in: frame) {
                lines.append("\(path) = \(content.byteCount) bytes")
            } else if slot.standing == .value {
                let precision = slot.precision == .full ? "" : " (\(slot.precision))"
                lines.append("\(path) = \(record.text(index, in: frame) ?? "")\(precision)")
            } else {
                lines.append("\(path) \(slot.standing)")
            }
        }
    }
    walk(Record.root, "")
    return lines
}

extension Bericht {
    var kennisgeving: Kennisgeving? {
        if case .kennisgeving(let kennisgeving) = inhoud { kennisgeving } else { nil }
    }
    var vraag: Vraag? { if case .vraag(let vraag) = inhoud { vraag } else { nil } }
}

func refusal(_ text: String, chunk: Int = 1 << 20) -> StUFFailure? {
    do throws(StUFFailure) {
        _ = try read(text, chunk: chunk)
        return nil
    } catch {
        return error
    }
}
