import Diagnostics
import Testing

@Suite("The catalogue of codes") struct CatalogueTests {
    @Test("never gives one number to two codes")
    func numbersAreUnique() {
        let numbers = Catalogue.all.map(\.number)
        #expect(Set(numbers).count == numbers.count)
    }

    @Test("says for each code what it means and what to do")
    func everyCodeIsExplained() {
        for code in Catalogue.all {
            #expect(!code.meaning.isEmpty && !code.remedy.isEmpty, "\(code)")
        }
    }
}

@Suite("A finding") struct FindingTests {
    @Test("sorts by place and appears once")
    func order() {
        let first = SourceLocation(file: "a.map", line: 2, column: 9)
        let second = SourceLocation(file: "a.map", line: 10, column: 1)
        #expect(first < second)
    }
}
