import Language
import Model
import Record
import TestSupport
import Testing

private let shippedFiles = SourceFiles.find(".model", in: [shippedFolder]).files

@Suite("A damaged model") struct DamagedModelTests {
    @Test("gives findings or a model, and never ends the process", arguments: Seed.series(40))
    func damaged(_ seed: Seed) {
        var random = seed.generator
        let words = [
            "like", "relation", "*", "{", "}", "(", ")", "text(", "enum", "child", "by", "\"", ",", "\n",
            "..",
        ]
        let documents = shippedFiles.map { file in
            var scalars = SourceFiles.bytes(of: file) ?? []
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = Int.random(in: 0..<scalars.count, using: &random)
                if Bool.random(using: &random) {
                    scalars.remove(at: place)
                } else {
                    scalars.insert(
                        contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: place)
                }
            }
            return Parser.parse(file: file, bytes: scalars).document
        }
        let (models, findings) = Models.read(documents)
        #expect(models.all.count + findings.count > 0)
        for model in models.all {
            for entity in model.entities { #expect(entity.layout.nodes.count >= entity.elements.count) }
        }
    }
}
