/// One setting, declared once: reading the file, `sluis config --print` and the reference come from ``all``.
package struct Setting: Sendable {
    /// What its value looks like.
    package enum Kind: Sendable, Equatable {
        case text, address, yesNo
        /// A zone that this machine knows.
        case zone
        /// A whole number of at least the given one.
        case count(atLeast: Int)
        /// A whole number within bounds.
        case number(ClosedRange<Int>)
        /// `16 KB`, `100 MB`, `2 GB`; binary multiples.
        case size
        /// `500 ms`, `8 s`, `5 min`.
        case duration
        /// `from file "…"` or `from environment "NAME"`.
        case secret
        /// May be given more than once.
        case texts

        /// Whether the value stands between quotes.
        var isQuoted: Bool { [.text, .texts, .address, .zone].contains(self) }

        /// For messages and the reference.
        package var form: String {
            switch self {
            case .text: "\"text\""
            case .zone: "\"Area/Place\""
            case .address: "\"address:port\""
            case .yesNo: "yes | no"
            case .count(let least): "a number, at least \(least)"
            case .number(let bounds): "a number from \(bounds.lowerBound) to \(bounds.upperBound)"
            case .size: "a number and KB, MB or GB"
            case .duration: "a number and ms, s or min"
            case .secret: "from file \"path\" | from environment \"NAME\""
            case .texts: "\"text\", may be repeated"
            }
        }
    }

    package let key: String
    package let kind: Kind
    /// One sentence for the reference.
    package let sentence: String
    /// Its values in a configuration, without quotes and secrets as `***`; none when it is not set.
    package let values: @Sendable (Configuration) -> [String]
    /// Takes a value of its kind; nil, or what is wrong with it.
    let apply: @Sendable (SettingValue, inout Configuration) -> String?

    /// All settings, in the order of the reference.
    package static let all: [Setting] = listening + storing + working + limits

    private static let listening = [
        Setting(
            "listen", .address, "Where Sluis listens; other than loopback only behind a trusted proxy.",
            \.listen, write: \.description, read: { $0.address }),
        Setting(
            "public-base", .text, "The base of every URL that is served, when a proxy stands in front.",
            optional: \.publicBase, write: \.self, read: { $0.text }),
        Setting(
            "contact-name", .text, "Who looks after the served APIs, as their OpenAPI documents name them.",
            \.contactName, write: \.self, read: { $0.text }),
        Setting(
            "contact-url", .text, "Where they are found.",
            \.contactURL, write: \.self, read: { $0.text }),
        Setting(
            "contact-email", .text, "How they are written to.",
            \.contactEmail, write: \.self, read: { $0.text }),
        Setting(
            "requires-crs", .yesNo,
            "Whether a question about zaken without `Accept-Crs` is answered 412, as the ZGW standard has it.",
            \.requiresCrs, write: { $0 ? "yes" : "no" }, read: { $0.flag }),
    ]

    private static let storing = [
        Setting(
            "data", .text, "The data folder: the private cluster and the keys of the keyed hashes.",
            optional: \.data, write: \.self, read: { $0.text }),
        Setting(
            "database", .secret, "Connection string of the Postgres to use instead of the private cluster.",
            optional: \.database, write: \.description, read: { $0.text.map(Secret.init) }),
        Setting(
            "production", .yesNo, "Refuses the private cluster and code tables with test entries.",
            \.isProduction, write: { $0 ? "yes" : "no" }, read: { $0.flag }),
        Setting(
            "mappings", .texts, "A folder with models, mappings and routes, instead of the shipped ones.",
            values: \.mappings,
            apply: { value, configuration in
                guard let text = value.text else { return "a folder between quotes is expected" }
                configuration.mappings.append(text)
                return nil
            }),
        Setting(
            "schemas", .text,
            "A folder with the official schemas, in one of its own for each service (zds11), for routes that check.",
            optional: \.schemas, write: \.self, read: { $0.text }),
        Setting(
            "zone", .zone, "The time zone of StUF tijdstippen, which carry none.",
            \.zone, write: \.self, read: { $0.text }),
        Setting(
            "tenant", .text, "The municipality this process serves: first part of every key in the ledger.",
            \.tenant, write: \.self, read: { $0.text }),
    ]

    private static let working = [
        Setting(
            "loops", .count(atLeast: 1),
            "How many threads serve connections; one for each processor when not set.",
            optional: \.loops, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "workers", .count(atLeast: 1), "How many deliveries run side by side.",
            \.workers, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "drain", .duration, "How long requests and deliveries under way may still take at a stop.",
            \.drain, write: spelled, read: { $0.duration }),
        Setting(
            "read-your-writes", .duration, "How long a question waits for what was written before it.",
            \.readYourWrites, write: spelled, read: { $0.duration }),
    ]

}

extension Setting {
    init(
        _ key: String, _ kind: Kind, _ sentence: String,
        values: @escaping @Sendable (Configuration) -> [String],
        apply: @escaping @Sendable (SettingValue, inout Configuration) -> String?
    ) {
        self.key = key
        self.kind = kind
        self.sentence = sentence
        self.values = values
        self.apply = apply
    }

    /// A setting that always has a value.
    init<Value: Sendable>(
        _ key: String, _ kind: Kind, _ sentence: String,
        _ path: any WritableKeyPath<Configuration, Value> & Sendable,
        write: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (SettingValue) -> Value?
    ) {
        self.init(
            key, kind, sentence, values: { [write($0[keyPath: path])] },
            apply: { value, configuration in
                guard let read = read(value) else { return "\(kind.form) is expected" }
                configuration[keyPath: path] = read
                return nil
            })
    }

    /// A setting that may be left open.
    init<Value: Sendable>(
        _ key: String, _ kind: Kind, _ sentence: String,
        optional path: any WritableKeyPath<Configuration, Value?> & Sendable,
        write: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (SettingValue) -> Value?
    ) {
        self.init(
            key, kind, sentence, values: { $0[keyPath: path].map { [write($0)] } ?? [] },
            apply: { value, configuration in
                guard let read = read(value) else { return "\(kind.form) is expected" }
                configuration[keyPath: path] = read
                return nil
            })
    }
}

/// A size as it is written: in the largest unit that divides it.
@Sendable func spelled(_ byteCount: Int) -> String {
    for (unit, size) in SettingValue.sizes.reversed() where byteCount % size == 0 {
        return "\(byteCount / size) \(unit)"
    }
    return "\(byteCount)"
}

/// A duration as it is written: in whole seconds where it has them.
@Sendable func spelled(_ duration: Duration) -> String {
    let parts = duration.components
    return parts.attoseconds == 0
        ? "\(parts.seconds) s" : "\(parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000) ms"
}
