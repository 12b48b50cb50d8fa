/// What people know of how an API is asked and answers, beyond what its resources look like.
package struct ServedFacts: Sendable, Equatable {
    /// The version of the standard that its model describes: `1.5.1`.
    package var version: String?
    /// Names of properties that an answer holds without being asked for, wherever something beside them is.
    package var automatic: [String] = []
    /// Paths of groups that are asked as a whole only.
    package var wholes: [String] = []
    package var ages: [Age] = []
    /// By which properties the lists of a resource can be put in order: `zaken:Zaak`, `startdatum`.
    package var orders: [String: [String]] = [:]
    /// What it is asked by documents of its own; an API that has these has no GET.
    package var questions: [APIQuestion] = []

    /// A number of years that is true only at the moment of the answer, so that it is never stored.
    package struct Age: Sendable, Equatable {
        /// The property: `leeftijd`.
        package var name: String
        /// The date that it counts from.
        package var since: String
        /// What ends it: then there is none.
        package var unless: [String]

        package init(name: String, since: String, unless: [String]) {
            self.name = name
            self.since = since
            self.unless = unless
        }
    }

    package init() {}

    /// Whether it is only asked by POST, so that nothing of a person stands in a URL.
    package var isAskedByPost: Bool { !questions.isEmpty }

    /// The questions that are asked about a resource.
    package func questions(about resource: String) -> [APIQuestion] {
        questions.filter { $0.resource == resource }
    }
}

/// One kind of question that an API is asked by a document: `ZoekMetPostcodeEnHuisnummer`.
package struct APIQuestion: Sendable, Equatable {
    /// The value of its property `type`.
    package var name: String
    /// What it is about: `brp:Persoon`.
    package var resource: String
    /// Name of the part of the resource that it answers with; nil: the whole.
    package var excerpt: String?
    /// Paths that can be asked for; nil: all.
    package var answers: [String]?
    /// More than so many found is refused.
    package var limit: Int?
    package var parameters: [Parameter]

    package struct Parameter: Sendable, Equatable {
        /// How its value is compared with the property.
        package enum Use: Sendable, Equatable {
            case equals
            /// Whatever the case and the marks on letters; `*` at an end stands for anything.
            case like
            /// A boolean: only with `true` is found what has that value there.
            case includes(String)
        }

        package var name: String
        /// The property: `geboorte.datum`.
        package var path: String
        package var use: Use
        package var isRequired: Bool
        package var isList: Bool
        /// Of a list: at most so many values.
        package var limit: Int?
        /// A regular expression that a text meets.
        package var pattern: String?

        package init(
            name: String, path: String, use: Use, isRequired: Bool, isList: Bool, limit: Int?,
            pattern: String?
        ) {
            self.name = name
            self.path = path
            self.use = use
            self.isRequired = isRequired
            self.isList = isList
            self.limit = limit
            self.pattern = pattern
        }
    }

    package init(
        name: String, resource: String, excerpt: String?, answers: [String]?, limit: Int?,
        parameters: [Parameter]
    ) {
        self.name = name
        self.resource = resource
        self.excerpt = excerpt
        self.answers = answers
        self.limit = limit
        self.parameters = parameters
    }
}
