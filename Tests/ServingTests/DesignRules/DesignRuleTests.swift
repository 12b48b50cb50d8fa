import HTTP
import Serving
import Testing

@Suite("Of the API Design Rules") struct DesignRuleTests {
    @Test(
        "every one is kept, or kept away from for a reason that is written down", arguments: DesignRules.all)
    func rule(_ rule: DesignRule) throws {
        let shop = try Shop()
        switch rule.proof {
        case .checked(let names):
            for api in DesignRules.apis {
                let findings = try Linter.findings(in: shop.get("/\(api)/api/v1/openapi.json").bytes)
                #expect(findings.filter { names.contains($0.rule) }.isEmpty)
            }
        case .served(let isKept): #expect(try isKept(shop))
        case .made(let reason): #expect(reason.count > 20)
        }
    }

    @Test("none is forgotten")
    func all() {
        #expect(DesignRules.all.count == 36)
        #expect(Set(DesignRules.all.map(\.name)).count == 36)
    }
}
