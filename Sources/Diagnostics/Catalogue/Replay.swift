/// Codes of replaying fixtures.
extension Code {
    static let replay: [Code] = [
        fixtureUnreadable, fixtureIncomplete, fixtureUnknown, acceptRefused, fixtureNotWritten,
        replayStalled,
    ]

    package static let fixtureUnreadable = Code(
        "R001", "fixtureUnreadable",
        meaning: "A file or folder of the fixtures does not exist or cannot be read.",
        remedy: "Check how it is spelled and its rights.")
    package static let fixtureIncomplete = Code(
        "R002", "fixtureIncomplete",
        meaning:
            "The files of a case do not make a case: a number is left out, twice there, or a header is no header.",
        remedy:
            "Name the requests 1-request.xml, 2-request.xml and so on; `fixtures/README.md` shows the files.")
    package static let fixtureUnknown = Code(
        "R003", "fixtureUnknown", meaning: "There is no case with the name that is to be accepted.",
        remedy: "Name it as `sluis replay` does: `source/what-it-shows`.")
    package static let acceptRefused = Code(
        "R004", "acceptRefused",
        meaning: "A new result is accepted by a person who looked at it, and CI is set here.",
        remedy: "Run `sluis replay --accept` on your own machine and commit what it wrote.")
    package static let fixtureNotWritten = Code(
        "R005", "fixtureNotWritten", meaning: "The files of a case cannot be written.",
        remedy: "Check the rights of its folder, and whether the disk is full.")
    package static let replayStalled = Code(
        "R006", "replayStalled",
        meaning: "A request of a case was not answered, or its result cannot be read back.",
        remedy: "This is a fault of Sluis: report it with the case.")
}
