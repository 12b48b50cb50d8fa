import Testing
import Threads

@Suite("The limit on open files") struct OpenFilesTests {
    @Test("is raised to the most that the system allows")
    func raising() {
        OpenFiles.raiseLimit()
        #expect(OpenFiles.most > 0)
        #expect(OpenFiles.limitInForce == OpenFiles.most)
    }
}
