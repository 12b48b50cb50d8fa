import Foundation
import TestSupport
import Testing
import Threads

/// Programs of others that look at what we serve; none of them is needed to build or to run Sluis.
enum OutsideTools {
    /// A folder with `openapi-spec-validator` and `schemathesis`: `bin` of a Python environment in which pip installed
    /// both.
    static let folder = Foundation.ProcessInfo.processInfo.environment["SLUIS_API_TOOLS"] ?? ""
    static let arePresent = ["openapi-spec-validator", "schemathesis"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)")
    }
    static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    /// What is looked at: an API that is asked by GET, and one that is asked with documents.
    static let apis = ["/zaken/api/v1", "/documenten/api/v1", "/catalogi/api/v1", "/haalcentraal/api/brp"]
}

@Suite("The served APIs, looked at with the tools of others", .serialized) struct OutsideToolsTests {
    private let folder: TemporaryFolder
    private let bridge: Bridge

    init() throws {
        folder = try TemporaryFolder()
        bridge = try Bridge(in: folder)
        let bericht = try Bridge.fixture("creeer-zaak/1")
        #expect(try bridge.post(bericht, action: "creeerZaak_Lk01").isBevestiging)
    }

    @Test(
        "are described by valid OpenAPI documents",
        .enabled(
            if: OutsideTools.arePresent,
            "set SLUIS_API_TOOLS to the bin folder of a Python environment with it"),
        arguments: OutsideTools.apis)
    func valid(_ api: String) throws {
        for file in ["openapi.json", "openapi-3.1.json"] {
            let path = "\(folder.path)/\(file)"
            try Data(try bridge.get("\(api)/\(file)").body.utf8).write(to: URL(filePath: path))
            let result = try Sluis.shell("\(OutsideTools.folder)/openapi-spec-validator \(path)")
            #expect(result.exit == 0, "\(api)/\(file): \(result.output)\(result.errors)")
        }
    }

    /// Bounded: so many examples of each operation, always the same ones. NUL is left out, which no URL may hold here;
    /// and what breaks a rule may also be too large, or lack what 412 asks for.
    @Test(
        "do what their descriptions say",
        .enabled(
            if: OutsideTools.arePresent,
            "set SLUIS_API_TOOLS to the bin folder of a Python environment with it"),
        arguments: OutsideTools.apis)
    func agrees(_ api: String) throws {
        let settings = """
            [checks.negative_data_rejection]
            expected-statuses = [400, 404, 405, 406, 412, 413, 414, 415, 431]
            """
        try Data(settings.utf8).write(to: URL(filePath: "\(folder.path)/schemathesis.toml"))
        let result = try Sluis.shell(
            """
            cd \(folder.path) && HOME=\(folder.path) timeout 115 \(OutsideTools.folder)/schemathesis run \
            \(bridge.sluis.base)\(api)/openapi.json --seed 1 --max-examples 5 --max-time 80 --no-color \
            --generation-allow-x00 false --generation-database none --phases examples,coverage,fuzzing \
            --warnings off
            """)
        #expect(result.exit == 0, "\(api): \(result.output.suffix(6000))")
    }

    @Test(
        "have a page that a browser shows",
        .enabled(if: OutsideTools.browser != nil, "no chromium here: apt-get install chromium"),
        arguments: OutsideTools.apis)
    func page(_ api: String) throws {
        let browser = try #require(OutsideTools.browser)
        let result = try Sluis.shell(
            """
            HOME=\(folder.path) timeout 100 \(browser) --headless --no-sandbox --disable-gpu \
            --disable-dev-shm-usage --virtual-time-budget=5000 --enable-logging=stderr --v=0 \
            --user-data-dir=\(folder.path)/browser --dump-dom \(bridge.sluis.base)\(api)/documentatie
            """)
        #expect(result.exit == 0, "\(result.errors.suffix(2000))")
        #expect(result.output.contains("<h1>"), "\(result.output.prefix(500))")
        #expect(result.output.contains("Eigenschappen"))
        // What the page's own policy forbids, and what it fetches in vain, the browser says so.
        #expect(!result.errors.contains("Content Security Policy"), "\(result.errors)")
        #expect(!result.errors.contains("Failed to load resource"), "\(result.errors)")
    }
}
