import Foundation
import HTTP
import TestSupport
import Testing
import Threads

@Suite("sluis stub zgw") struct StubTests {
    @Test("serves the types of the shipped catalogue to who knows its secret, and ends when it is told to")
    func serves() throws {
        let folder = try TemporaryFolder()
        let stub = try Running(["--data", "\(folder.path)/data"], verb: ["stub", "zgw"], in: folder)
        let client = try Client()
        defer { client.stop() }
        let answer = try client.call(Request(.get, stub.base + "/catalogi/api/v1/zaaktypen"))
        #expect(answer.status == .forbidden && answer.fields["Content-Type"] == "application/problem+json")
        #expect(stub.stop(.interrupt) == .status(0))
    }

    @Test("listens on no address that others reach, and refuses a catalogue with a mistake")
    func refused() throws {
        let open = try Sluis.run("stub", "zgw", "--listen", "0.0.0.0:8000")
        #expect(open.exit == 2 && open.errors.contains("loopback"))
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/x.catalogue"
        try Data("zaaktypes".utf8).write(to: URL(fileURLWithPath: file))
        let wrong = try Sluis.run("stub", "zgw", file)
        #expect(wrong.exit == 2 && wrong.errors.contains("x.catalogue:1:1"))
    }
}
