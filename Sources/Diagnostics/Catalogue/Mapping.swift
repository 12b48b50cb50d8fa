/// Codes of mapping one bericht or document.
extension Code {
    static let mapping: [Code] = [
        valueMissing, dateIncomplete, textTooLong, codeUnknown, notDigits, choiceUndecided,
        itemUnclaimed, valueMalformed, prefixMissing, textTooShort, decimalsUnfit, durationUnfit,
        shapeUnfit, madeElsewhere,
    ]

    package static let valueMissing = Code(
        "M201", "valueMissing",
        meaning: "A value that a rule marks `must` or `key` is not there, or is said to have no value.",
        remedy: "Have the sender fill it, or give the rule an alternative (`a | b`).")
    package static let dateIncomplete = Code(
        "M202", "dateIncomplete",
        meaning: "A date or moment is known in part, and the other side needs all of it.",
        remedy: "Have the sender complete it, or write `as datum(complete) else omit` or `as tijdstip(fill)`."
    )
    package static let textTooLong = Code(
        "M203", "textTooLong",
        meaning: "A text is longer than the other side can hold.",
        remedy: "Shorten it at the sender, or write `as text(n, truncate)`.")
    package static let codeUnknown = Code(
        "M204", "codeUnknown",
        meaning: "A value is in no pair of the rule's table of codes.",
        remedy: "Correct it at the sender, add the value to the table, or write `else omit`.")
    package static let notDigits = Code(
        "M205", "notDigits",
        meaning: "A value that must consist of digits holds something else, or more digits than fit.",
        remedy: "Correct it at the sender.")
    package static let choiceUndecided = Code(
        "M206", "choiceUndecided",
        meaning: "No branch of a choice holds for what was said.",
        remedy: "Correct it at the sender, add a branch, or write `else omit`.")
    package static let itemUnclaimed = Code(
        "M207", "itemUnclaimed",
        meaning:
            "An item of a collection is selected by none of the rules on that collection, and is left out.",
        remedy: "Add a rule whose selection holds for it, when it should travel.")
    package static let valueMalformed = Code(
        "M208", "valueMalformed",
        meaning: "A value is not what its type asks for, so that it cannot be converted.",
        remedy:
            "Report it: the form that read it should have refused it; parts of a date (`datum(parts)`) are the "
            + "sender's to correct.")
    package static let prefixMissing = Code(
        "M209", "prefixMissing",
        meaning: "A value does not begin with the text that `as prefix` takes off.",
        remedy: "Correct it at the sender, or write `else omit`.")
    package static let textTooShort = Code(
        "M210", "textTooShort",
        meaning: "A text has fewer characters than `as take` takes of it.",
        remedy: "Correct it at the sender, or write `else omit`.")
    package static let decimalsUnfit = Code(
        "M211", "decimalsUnfit",
        meaning: "A value is no number, or has more decimals than the rule allows; it is never rounded.",
        remedy: "Correct it at the sender, allow more decimals, or write `else omit`.")
    package static let shapeUnfit = Code(
        "M213", "shapeUnfit",
        meaning:
            "A geometry is no point, line or polygon, has a height, an unknown reference system, or coordinates that "
            + "lie nowhere.",
        remedy: "Have the sender simplify it, or write `else omit`.")
    package static let madeElsewhere = Code(
        "M214", "madeElsewhere",
        meaning:
            "What a rule makes would be read by another rule, or by none, on its way back: the item or the branch is "
            + "left out.",
        remedy: "Have the source fill what the rule's selection or branch asks for.")
    package static let durationUnfit = Code(
        "M212", "durationUnfit",
        meaning: "A duration is no whole number of days, which is all that the other side can hold.",
        remedy: "Correct it at the source, or write `else omit`.")
}
