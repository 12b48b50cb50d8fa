// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built with these. Warnings become errors only where `SLUIS_STRICT=1` is set
/// (`deploy/test` does), so that a newer compiler's opinion never breaks `deploy/try`.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (Context.environment["SLUIS_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : [])

/// A room: one target of `Sources/`, and the rooms below it that it may speak to. Arrows point down only;
/// `Sources/Service/Service.docc/Architecture.md` explains each room.
func room(_ name: String, _ below: [String] = [], exclude: [String] = []) -> Target {
    .target(
        name: name, dependencies: below.map { .byName(name: $0) }, exclude: exclude, swiftSettings: strict)
}

/// The tests of one room, written as its specification.
func tests(_ name: String, _ rooms: [String]) -> Target {
    .testTarget(
        name: name, dependencies: (rooms + ["TestSupport"]).map { .byName(name: $0) }, swiftSettings: strict)
}

/// A C library from Debian.
func library(_ name: String, pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// Programs for libFuzzer (`Tests/Fuzzing/run`): only there with `SLUIS_FUZZ=1`, since they have no `main` of their own.
func fuzz(_ name: String, _ folder: String, _ rooms: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: rooms.map { .byName(name: $0) }, path: "Tests/Fuzzing/\(folder)",
        swiftSettings: strict)
}

let fuzzing: [Target] =
    Context.environment["SLUIS_FUZZ"] == "1"
    ? [
        fuzz("fuzz-http", "FuzzHTTP", ["HTTP", "Diagnostics"]), fuzz("fuzz-json", "FuzzJSON", ["JSON"]),
        fuzz("fuzz-stuf", "FuzzStUF", ["StUF", "XML", "Crypto", "Model", "Diagnostics"]),
        fuzz("fuzz-mtom", "FuzzMTOM", ["Intake", "Ledger", "StUF", "Crypto", "Threads", "Diagnostics"]),
    ] : []

