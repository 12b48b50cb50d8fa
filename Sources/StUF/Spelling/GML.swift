internal import Record
internal import XML

/// Shapes as GML 3.1.1 writes them: a Point, a LineString or a Polygon with `pos` and `posList` (and GML 2's
/// `coordinates`). Anything else is a shape that is not carried.
///
/// The reference system stands in `srsName`; without one it is the Rijksdriehoek, as in all of StUF. In degrees senders
/// write longitude and latitude in either order; within the Netherlands the two cannot be mistaken for each other.
struct GMLReader {
    private static let textLimit = 1 << 20

    /// The elements open below the leaf.
    private var open: [String] = []
    private var kind: Geometry.Kind?
    private var system = ""
    private var text: [UInt8] = []
    private var rings: [[Double]] = []
    private var isUnfit = false

    mutating func start(_ local: ArraySlice<UInt8>, srsName: ArraySlice<UInt8>?) {
        let name = String(decoding: local.prefix(40), as: UTF8.self)
        if let srsName, system.isEmpty { system = String(decoding: srsName.prefix(200), as: UTF8.self) }
        switch name {
        case "Point", "LineString", "Polygon":
            if kind != nil { isUnfit = true }
            kind = Geometry.Kind(rawValue: name)
            if name != "Polygon" { rings.append([]) }
        case "LinearRing": rings.append([])
        case "pos", "posList", "coordinates", "exterior", "interior", "outerBoundaryIs", "innerBoundaryIs":
            break
        default: isUnfit = true
        }
        text.removeAll(keepingCapacity: true)
        open.append(name)
    }

    mutating func add(_ event: Event, _ events: borrowing Events) {
        guard text.count + Int(event.count) <= Self.textLimit else { return isUnfit = true }
        events.append(textOf: event, to: &text)
    }

    /// - Returns: whether the leaf itself ended.
    mutating func end() -> Bool {
        guard let name = open.popLast() else { return true }
        if ["pos", "posList", "coordinates"].contains(name), !rings.isEmpty {
            let numbers = text.split { Spelling.isSpace($0) || $0 == UInt8(ascii: ",") }
                .map { Double(String(decoding: $0, as: UTF8.self)) }
            isUnfit = isUnfit || numbers.contains(nil) || !numbers.count.isMultiple(of: 2)
            rings[rings.count - 1] += numbers.compactMap(\.self)
            if rings[rings.count - 1].count > 2 * Geometry.positionLimit { isUnfit = true }
        }
        return false
    }

    /// Nil when there was no shape at all.
    func geometry() -> Geometry? {
        guard let kind else { return isUnfit ? Geometry(.other, []) : nil }
        guard !isUnfit else { return Geometry(.other, []) }
        let positions = rings.map { numbers in
            stride(from: 0, to: numbers.count - 1, by: 2).map { position(numbers[$0], numbers[$0 + 1]) }
        }
        guard positions.allSatisfy({ !$0.contains(nil) }) else { return Geometry(.other, []) }
        return Geometry(kind, positions.map { $0.compactMap(\.self) })
    }

    private func position(_ first: Double, _ second: Double) -> Geometry.Position? {
        switch system.split(whereSeparator: { !$0.isNumber }).last {
        case nil, "28992", "7415":
            let place = RijksDriehoek(x: first, y: second)
            return place.isWithinReach ? place.position : nil
        case "4326", "4258", "84":
            let isLatitudeFirst = (49.0...57).contains(first) && (1.0...10).contains(second)
            let (longitude, latitude) = isLatitudeFirst ? (second, first) : (first, second)
            return Geometry.Position(longitude: longitude, latitude: latitude)
        default: return nil
        }
    }
}

enum GML {
    static let namespace = "http://www.opengis.net/gml"
    private static func tag(_ local: String) -> Tag { Tag(prefix: "gml", local: local) }
    private static let srsName = Tag(prefix: "", local: "srsName")

    /// Writes a shape in the Rijksdriehoek, to the millimetre.
    ///
    /// - Returns: false, and nothing is written, for a shape that is not carried or lies out of the projection's reach.
    static func write(_ canonical: ArraySlice<UInt8>, to writer: inout Writer) -> Bool {
        guard let shape = Geometry(canonical: canonical), shape.kind != .other else { return false }
        let rings = shape.rings.map { ring in ring.map { RijksDriehoek($0) } }
        guard rings.allSatisfy({ !$0.contains(nil) }) else { return false }
        let texts = rings.map { ring in
            ring.compactMap(\.self).map { "\(Geometry.text($0.x, 3)) \(Geometry.text($0.y, 3))" }
                .joined(separator: " ")
        }
        writer.start(tag(shape.kind.rawValue))
        writer.declare(prefix: "gml", namespace: namespace)
        writer.attribute(srsName, "urn:ogc:def:crs:EPSG::28992")
        for (index, text) in texts.enumerated() {
            guard shape.kind == .polygon else {
                write(text, as: shape.kind == .point ? "pos" : "posList", to: &writer)
                continue
            }
            writer.start(tag(index == 0 ? "exterior" : "interior"))
            writer.start(tag("LinearRing"))
            write(text, as: "posList", to: &writer)
            writer.end()
            writer.end()
        }
        writer.end()
        return true
    }

    private static func write(_ text: String, as local: String, to writer: inout Writer) {
        writer.start(tag(local))
        writer.text(text)
        writer.end()
    }
}
