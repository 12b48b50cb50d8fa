extension Setting {
    /// What is taken from outside, and how long is waited for it; `deploy/README.md` has them in a table.
    package static let limits = connecting + sending + reading

    private static let connecting = [
        Setting(
            "connections", .count(atLeast: 1),
            "How many connections are open at once; one more is answered 503.",
            \.connections, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "connections-per-address", .count(atLeast: 1),
            "How many of them may come from one address; one more is answered 503.",
            \.connectionsPerAddress, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "idle-timeout", .duration,
            "How long a connection may be open without a request; then it is closed.",
            \.idleTimeout, write: spelled, read: { $0.duration }),
        Setting(
            "write-timeout", .duration,
            "How long the other side may take nothing of an answer; then the connection is closed.",
            \.writeTimeout, write: spelled, read: { $0.duration }),
    ]

    private static let sending = [
        Setting(
            "head-limit", .size, "The largest request line and headers; larger is answered 431.",
            \.headLimit, write: spelled, read: { $0.number }),
        Setting(
            "fields-limit", .count(atLeast: 10), "How many headers a request has; more is answered 431.",
            \.fieldsLimit, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "target-limit", .size, "The longest path with query; longer is answered 414.",
            \.targetLimit, write: spelled, read: { $0.number }),
        Setting(
            "head-timeout", .duration,
            "How long a request line with headers may take to arrive; then it is answered 408.",
            \.headTimeout, write: spelled, read: { $0.duration }),
        Setting(
            "body-limit", .size, "The largest body; larger is answered 413.",
            \.bodyLimit, write: spelled, read: { $0.number }),
        Setting(
            "body-timeout", .duration, "How long a body may stand still; then it is answered 408.",
            \.bodyTimeout, write: spelled, read: { $0.duration }),
        Setting(
            "body-time", .duration,
            "How long a whole body may take, but for the time in which we do not read; then it is answered 408.",
            \.bodyTime, write: spelled, read: { $0.duration }),
    ]

    private static let reading = [
        Setting(
            "xml-depth", .number(10...1000), "Elements within elements of a bericht; deeper is refused.",
            \.xmlDepth, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "xml-attributes", .number(16...10_000), "Attributes of one element; more is refused.",
            \.xmlAttributes, write: { "\($0)" }, read: { $0.number }),
        Setting(
            "xml-silence", .size,
            "What may go by of a bericht without an element or text, as one huge tag does; more is refused.",
            \.xmlSilence, write: spelled, read: { $0.number }),
        Setting(
            "question-limit", .size, "The largest JSON document that asks an API; larger is answered 413.",
            \.questionLimit, write: spelled, read: { $0.number }),
        Setting(
            "json-depth", .number(3...100),
            "Objects and lists within each other in such a document; deeper is answered 400.",
            \.jsonDepth, write: { "\($0)" }, read: { $0.number }),
    ]
}
