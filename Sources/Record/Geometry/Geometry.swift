/// A shape on the map: what a leaf of type `geometrie` means, whatever its side writes.
///
/// Coordinates are degrees of ETRS89 (within a metre those of WGS84), longitude first, as GeoJSON has them
/// (RFC 7946 section 3.1.1). The canonical bytes are compact GeoJSON with at most nine decimals, a tenth of a
/// millimetre. A shape that Sluis does not carry is its kind alone, without coordinates.
package struct Geometry: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case point = "Point"
        case line = "LineString"
        case polygon = "Polygon"
        /// Another shape, or one with coordinates that cannot be meant.
        case other = "Other"
    }

    package struct Position: Hashable, Sendable {
        package var longitude: Double
        package var latitude: Double

        package init(longitude: Double, latitude: Double) {
            self.longitude = longitude
            self.latitude = latitude
        }

        /// Whether it is a place on the earth.
        package var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
    }

    package var kind: Kind
    /// One run of positions; of a polygon the outer ring and its holes.
    package var rings: [[Position]]

    /// More positions than this are no shape that a zaak has.
    package static let positionLimit = 20_000

    /// A shape whose positions are enough for its kind, and on the earth; else one of kind `other`.
    package init(_ kind: Kind, _ rings: [[Position]]) {
        let isEnough =
            switch kind {
            case .point: rings.count == 1 && rings[0].count == 1
            case .line: rings.count == 1 && rings[0].count >= 2
            case .polygon: !rings.isEmpty && rings.allSatisfy { $0.count >= 4 && $0.first == $0.last }
            case .other: false
            }
        let isSound = isEnough && rings.allSatisfy { $0.allSatisfy(\.isOnEarth) }
        self.kind = isSound ? kind : .other
        self.rings = isSound ? rings : []
    }

    // MARK: Canonical form

    package var canonical: [UInt8] {
        guard kind != .other else { return Array(#"{"type":"Other"}"#.utf8) }
        var text = #"{"type":"\#(kind.rawValue)","coordinates":"#
        let lists = rings.map { ring in
            ring.map { "[\(Geometry.text($0.longitude, 9)),\(Geometry.text($0.latitude, 9))]" }
                .joined(separator: ",")
        }
        switch kind {
        case .point: text += lists.joined()
        case .line: text += "[\(lists.joined())]"
        case .polygon, .other: text += "[\(lists.map { "[\($0)]" }.joined(separator: ","))]"
        }
        return Array((text + "}").utf8)
    }

    /// How the canonical bytes of each kind begin.
    private static let heads = Kind.allCases.map { kind in
        (kind: kind, bytes: Array(#"{"type":"\#(kind.rawValue)""#.utf8))
    }

    /// The kind of a canonical shape, without a look at its positions; nil when the bytes are none.
    package static func kind(ofCanonical bytes: ArraySlice<UInt8>) -> Kind? {
        heads.first { bytes.starts(with: $0.bytes) }?.kind
    }

    /// Nil when the bytes are not a canonical shape.
    package init?(canonical bytes: ArraySlice<UInt8>) {
        guard let kind = Self.kind(ofCanonical: bytes) else { return nil }
        guard kind != .other else {
            self.init(.other, [])
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.firstRange(of: ":[")?.upperBound else { return nil }
        var rings: [[Position]] = [[]]
        for ring in text[start...].split(separator: "]],[[") {
            let numbers = ring.split(whereSeparator: { "[],}".contains($0) }).map { Double($0) }
            guard numbers.count.isMultiple(of: 2), !numbers.contains(nil) else { return nil }
            let pairs = stride(from: 0, to: numbers.count, by: 2)
            rings.append(
                pairs.map { Position(longitude: numbers[$0] ?? 0, latitude: numbers[$0 + 1] ?? 0) })
        }
        self.init(kind, Array(rings.dropFirst()))
    }

    /// A number with at most so many decimals, without zeros behind the last: never with an exponent.
    package static func text(_ number: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (number * scale).rounded()
        guard scaled.magnitude < 9e17 else { return "0" }
        let digits = String(Int(scaled.magnitude))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let sign = scaled < 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }
}
