internal import Diagnostics
internal import Model
internal import Record

/// What is wrong with one parameter, as the BRP API names it (BRP API Personen 2.7.0, InvalidParam).
enum Fault {
    case required, unexpected, value, pattern, fields, array, boolean, integer, date, text
    case minItems(Int), maxItems(Int), minimum(Int), maximum(Int)

    static func wrongKind(_ type: ValueType) -> Fault {
        switch type {
        case .integer: .integer
        case .datum: .date
        default: .text
        }
    }

    /// One word for programs: letters and digits, at most 25.
    var word: String {
        switch self {
        case .required: "required"
        case .unexpected: "unknownParam"
        case .value: "value"
        case .pattern: "pattern"
        case .fields: "fields"
        case .array: "array"
        case .boolean: "boolean"
        case .integer: "integer"
        case .date: "date"
        case .text: "string"
        case .minItems: "minItems"
        case .maxItems: "maxItems"
        case .minimum: "minimum"
        case .maximum: "maximum"
        }
    }

    /// A sentence of letters, digits, full stops, commas and blanks, at most 80.
    var reason: String {
        switch self {
        case .required: "Parameter is verplicht."
        case .unexpected: "Parameter is niet verwacht."
        case .value: "Waarde is geen geldig zoek type."
        case .pattern: "Waarde voldoet niet aan patroon."
        case .fields: "Parameter bevat een niet bestaande veldnaam."
        case .array: "Parameter is geen array."
        case .boolean: "Waarde is geen boolean."
        case .integer: "Waarde is geen geldig getal."
        case .date: "Waarde is geen geldige datum."
        case .text: "Waarde is geen geldige tekst."
        case .minItems(let least): "Array bevat minder dan \(least) items."
        case .maxItems(let most): "Array bevat meer dan \(most) items."
        case .minimum(let least): "Waarde is lager dan minimum \(least)."
        case .maximum(let most): "Waarde is hoger dan maximum \(most)."
        }
    }
}

/// Everything that is wrong with one request, each parameter once.
struct Faults {
    private(set) var all: [ServingFailure.Parameter] = []

    mutating func add(_ name: String, _ fault: Fault) {
        all.append(ServingFailure.Parameter(name: name, word: fault.word, reason: fault.reason))
    }

    /// A name that is none of ours may be anything, a number of a person included: digits are never said back.
    mutating func unexpected(_ name: String) {
        let shown = name.unicodeScalars.filter { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "." || scalar == "_")
        }
        let text = String(String.UnicodeScalarView(shown).prefix(30))
        add(text.isEmpty ? "parameter" : text, .unexpected)
    }

    var failure: ServingFailure { ServingFailure(.parameterRefused, parameters: all) }
}
