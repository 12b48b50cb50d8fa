internal import Record

/// `StUF:verwerkingssoort`: one letter (StUF 03.01 section 5.2.3).
enum Verwerkingssoort {
    private static let letters: [(letter: UInt8, soort: Marks.Verwerkingssoort)] = [
        (UInt8(ascii: "T"), .toevoegen), (UInt8(ascii: "W"), .wijzigen), (UInt8(ascii: "V"), .verwijderen),
        (UInt8(ascii: "I"), .identificatie), (UInt8(ascii: "E"), .beeindigen),
        (UInt8(ascii: "R"), .vervangen),
        (UInt8(ascii: "S"), .sleutelwijziging), (UInt8(ascii: "O"), .ontdubbeling),
    ]

    /// - Returns: nil for anything else.
    static func read(_ text: ArraySlice<UInt8>) -> Marks.Verwerkingssoort? {
        guard text.count == 1 else { return nil }
        return letters.first { $0.letter == text.first }?.soort
    }

    static func write(_ soort: Marks.Verwerkingssoort) -> UInt8? {
        letters.first { $0.soort == soort }?.letter
    }
}
