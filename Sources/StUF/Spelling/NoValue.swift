internal import Record

/// `StUF:noValue`: why there is no value (StUF 03.01 section 3.4).
enum NoValue {
    private static let words: [(standing: Standing, word: String)] = [
        (.geenWaarde, "geenWaarde"), (.waardeOnbekend, "waardeOnbekend"),
        (.nietOndersteund, "nietOndersteund"), (.nietGeautoriseerd, "nietGeautoriseerd"),
        (.vastgesteldOnbekend, "vastgesteldOnbekend"),
    ]

    /// - Returns: nil for a word that the standard does not know.
    static func read(_ text: ArraySlice<UInt8>) -> Standing? {
        words.first { text.elementsEqual($0.word.utf8) }?.standing
    }

    /// Empty and null have no word of their own; both say that there is nothing.
    static func write(_ standing: Standing) -> String? {
        standing.clears ? "geenWaarde" : words.first { $0.standing == standing }?.word
    }
}
