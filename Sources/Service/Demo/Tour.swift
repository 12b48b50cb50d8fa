/// What the demo shows: shipped cases posted as an old application would, each with what must come back.
///
/// The tour is data; ``Demo`` walks it. Every stop that does not end as it says makes the demo fail.
enum Tour {
    struct Stop: Sendable {
        /// For the reader, a sentence.
        var says: String
        /// The folder of the case below `fixtures/zds11`.
        var fixture: String
        /// For each request of the case in turn: the status, and a text that the answer holds.
        var answers: [Expected]
        /// What the API shows afterwards.
        var shows: Shown?
    }

    struct Expected: Sendable {
        var status: Int
        var holds: String
    }

    struct Shown: Sendable {
        var path: String
        /// A text that the JSON holds.
        var holds: String
    }

    static let stops: [Stop] = [
        Stop(
            says: "An old application sends a zaak; it is stored, answered, lifted and served",
            fixture: "creeer-zaak", answers: [Expected(status: 200, holds: "Bv03")],
            shows: Shown(path: zaak("1900000001"), holds: "\"count\": 1")),
        Stop(
            says: "It sends the same bericht twice: the same answer, and still one zaak",
            fixture: "duplicate",
            answers: [Expected(status: 200, holds: "Bv03"), Expected(status: 200, holds: "Bv03")],
            shows: Shown(path: zaak("1900000012"), holds: "\"count\": 1")),
        Stop(
            says: "It sends other content under a referentienummer it has used: refused",
            fixture: "other-content",
            answers: [Expected(status: 200, holds: "Bv03"), Expected(status: 500, holds: "StUF016")],
            shows: nil),
        Stop(
            says: "It changes a zaak, old and new in one bericht; then it asks for it",
            fixture: "update-was-and-wordt",
            answers: [
                Expected(status: 200, holds: "Bv03"), Expected(status: 200, holds: "Bv03"),
                Expected(status: 200, holds: "La01"),
            ],
            shows: Shown(path: zaak("1900000003"), holds: "\"count\": 1")),
        Stop(
            says: "It asks for some elements of a zaak: what has no value says why",
            fixture: "vraag-with-scope",
            answers: [Expected(status: 200, holds: "Bv03"), Expected(status: 200, holds: "La01")],
            shows: nil),
        Stop(
            says: "It sends a date that does not exist: refused, with the place and no value",
            fixture: "impossible-date", answers: [Expected(status: 500, holds: "StUF055")], shows: nil),
    ]

    private static func zaak(_ identificatie: String) -> String {
        "/zaken/api/v1/zaken?identificatie=\(identificatie)"
    }
}
