/// Codes of the stand-ins; they share the range of the APIs.
extension Code {
    package static let stubRefuses = Code(
        "A391", "stubRefuses",
        meaning: "A stand-in refuses what was sent, as the system it stands for would.",
        remedy: "The answer names what is wrong; what it goes by is observed of Open Zaak 1.30.")

    static let stubs: [Code] = [stubRefuses]
}
