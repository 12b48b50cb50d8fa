import Diagnostics
import Model
import Record

/// Derives a model from an OpenAPI document.
package struct APIDeriver {
    /// Objects within objects; deeper ones are known by name only.
    static let depthLimit = 16

    let document: APIDocument
    let reader: ShapeReader
    /// The model's name: `zaken`.
    package let name: String
    private var stack: [String] = []

    /// - Parameter name: of the model; nil is the last word of the path it is served at, or of the title.
    package init(file: String, bytes: [UInt8], name: String?) throws(ModelImportFailure) {
        document = try APIDocument(file: file, bytes: bytes)
        reader = ShapeReader(document: document)
        self.name = name ?? Self.name(of: document)
    }

    /// What the document calls itself: its title and version.
    package var title: String {
        let info = document.root["info"]
        return "\(info?["title"]?.string ?? "") \(info?["version"]?.string ?? "")"
    }

    /// The resources that are taken when none are named.
    package var usual: [String] {
        get throws(ModelImportFailure) {
            let all = try ResourceFinder(document).resources()
            return all.filter { $0.path.split(separator: "/").count == 1 }.map(\.name)
        }
    }

    /// - Parameter wanted: names of resources; empty is every one whose collection stands at the top of the API.
    package mutating func derive(_ wanted: [String]) throws(ModelImportFailure) -> DerivedModel {
        let all = try ResourceFinder(document).resources()
        let top = all.filter { $0.path.split(separator: "/").count == 1 }
        var chosen: [ResourceFinder.Resource] = wanted.isEmpty ? top : []
        for name in wanted {
            guard let found = all.first(where: { $0.name == name || $0.collection == name }) else {
                throw ModelImportFailure(
                    .objectUnknown, place: name, "there are " + all.map(\.name).joined(separator: ", "))
            }
            chosen.append(found)
        }
        guard !chosen.isEmpty else {
            throw document.failure(
                .objectUnknown, at: document.root, "the API has no collection of resources")
        }
        var entities: [DerivedEntity] = []
        for resource in chosen {
            entities.append(
                DerivedEntity(
                    name: resource.name, collection: resource.collection, elements: try elements(of: resource)
                ))
        }
        return Grouping.grouped(
            DerivedModel(name: name, kind: .api(root: Self.root(of: document)), entities: entities))
    }

    /// The path of the first server: `/zaken/api/v1`.
    private static func root(of document: APIDocument) -> String {
        let url = document.root["servers"]?.items.first?["url"]?.string ?? "/"
        // `https://host/path`: no empty part is dropped, so that the path is what comes behind the third slash.
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        let isWhole = parts.count > 2 && parts[0].hasSuffix(":") && parts[1].isEmpty
        let path = (isWhole ? parts.dropFirst(3) : parts[...]).filter { !$0.isEmpty }
        return "/" + path.joined(separator: "/")
    }

    private static func name(of document: APIDocument) -> String {
        let words = root(of: document).split(separator: "/").map(String.init)
            .filter { $0 != "api" && !($0.first == "v" && $0.dropFirst().allSatisfy(\.isNumber)) }
        let title = document.root["info"]?["title"]?.string ?? ""
        let word = words.last ?? title.split(separator: " ").first?.lowercased() ?? ""
        let name = word.filter { $0.isLetter || $0.isNumber || $0 == "-" }
        return name.first?.isLetter == true ? name : "api"
    }

    // MARK: Resources

    private mutating func elements(
        of resource: ResourceFinder.Resource
    ) throws(ModelImportFailure) -> [DerivedElement] {
        stack = [resource.name]
        var elements = try members(of: resource.answer)
        // What is required is what one must send; an answer says of everything it always gives that it is required.
        guard let request = resource.request else { return elements }
        for sent in try members(of: request) {
            if let index = elements.firstIndex(where: { $0.name == sent.name }) {
                elements[index].isRequired = sent.isRequired && !elements[index].isReadOnly
                // A document's content is sent as bytes and answered as a place to fetch it.
                if case .leaf(let type) = sent.form, type.base == .content {
                    elements[index].form = sent.form
                }
            } else {
                elements.append(sent)
            }
        }
        return elements
    }

    /// The properties of an object, with those of all its variants.
    private mutating func members(of schema: JSONValue) throws(ModelImportFailure) -> [DerivedElement] {
        let shape = try reader.shape(of: schema)
        var members: [DerivedElement] = []
        for property in shape.properties {
            if let member = try element(property, of: shape) { members.append(member) }
        }
        guard !shape.variants.isEmpty else { return members }
        let own = members.map(\.name)
        var merging = VariantMerging(members, discriminator: shape.discriminator)
        for variant in shape.variants {
            let name = try document.resolved(variant.schema).name ?? ""
            guard !stack.contains(name) else { continue }
            stack.append(name)
            defer { stack.removeLast() }
            let others = try self.members(of: variant.schema).filter {
                !own.contains($0.name) || $0.name == shape.discriminator || !$0.members.isEmpty
            }
            merging.add(others, for: variant.value)
        }
        return merging.finished()
    }

    private mutating func element(
        _ property: Shape.Property, of whole: Shape
    ) throws(ModelImportFailure) -> DerivedElement? {
        guard !property.name.hasPrefix("_"), property.name != "inOnderzoek", Self.isName(property.name) else {
            return nil
        }
        var shape = try reader.shape(of: property.schema)
        var schema = property.schema
        var element = DerivedElement(property.name, .group)
        element.isReadOnly = shape.isReadOnly
        element.isRequired = whole.required.contains(property.name) && !shape.isReadOnly
        if let items = shape.items {
            element.isRepeat = true
            schema = items
            shape = try reader.shape(of: items)
        }
        // Addresses that the API fills: of the resource itself, and of what points to it.
        if element.isReadOnly, shape.format == "uri" || property.name == "uuid" { return nil }
        if let leaf = shape.leaf {
            element.form = .leaf(leaf)
        } else if Self.isDatum(shape) {
            element.form = .leaf(ElementType(.datum, allowsIncomplete: true, spelling: .brp))
        } else if Self.isGeometry(shape) {
            element.form = .leaf(ElementType(.geometrie))
        } else {
            try fill(&element, shape, schema)
        }
        return element
    }

    private mutating func fill(
        _ element: inout DerivedElement, _ shape: Shape, _ schema: JSONValue
    ) throws(ModelImportFailure) {
        let name = shape.names.first ?? ""
        guard name.isEmpty || !stack.contains(name), stack.count < Self.depthLimit else {
            element.form = .opaque
            return
        }
        stack.append(name)
        defer { stack.removeLast() }
        element.origin = name
        element.members = try members(of: schema)
        if element.members.isEmpty { element.form = .opaque }
    }

    /// What the language can name.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first else { return false }
        return (first.properties.isAlphabetic || first == "_")
            && name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0 == "_" || $0 == "-" || "0"..."9" ~= $0
            }
    }

    /// The four shapes in which the BRP APIs give a date that may be known in part.
    private static func isDatum(_ shape: Shape) -> Bool {
        let values = Set(shape.variants.map(\.value))
        return values.isSuperset(of: ["Datum", "DatumOnbekend", "JaarDatum", "JaarMaandDatum"])
    }

    /// GeoJSON (RFC 7946, section 3).
    private static func isGeometry(_ shape: Shape) -> Bool {
        shape.names.contains { $0.hasPrefix("GeoJSON") || $0 == "Geometry" }
            || shape.properties.contains { $0.name == "coordinates" }
    }
}
