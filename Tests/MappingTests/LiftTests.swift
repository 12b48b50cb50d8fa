import Diagnostics
import Mapping
import Model
import Record
import Testing

let gemeente = Context(
    zender: .init(organisatie: "1900", applicatie: "GWS4all"), ontvangen: "2020-05-07T05:56:03Z", isNew: true)
let change = Context(
    zender: .init(organisatie: "1900", applicatie: "GWS4all"), ontvangen: "2020-05-07T05:56:03Z", isNew: false
)

@Suite("A rule") struct RuleTests {
    @Test(
        "carries a value and every kind of no value both ways",
        arguments: Standing.allCases.filter { $0 != .value })
    func standings(_ standing: Standing) throws {
        let mapping = try #require(SmallModels.mapping("naam <-> naam").mapping)
        var legacy = try RecordText.record(mapping.legacy, "nummer = 12345")
        legacy.set(try #require(mapping.legacyLayout.node("naam")), to: standing)
        let lifted = try mapping.lift(legacy, context: change).record
        let naam = try #require(mapping.apiLayout.node("naam"))
        #expect(lifted.slot(naam).standing == (standing == .notSent ? .absent : standing))
        let lowered = try mapping.lower(lifted, context: change).record
        #expect(lowered == legacy || standing == .notSent)
    }
}
