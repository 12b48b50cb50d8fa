import Model
import TestSupport
import XML

/// The official schemas of ZDS 1.1.02, as far as they say which elements a type has, in which order, and how long.
///
/// Types are named with the prefix that all these files use: `ZKN:ZAK-kennisgeving`, `BG:Geslachtsnaam-e`.
final class OfficialSchema {
    final class Node {
        let name: String
        let attributes: [String: String]
        var children: [Node] = []

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        var all: [Node] { children + children.flatMap(\.all) }
    }

    struct Element {
        var name: String
        var repeats: Bool
        var type: String
    }

    private var types: [String: Node] = [:]

    init() throws {
        let folder = "data/stuf/zds-1.1.02"
        for (prefix, files) in [
            (
                "ZKN",
                [
                    "entiteiten/zkn0310_ent_basis", "entiteiten/zkn0310_simpleTypes",
                    "mutatie/zkn0310_ent_mutatie",
                    "vraagAntwoord/zkn0310_ent_vraagAntwoord",
                ].map { "zkn0310/\($0)" }
            ),
            (
                "BG",
                [
                    "zkn0310/entiteiten/zkn0310_bg0310_ent", "bg0310/entiteiten/bg0310_ent_basis",
                    "bg0310/entiteiten/bg0310_simpleTypes",
                ]
            ),
            ("StUF", ["0301/stuf0301", "0301/stuf0301mtom"]),
        ] {
            for file in files {
                for type in try OfficialSchema.read("\(folder)/\(file).xsd").children {
                    guard let name = type.attributes["name"], types["\(prefix):\(name)"] == nil else {
                        continue
                    }
                    types["\(prefix):\(name)"] = type
                }
            }
        }
    }

    private static func read(_ path: String) throws -> Node {
        initialise()
        var limits = Limits()
        limits.bytesWithoutEvent = 1 << 20
        var reader = try Reader(names: Names(), limits: limits)
        let root = Node("", [:])
        var open = [root]
        func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
        func take(_ reader: borrowing Reader) {
            for event in reader.events.list {
                switch event.kind {
                case .start:
                    var attributes: [String: String] = [:]
                    for attribute in reader.events.attributes(of: event) {
                        attributes[text(reader.local(of: attribute.name))] = text(
                            reader.events.value(attribute))
                    }
                    let node = Node(text(reader.local(of: event.name)), attributes)
                    open.last?.children.append(node)
                    open.append(node)
                case .end: open.removeLast()
                case .text: break
                }
            }
        }
        let bytes = try SharedData.bytes(path)
        for start in stride(from: 0, to: bytes.count, by: 16_384) {
            try reader.feed(bytes[start..<min(start + 16_384, bytes.count)])
            take(reader)
        }
        try reader.finish()
        take(reader)
        return root.children.first ?? root
    }

    /// The elements of a type, in order, those of the type that it extends before its own.
    func elements(of name: String) -> [Element] {
        guard let type = types[name] else { return [] }
        var found: [Element] = []
        func walk(_ node: Node) {
            for child in node.children {
                if child.name == "element" {
                    found.append(
                        Element(
                            name: child.attributes["name"] ?? child.attributes["ref"] ?? "",
                            repeats: child.attributes["maxOccurs"] == "unbounded",
                            type: child.attributes["type"] ?? ""))
                } else {
                    if child.name == "extension" { found += elements(of: child.attributes["base"] ?? "") }
                    walk(child)
                }
            }
        }
        walk(type)
        if found.isEmpty, let base = type.all.first(where: { $0.name == "restriction" })?.attributes["base"] {
            return elements(of: base)
        }
        return found
    }

    /// The fixed entiteittype of a type.
    func entiteittype(of name: String) -> String? {
        types[name]?.all.first { $0.name == "attribute" && $0.attributes["ref"] == "StUF:entiteittype" }?
            .attributes["fixed"]
    }

    /// The most characters or digits that a value may have, and the values it may have.
    func bounds(of name: String) -> (length: Int?, values: Set<String>) {
        guard let type = types[name] else { return (nil, []) }
        var length: Int?
        var values: Set<String> = []
        for node in type.all {
            guard let value = node.attributes["value"] else { continue }
            switch node.name {
            case "maxLength", "length", "totalDigits": length = Int(value)
            case "enumeration": values.insert(value)
            default: break
            }
        }
        let base = type.all.first { $0.attributes["base"] != nil }?.attributes["base"]
        guard let base, base != name, length == nil, values.isEmpty else { return (length, values) }
        return bounds(of: base)
    }
}
