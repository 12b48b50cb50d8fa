internal import JSON
internal import Model
internal import Record

extension Writer {
    /// Writes a leaf's value as the API spells its type. The slot has a value.
    mutating func value(_ bytes: ArraySlice<UInt8>, _ precision: Precision, as type: ElementType) {
        switch type.base {
        case .boolean: boolean(bytes.elementsEqual("true".utf8))
        case .integer, .decimal: number(bytes)
        case .datum where type.spelling == .brp: BRPDate.write(bytes, precision, to: &self)
        case .geometrie: GeoJSON.write(bytes, to: &self)
        case .datum where precision == .nothing, .tijdstip where precision == .nothing: noValue(of: type)
        case .datum, .tijdstip: string(bytes.prefix(knownCount(precision, bytes.count)))
        case .text, .duur, .content, .group: string(bytes)
        }
    }

    /// Writes that there is no value: the type's own spelling of empty, or null.
    mutating func noValue(of type: ElementType) {
        if let empty = type.empty { string(empty) } else { null() }
    }

    /// Writes that the value is not known, as the API spells that for the type.
    mutating func unknown(_ type: ElementType) {
        if let unknown = type.unknown {
            string(unknown)
        } else if type.spellsUnknown {
            BRPDate.write([], .nothing, to: &self)
        } else {
            noValue(of: type)
        }
    }

    /// How many bytes of a canonical date or moment are known: never is a made-up day written as a fact.
    private func knownCount(_ precision: Precision, _ count: Int) -> Int {
        switch precision {
        case .full, .minute: count
        case .day: min(10, count)
        case .month: 7
        case .year: 4
        case .nothing: 0
        }
    }
}
