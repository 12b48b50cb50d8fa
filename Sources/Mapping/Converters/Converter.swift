/// A named converter with what it needs; what each does, ``ConverterFact`` says.
enum Converter: Sendable {
    /// At most so many characters: cut, or refused.
    case text(Int, truncates: Bool)
    case take(Int)
    case prefix(String)
    case digits(Int)
    /// At most so many decimals.
    case decimals(Int)
    case days
    /// A complete date or none.
    case dateComplete
    case dateParts
    /// A moment known by its day only gets the first free second of that day.
    case momentFilled
    case join(String)
    case derive(Derivation)
    case codes(CodeTable)

    /// Its line in the list of converters.
    var form: String {
        switch self {
        case .text(_, let truncates): truncates ? "text(n, truncate)" : "text(n)"
        case .take: "take(n)"
        case .prefix: "prefix(\"x\")"
        case .digits: "digits(n)"
        case .decimals: "decimal(n)"
        case .days: "duur(days)"
        case .dateComplete: "datum(complete)"
        case .dateParts: "datum(parts)"
        case .momentFilled: "tijdstip(fill)"
        case .join: "join(\"x\")"
        case .derive: "derive NAME"
        case .codes: "codes NAME"
        }
    }

    /// As a rule writes it.
    var text: String {
        switch self {
        case .text(let count, _), .take(let count), .digits(let count), .decimals(let count):
            form.replacing("(n", with: "(\(count)")
        case .prefix(let text), .join(let text): form.replacing("\"x\"", with: "\"\(text)\"")
        case .derive(let function): "derive \(function.name)"
        case .codes(let table): "codes \(table.name)"
        case .days, .dateComplete, .dateParts, .momentFilled: form
        }
    }
}