let package = Package(
    name: "sluis",
    products: [
        .executable(name: "sluis", targets: ["sluis"])
    ],
    targets: fuzzing + [
        // C libraries; each is imported by exactly one room.
        library("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        library("CLibPQ", pkgConfig: "libpq", apt: "libpq-dev"),
        library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        library("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
        .systemLibrary(name: "CLinux"),

        // Foundations.
        room("Diagnostics"),
        room("Telemetry", ["Threads", "Diagnostics"]),
        room("Threads", ["CLinux", "Diagnostics"]),
        room("Crypto", ["COpenSSL", "Diagnostics"]),
        room("XML", ["CLibXML2", "Threads", "Diagnostics"]),
        room("JSON", ["Diagnostics"]),
        room("Postgres", ["CLibPQ", "Threads", "Telemetry", "Diagnostics"]),
        room("HTTP", ["CCurl", "Threads", "Telemetry", "Diagnostics"]),

        // Calls of other APIs: identities, roots, what an answer means.
        room("Calling", ["HTTP", "JSON", "Crypto", "Threads", "Diagnostics"]),

        // Meaning: the language, what a side looks like, values, correspondences.
        room("Language", ["Diagnostics"]),
        room("Record", ["Diagnostics"]),
        room("Model", ["Language", "Record", "Diagnostics"]),
        room("Mapping", ["Model", "Language", "Record", "Diagnostics"]),
        // Models from schemas, API documents and databases; used by the command line alone.
        room("ModelImport", ["Model", "Language", "Record", "XML", "JSON", "Postgres", "Diagnostics"]),

        // Forms: bericht, JSON resource and row, to and from Record. No I/O.
        room("StUF", ["XML", "Crypto", "Mapping", "Model", "Record", "Diagnostics"]),
        room("Resources", ["JSON", "Crypto", "Mapping", "Model", "Record", "Diagnostics"]),

        room("Tables", ["JSON", "Postgres", "Mapping", "Model", "Record", "Diagnostics"]),

        // What makes a crash harmless.
        room("Ledger", ["Postgres", "Crypto", "Threads", "Telemetry", "Record", "Diagnostics"]),

        // Flows: what goes out, what is asked, what comes in.
        room(
            "Delivery",
            [
                "Calling", "HTTP", "Ledger", "Resources", "Mapping", "Model", "Record", "JSON", "XML",
                "Threads",
                "Telemetry", "Crypto", "Diagnostics",
            ]),
        room(
            "Serving",
            [
                "Calling", "HTTP", "Ledger", "Resources", "Mapping", "Model", "Record", "JSON", "Threads",
                "Telemetry",
                "Crypto", "Diagnostics",
            ]),
        room(
            "Intake",
            [
                "HTTP", "Ledger", "StUF", "Resources", "Mapping", "Model", "Record", "Threads", "Telemetry",
                "Crypto", "Diagnostics",
            ]),

        // Strict stand-ins for other systems, for trying, tests and benches.
        room(
            "Stubs",
            [
                "Calling", "HTTP", "Postgres", "JSON", "Language", "Crypto", "Threads", "Telemetry",
                "Diagnostics",
            ]),

        // Assembly and the command line.
        room(
            "Service",
            [
                "Intake", "Serving", "Delivery", "Calling", "Ledger", "StUF", "Resources", "Mapping", "Model",
                "Record", "Language", "HTTP", "Postgres", "JSON", "XML", "Crypto", "Threads", "Telemetry",
                "Diagnostics",
            ]),
        room(
            "Replay",
            [
                "Service", "Intake", "Serving", "Delivery", "Ledger", "StUF", "Tables", "Resources",
                "Mapping", "Model", "Record", "Language", "HTTP", "JSON", "XML", "Crypto", "Threads",
                "Telemetry", "Diagnostics",
            ]),
        room(
            "Commands",
            [
                "Replay", "Stubs", "Service", "Intake", "Serving", "Delivery", "Ledger", "StUF",
                "Tables", "Resources",
                "ModelImport", "Mapping",
                "Model", "Record", "Language", "HTTP", "Postgres", "JSON", "XML", "Crypto", "Threads",
                "Telemetry", "Diagnostics",
            ]),
        .executableTarget(
            name: "sluis", dependencies: ["Commands"], swiftSettings: strict),
        .executableTarget(
            name: "bench",
            dependencies: [
                "Service", "Intake", "Delivery", "Serving", "Ledger", "StUF", "Resources", "Mapping", "Model",
                "Language", "Record", "HTTP", "Postgres", "JSON", "XML", "Crypto", "Threads", "Telemetry",
                "Diagnostics",
            ],
            exclude: ["Baselines"],
            swiftSettings: strict),

        // Tests. `TestSupport` is shared by them and is no product.
        .target(
            name: "TestSupport", dependencies: ["Diagnostics", "Threads", "Postgres"],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("TelemetryTests", ["Telemetry", "Threads", "Diagnostics"]),
        tests("ThreadsTests", ["Threads", "Diagnostics"]),
        tests("CryptoTests", ["Crypto", "Diagnostics"]),
        tests("XMLTests", ["XML", "Diagnostics"]),
        tests("JSONTests", ["JSON", "Diagnostics"]),
        tests("PostgresTests", ["Postgres", "Threads", "Telemetry", "Diagnostics", "cluster-keeper"]),
        // A process that can be killed, or run as another user, with its private cluster.
        .executableTarget(
            name: "cluster-keeper", dependencies: ["Postgres", "Threads", "Diagnostics"],
            path: "Tests/ClusterKeeper", swiftSettings: strict),
        tests("HTTPTests", ["HTTP", "Threads", "Telemetry", "Diagnostics"]),
        tests("CallingTests", ["Calling", "HTTP", "JSON", "Crypto", "Threads", "Telemetry", "Diagnostics"]),
        tests("LanguageTests", ["Language", "Diagnostics"]),
        tests("RecordTests", ["Record", "Diagnostics"]),
        tests("ModelTests", ["Model", "Language", "Record", "XML", "Diagnostics"]),
        tests(
            "ModelImportTests",
            ["ModelImport", "Model", "Language", "Record", "XML", "JSON", "Postgres", "Diagnostics"]),
        tests("MappingTests", ["Mapping", "Model", "Language", "Record", "Diagnostics"]),
        tests(
            "StUFTests", ["StUF", "XML", "Crypto", "Mapping", "Model", "Language", "Record", "Diagnostics"]),
        tests(
            "ResourcesTests",
            ["Resources", "JSON", "Crypto", "Mapping", "Model", "Language", "Record", "Diagnostics"]),
        tests(
            "TablesTests",
            ["Tables", "JSON", "Postgres", "Mapping", "Model", "Language", "Record", "Diagnostics"]),
        tests(
            "LedgerTests", ["Ledger", "Postgres", "Crypto", "Threads", "Telemetry", "Record", "Diagnostics"]),
        tests(
            "DeliveryTests",
            [
                "Delivery", "Ledger", "Resources", "Mapping", "Model", "Language", "Record", "Threads",
                "Telemetry",
                "Crypto", "Diagnostics",
            ]),
        tests(
            "ServingTests",
            [
                "Serving", "Delivery", "HTTP", "Ledger", "Resources", "Mapping", "Model", "Language",
                "Record",
                "JSON", "Threads", "Telemetry", "Crypto", "Diagnostics",
            ]),
        tests(
            "IntakeTests",
            [
                "Intake", "Delivery", "Serving", "Ledger", "Postgres", "StUF", "Resources", "Mapping",
                "Model", "Language", "Record", "HTTP", "Threads", "Telemetry", "Crypto", "Diagnostics",
            ]),
        tests(
            "ServiceTests",
            [
                "Service", "Stubs", "Calling", "Delivery", "Intake", "HTTP", "Ledger", "Postgres", "Record",
                "JSON", "Threads", "Telemetry", "Crypto", "Diagnostics",
            ]),
        tests("ReplayTests", ["Replay", "Intake", "JSON", "Threads", "Diagnostics"]),
        tests(
            "StubsTests",
            ["Stubs", "Calling", "HTTP", "Postgres", "JSON", "Crypto", "Threads", "Telemetry", "Diagnostics"]),
        tests("KillTests", ["HTTP", "Postgres", "Threads", "sluis"]),
        tests("CommandsTests", ["Commands", "HTTP", "Postgres", "Threads", "Diagnostics"]),
    ]
)
