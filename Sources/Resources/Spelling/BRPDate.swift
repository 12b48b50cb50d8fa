internal import JSON
internal import Record

/// A date as Haal Centraal BRP writes it: `{"type": "JaarMaandDatum", "jaar": 1985, "maand": 3, "langFormaat": "maart
/// 1985"}`.
enum BRPDate {
    private static let months = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
        "november", "december",
    ]

    static func write(_ bytes: ArraySlice<UInt8>, _ precision: Precision, to json: inout Writer) {
        let date = precision == .nothing ? nil : Calendar.date(bytes.prefix(10))
        json.startObject()
        guard let date else {
            property("type", "DatumOnbekend", &json)
            json.key("onbekend")
            json.boolean(true)
            property("langFormaat", "onbekend", &json)
            return json.end()
        }
        let month = months[date.month - 1]
        switch precision {
        case .year:
            property("type", "JaarDatum", &json)
            number("jaar", date.year, &json)
            property("langFormaat", "\(date.year)", &json)
        case .month:
            property("type", "JaarMaandDatum", &json)
            number("jaar", date.year, &json)
            number("maand", date.month, &json)
            property("langFormaat", "\(month) \(date.year)", &json)
        default:
            property("type", "Datum", &json)
            json.key("datum")
            json.string(bytes.prefix(10))
            property("langFormaat", "\(date.day) \(month) \(date.year)", &json)
        }
        json.end()
    }

    private static func property(_ name: String, _ value: String, _ json: inout Writer) {
        json.key(name)
        json.string(value)
    }

    private static func number(_ name: String, _ value: Int, _ json: inout Writer) {
        json.key(name)
        json.number(value)
    }

    /// What the properties of such an object say; `type` and `langFormaat` say nothing that the others do not.
    struct Parts {
        private var date: [UInt8]?
        private var year: Int?
        private var month: Int?
        private var isUnknown = false

        /// - Returns: false when the value is none that the property has.
        mutating func take(_ name: String, _ text: ArraySlice<UInt8>, _ kind: Token.Kind) -> Bool {
            switch name {
            case "datum":
                date = Array(text)
                return kind == .string && Calendar.isDate(text)
            case "jaar":
                year = Calendar.number(text)
                return kind == .number && (1...9999).contains(year ?? 0)
            case "maand":
                month = Calendar.number(text)
                return kind == .number && (1...12).contains(month ?? 0)
            case "onbekend":
                isUnknown = kind == .true
                return kind == .true || kind == .false
            default: return kind == .string
            }
        }

        var value: (bytes: [UInt8], precision: Precision)? {
            if let date { return (date, .full) }
            if isUnknown { return (Array("0001-01-01".utf8), .nothing) }
            guard let year else { return nil }
            let digits = String(year)
            let padded = String(repeating: "0", count: 4 - digits.count) + digits
            guard let month else { return (Array("\(padded)-01-01".utf8), .year) }
            return (Array("\(padded)-\(month < 10 ? "0" : "")\(month)-01".utf8), .month)
        }
    }
}
