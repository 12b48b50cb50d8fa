internal import JSON
internal import Record

/// Shapes as GeoJSON (RFC 7946) in degrees, longitude first.
enum GeoJSON {
    static func write(_ canonical: ArraySlice<UInt8>, to json: inout Writer) {
        guard let shape = Geometry(canonical: canonical), shape.kind != .other else { return json.null() }
        json.startObject()
        json.key("type")
        json.string(shape.kind.rawValue)
        json.key("coordinates")
        switch shape.kind {
        case .point: shape.rings[0].forEach { write($0, &json) }
        case .line: write(shape.rings[0], &json)
        case .polygon, .other:
            json.startArray()
            for ring in shape.rings { write(ring, &json) }
            json.end()
        }
        json.end()
    }

    private static func write(_ ring: [Geometry.Position], _ json: inout Writer) {
        json.startArray()
        for position in ring { write(position, &json) }
        json.end()
    }

    private static func write(_ position: Geometry.Position, _ json: inout Writer) {
        json.startArray()
        for number in [position.longitude, position.latitude] {
            json.number(Array(Geometry.text(number, 9).utf8)[...])
        }
        json.end()
    }

    /// Reads the tokens of a shape, behind its `{`.
    struct Reader {
        private var depth = 0
        private var key = ""
        private var kind: Geometry.Kind?
        private var rings: [[Geometry.Position]] = []
        private var numbers: [Double] = []
        private var count = 0
        private var isUnfit = false

        /// - Returns: whether the shape has ended.
        mutating func take(_ token: Token, _ text: ArraySlice<UInt8>) -> Bool {
            switch token.kind {
            case .key where depth == 0: key = String(decoding: text.prefix(40), as: UTF8.self)
            case .string where depth == 0 && key == "type":
                kind = Geometry.Kind(rawValue: String(decoding: text.prefix(40), as: UTF8.self)) ?? .other
            case .objectStart, .arrayStart:
                depth += 1
                if token.kind == .arrayStart, key == "coordinates" { open() }
            case .objectEnd, .arrayEnd:
                if depth == 0 { return true }
                if token.kind == .arrayEnd, key == "coordinates" { close() }
                depth -= 1
            case .number where key == "coordinates":
                numbers.append(Double(String(decoding: text.prefix(40), as: UTF8.self)) ?? 999)
            case .end: return true
            default: break
            }
            return false
        }

        /// A ring begins at the depth above its positions.
        private mutating func open() {
            numbers = []
            if depth == ringDepth || rings.isEmpty { rings.append([]) }
        }

        private var ringDepth: Int { kind == .polygon || kind == nil ? 2 : 1 }

        private mutating func close() {
            guard numbers.count >= 2 else { return }
            count += 1
            isUnfit = isUnfit || count > Geometry.positionLimit || numbers.count > 3
            if !isUnfit, !rings.isEmpty {
                rings[rings.count - 1].append(
                    Geometry.Position(longitude: numbers[0], latitude: numbers[1]))
            }
            numbers = []
        }

        /// Nil when there was no type.
        var geometry: Geometry? {
            guard let kind else { return nil }
            return isUnfit ? Geometry(.other, []) : Geometry(kind, rings.filter { !$0.isEmpty })
        }
    }
}
