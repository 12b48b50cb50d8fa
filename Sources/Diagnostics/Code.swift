/// A stable, searchable name for one kind of problem, with what it means and what to do about it.
///
/// Codes can only be made in this room's `Catalogue` folder, one file per range, so that `sluis explain CODE`
/// knows every code that any room can report. A number is never reused; one that is no longer given stays
/// listed with `meaning: "No longer used."`.
///
/// Ranges: `C` configuration and command line, `X` XML, `J` JSON, `H` HTTP, `S` StUF, `M1xx` model, mapping and
/// route files, `M2xx` mapping a bericht or document, `P` Postgres, `L` ledger, `A` API, `D` delivery,
/// `R` replay, `B` tables of copy databases, `T` the operating system (threads, sockets, files, processes).
package struct Code: Hashable, Sendable, CustomStringConvertible {
    /// For example `M202`.
    package let number: String
    /// One word in camel case that says what is wrong: `dateIncomplete`.
    package let name: String
    /// What happened, in one or two sentences for the person who reads it.
    package let meaning: String
    /// What that person can do.
    package let remedy: String

    init(_ number: String, _ name: String, meaning: String, remedy: String) {
        self.number = number
        self.name = name
        self.meaning = meaning
        self.remedy = remedy
    }

    package var description: String { "\(number) \(name)" }

    package static func == (left: Self, right: Self) -> Bool { left.number == right.number }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

/// Every code that exists, in the order of their numbers.
package enum Catalogue {
    package static let all: [Code] =
        (Code.configuration + Code.keys + Code.xml + Code.json + Code.http + Code.stuf + Code.files
        + Code.modelImport + Code.mapping + Code.postgres + Code.ledger + Code.api + Code.serving
        + Code.calling + Code.plans + Code.stubs
        + Code.delivery + Code.replay + Code.system + Code.tables)
        .sorted { $0.number < $1.number }

    /// The code with that number, whatever the case it is written in; nil when there is none.
    package static func code(_ number: String) -> Code? {
        all.first { $0.number == number.uppercased() }
    }
}
