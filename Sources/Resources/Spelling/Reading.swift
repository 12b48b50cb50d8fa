internal import Diagnostics
internal import JSON
internal import Model
internal import Record

/// What one JSON value means under a type: canonical bytes, or a kind of no value.
enum Meaning {
    case value([UInt8], Precision)
    case none(Standing)
}

extension ElementType {
    /// What a token says as a value of this type.
    ///
    /// - Returns: nil with the code that says what is wrong with it.
    func meaning(of token: Token, in reader: Reader) -> Result<Meaning, SpellingFault> {
        if token.kind == .null { return .success(.none(.null)) }
        switch base {
        case .boolean:
            guard token.kind == .true || token.kind == .false else { return .failure(.type) }
            return .success(.value(Array(token.kind == .true ? "true".utf8 : "false".utf8), .full))
        case .integer, .decimal:
            guard token.kind == .number else { return .failure(.type) }
            let text = reader.text(of: token)
            return canonicalNumber(text).map { .success(.value($0, .full)) } ?? .failure(.spelling)
        case .text, .datum, .tijdstip, .duur:
            guard token.kind == .string else { return .failure(.type) }
            return meaning(of: reader.text(of: token))
        case .content, .group, .geometrie: return .failure(.type)
        }
    }

    /// The canonical bytes of a value that a query gives as text; nil when it is not of this type.
    package func canonical(parameter text: String) -> [UInt8]? {
        switch base {
        case .boolean: return text == "true" || text == "false" ? Array(text.utf8) : nil
        case .integer, .decimal:
            guard let number = Int(text), String(number) == text else { return nil }
            return Array(text.utf8)
        case .content, .group, .geometrie: return nil
        case .text, .datum, .tijdstip, .duur:
            guard enumeration.isEmpty || enumeration.contains(text),
                case .success(.value(let bytes, .full)) = meaning(of: Array(text.utf8)[...])
            else { return nil }
            return bytes
        }
    }

    private func meaning(of text: ArraySlice<UInt8>) -> Result<Meaning, SpellingFault> {
        if let unknown, text.elementsEqual(unknown.utf8) { return .success(.none(.waardeOnbekend)) }
        if text.isEmpty || empty.map({ text.elementsEqual($0.utf8) }) == true {
            return .success(.none(.empty))
        }
        switch base {
        case .datum:
            if spelling == .knownPart { return knownPart(text) }
            return Calendar.isDate(text) ? .success(.value(Array(text), .full)) : .failure(.spelling)
        case .tijdstip:
            if Calendar.isDate(text) { return .success(.value(Array(text), .day)) }
            return Calendar.canonicalMoment(text).map { .success(.value($0, .full)) } ?? .failure(.spelling)
        case .duur:
            return isDuration(text) ? .success(.value(Array(text), .full)) : .failure(.spelling)
        default: return .success(.value(Array(text), .full))
        }
    }

    /// A date of which the rest is unknown: `1965`, `1965-07`.
    private func knownPart(_ text: ArraySlice<UInt8>) -> Result<Meaning, SpellingFault> {
        let (rest, precision): (String, Precision)
        switch text.count {
        case 4: (rest, precision) = ("-01-01", .year)
        case 7: (rest, precision) = ("-01", .month)
        default: (rest, precision) = ("", .full)
        }
        let whole = Array(text) + Array(rest.utf8)
        return Calendar.isDate(whole[...]) ? .success(.value(whole, precision)) : .failure(.spelling)
    }
}

/// Why a value is not what its type asks.
enum SpellingFault: Error {
    case type, spelling

    var code: Code { self == .type ? .propertyTypeWrong : .propertySpellingWrong }
}

/// A JSON number without exponent in canonical form; nil for one with an exponent, or too long to be meant.
private func canonicalNumber(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count <= 40, !text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
    var number = Array(text)
    if number.contains(UInt8(ascii: ".")) {
        while number.last == UInt8(ascii: "0") { number.removeLast() }
        if number.last == UInt8(ascii: ".") { number.removeLast() }
    }
    return number == Array("-0".utf8) ? [UInt8(ascii: "0")] : number
}

/// Whether it is an ISO 8601 duration: `P5D`, `P1Y6M`, `PT12H`.
private func isDuration(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "P"), text.count >= 3 else { return false }
    var units = Array("YMWD".utf8)[...]
    var digits = 0
    var isTime = false
    for byte in text.dropFirst() {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
        case UInt8(ascii: "T") where !isTime && digits == 0:
            isTime = true
            units = Array("HMS".utf8)[...]
        default:
            guard digits > 0, let index = units.firstIndex(of: byte) else { return false }
            units = units[(index + 1)...]
            digits = 0
        }
    }
    return digits == 0 && text.last != UInt8(ascii: "T")
}
