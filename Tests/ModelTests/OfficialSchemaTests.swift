import Model
import Record
import TestSupport
import Testing

@Suite("The shipped StUF models", .needsSharedData) struct OfficialSchemaTests {
    /// Where a person decided otherwise than the schema; each has its reason as a comment in the model.
    static let reviewed: Set<String> = [
        "isVan: repeats", "heeftAlsHoofdzaak: repeats", "handelsnaam: repeats", "inp.bsn: length 17",
        "inn.nnpId: length 17",
    ]

    @Test(
        "agree with the official schemas in order, cardinality, length, values and mnemonics",
        arguments: [
            ("zkn0310:ZAK", "ZKN:ZAK-kennisgeving", false), ("zkn0310:ZAK", "ZKN:ZAK-antwoord", true),
            ("zkn0310:EDC", "ZKN:EDC-kennisgeving", false),
        ])
    func agree(_ name: String, _ type: String, _ isAnswer: Bool) throws {
        let entity = try #require(shipped.models.entity(name))
        var comparison = Comparison(schema: try OfficialSchema(), isAnswer: isAnswer)
        comparison.compare(entity.elements, with: type, at: "")
        #expect(comparison.compared > 20)
        #expect(comparison.differences == [])
    }

    struct Comparison {
        let schema: OfficialSchema
        let isAnswer: Bool
        var compared = 0
        var differences: [String] = []

        mutating func compare(_ elements: [Element], with type: String, at path: String) {
            let official = schema.elements(of: type)
            var last = -1
            for element in elements where !element.isAttribute {
                guard isAnswer || element.stuf?.isAnswerOnly != true else { continue }
                let place = "\(path)/\(element.name)"
                let isOfStUF = element.stuf?.namespace == Namespace.stuf
                let name = isOfStUF ? "StUF:\(element.name)" : element.name
                guard let index = official.firstIndex(where: { $0.name == name }) else {
                    differences.append("\(place) is not in \(type)")
                    continue
                }
                if index < last { differences.append("\(place) stands too late") }
                last = index
                compared += 1
                // Its members stand in the schema of StUF itself.
                if isOfStUF { continue }
                compare(element, with: official[index], at: place)
            }
        }

        private mutating func compare(
            _ element: Element, with official: OfficialSchema.Element, at place: String
        ) {
            if element.isRepeat != official.repeats { note(place, element, "repeats") }
            let mnemonic = schema.entiteittype(of: official.type)
            // In an answer the schema leaves some open; what a kennisgeving fixes holds there too.
            if let mnemonic, element.stuf?.entiteittype != mnemonic {
                note(place, element, "is a \(mnemonic)")
            }
            if element.isGroup {
                compare(element.members, with: official.type, at: place)
                return
            }
            let (length, values) = schema.bounds(of: official.type)
            // Values that are listed have no length besides.
            let hasOwnLength =
                (element.type.base == .text || element.type.base == .integer)
                && element.type.enumeration.isEmpty
            if hasOwnLength, let length, element.type.maxLength != length {
                note(place, element, "length \(length)")
            }
            if !element.type.enumeration.isEmpty, Set(element.type.enumeration) != values {
                note(place, element, "has the values \(values.sorted())")
            }
        }

        private mutating func note(_ place: String, _ element: Element, _ what: String) {
            guard !OfficialSchemaTests.reviewed.contains("\(element.name): \(what)") else { return }
            differences.append("\(place): \(what)")
        }
    }
}
