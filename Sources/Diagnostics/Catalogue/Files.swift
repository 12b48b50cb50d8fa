/// Codes of model, mapping and route files, found before anything runs.
///
/// M101 to M119: the language that all of them share. M120 to M149: models. M150 to M199: mappings and routes.
extension Code {
    static let files: [Code] = language + models + mappingFiles + routes

    /// What the lexer, the parser and the cursor find, in any file of the language.
    static let language: [Code] = [
        notUTF8, controlCharacter, unexpectedCharacter, stringNotClosed, escapeUnknown, blockNotClosed,
        braceNotOpened, bracketNotClosed, bracketNotOpened, nestedTooDeep, tooManyProblems, fileTooLarge,
        blockWithoutStatement, plainText, expected, leftOver, unknownWord, fileUnreadable,
    ]

    package static let notUTF8 = Code(
        "M101", "notUTF8",
        meaning: "The file, or a line of it, is not UTF-8: another encoding, such as Windows-1252 or UTF-16.",
        remedy: "Save the file as UTF-8.")
    package static let controlCharacter = Code(
        "M102", "controlCharacter",
        meaning: "A character that cannot be seen stands in the file, such as a NUL.",
        remedy: "Remove it; inside a text a line end is written as \\n and a tab as \\t.")
    package static let unexpectedCharacter = Code(
        "M103", "unexpectedCharacter",
        meaning: "A character that has no meaning here. Word processors turn quotes and arrows into such.",
        remedy: "Write plain characters (\" -> <- <->), or put text between \" quotes.")
    package static let stringNotClosed = Code(
        "M104", "stringNotClosed",
        meaning: "A text starts with \" and does not end on the same line.",
        remedy: "Close it with \"; a line end inside a text is written as \\n.")
    package static let escapeUnknown = Code(
        "M105", "escapeUnknown",
        meaning: "Behind a \\ in a text stands a character that means nothing there.",
        remedy: "Use \\\" \\\\ \\n or \\t; a \\ itself is written as \\\\.")
    package static let blockNotClosed = Code(
        "M106", "blockNotClosed",
        meaning: "A block starts with { and the file ends before its }.",
        remedy: "Add the } behind the last statement of the block.")
    package static let braceNotOpened = Code(
        "M107", "braceNotOpened",
        meaning: "A } that closes no block.",
        remedy: "Remove it, or add the { that it should close.")
    package static let bracketNotClosed = Code(
        "M108", "bracketNotClosed",
        meaning: "A ( or [ is not closed before the statement ends.",
        remedy: "Add the ) or ].")
    package static let bracketNotOpened = Code(
        "M109", "bracketNotOpened",
        meaning: "A ) or ] that closes nothing, or closes the other kind of bracket.",
        remedy: "Remove it, or write the kind that was opened.")
    package static let nestedTooDeep = Code(
        "M110", "nestedTooDeep",
        meaning: "Blocks or brackets stand more levels deep inside each other than any rule needs.",
        remedy: "Close blocks earlier, or move the inner ones to a fragment.")
    package static let tooManyProblems = Code(
        "M111", "tooManyProblems",
        meaning: "The file has so many problems that reading on makes no sense.",
        remedy: "Mend the first ones and check again; perhaps it is no text file at all.")
    package static let fileTooLarge = Code(
        "M112", "fileTooLarge",
        meaning: "The file is larger than any file of the language needs to be, and is not read.",
        remedy: "Split it; large code tables belong in a .csv file.")
    package static let blockWithoutStatement = Code(
        "M113", "blockWithoutStatement",
        meaning: "A block stands alone: nothing before its { says what it belongs to.",
        remedy: "Put the { on the line of its statement.")
    package static let plainText = Code(
        "M114", "plainText",
        meaning: "The file has a byte order mark, carriage returns or tabs. It is read all the same.",
        remedy: "Run `sluis format`, which removes them.")
    package static let expected = Code(
        "M115", "expected",
        meaning: "The statement goes on differently from what its first words ask for.",
        remedy: "Write what the text names; the author's guide shows each statement.")
    package static let leftOver = Code(
        "M116", "leftOver",
        meaning: "The statement is complete, and something follows on its line that belongs to nothing.",
        remedy: "Remove it, or start a new line.")
    package static let unknownWord = Code(
        "M117", "unknownWord",
        meaning: "A word stands where only certain words can, and it is none of them.",
        remedy: "Use one of the words that the text names.")
    package static let fileUnreadable = Code(
        "M119", "fileUnreadable",
        meaning: "A file or folder that was named does not exist, or may not be read.",
        remedy: "Check how it is spelled, from which folder the command runs, and its rights.")
}
