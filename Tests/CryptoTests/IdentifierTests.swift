import Crypto
import Testing

@Suite("An identifier") struct IdentifierTests {
    @Test("is derived the same each time, and differs by seed and by ordinal")
    func derived() {
        let seed: [UInt8] = [1, 2, 3]
        let first = UUID.derived(seed: seed, ordinal: 0)
        #expect(first == UUID.derived(seed: seed, ordinal: 0))
        #expect(first.description == "3b394711-05aa-4155-8544-96a4deef9acb")
        let many = Set((0..<1000).map { UUID.derived(seed: seed, ordinal: $0) })
        #expect(many.count == 1000)
        #expect(!many.contains(UUID.derived(seed: [1, 2], ordinal: 0)))
    }

    @Test("has the shape of version 4, derived or random")
    func shape() {
        for identifier in [UUID.random(), UUID.derived(seed: [], ordinal: -1)] {
            let text = Array(identifier.description)
            #expect(text.count == 36)
            #expect(text[14] == "4")
            #expect("89ab".contains(text[19]))
            #expect([8, 13, 18, 23].allSatisfy { text[$0] == "-" })
        }
    }

    @Test("goes to text and back, in either case")
    func text() {
        let identifier = UUID.random()
        #expect(UUID(identifier.description) == identifier)
        #expect(UUID(identifier.description.uppercased()) == identifier)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "5a", "zaf20d8a-7dbf-41bc-af7e-45b50ca42cd3", "5af20d8a-7dbf-41bc-af7e-45b50ca42cd",
            "5af20d8a07dbf041bc0af7e045b50ca42cd3", "5af20d8a-7dbf-41bc-af7e-45b50ca42cd30",
            "5af20d8a-7dbf-41bc-af7e-45b50ca42c--",
        ])
    func refused(_ text: String) {
        #expect(UUID(text) == nil)
    }

    @Test("made at random never comes twice")
    func random() {
        #expect(Set((0..<1000).map { _ in UUID.random() }).count == 1000)
        #expect(randomBytes(0).isEmpty)
        #expect(randomBytes(100).count == 100)
    }
}
