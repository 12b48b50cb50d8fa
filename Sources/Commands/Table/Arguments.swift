import Service

/// Everything that a command line can say, filled by the options of ``Table`` and nothing else.
struct Arguments: Sendable, Equatable {
    enum Color: String, Sendable, CaseIterable { case auto, always, never }

    /// What is no option, in order.
    var operands: [String] = []

    var help = false
    var color = Color.auto
    var json = false
    /// Nil: looked for; see ``Home``.
    var mappings: String?
    var config: String?

    /// Nil: as the configuration says.
    var data: String?

    var print = false
    var state: String?
    var target: String?
    var code: String?
    var reason: String?
    var limit = 50

    var check = false

    var xsd: [String] = []
    var openapi: String?
    var database: String?
    var entities: [String] = []
    var name: String?
    var out: String?

    var explain = false
    var loss = false
    var zender: String?
    var ontvanger: String?
    var referentienummer: String?
    var tijdstip: String?

    var listen: Configuration.Address?
    var once = false

    var accept: [String] = []
    var junit: String?
}
