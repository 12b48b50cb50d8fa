import StUF
import TestSupport
import Testing

@Suite("A bericht that is damaged") struct HostileBerichtTests {
    static let pair = soap(
        lk01(
            zaak("<ZKN:identificatie>1</ZKN:identificatie>", soort: "W")
                + zaak(
                    "<ZKN:identificatie>1</ZKN:identificatie><ZKN:startdatum>20200309</ZKN:startdatum>"
                        + "<ZKN:heeft><ZKN:datumStatusGezet>20200309080104</ZKN:datumStatusGezet></ZKN:heeft>",
                    soort: "W"), mutatiesoort: "W"))

    @Test("never does harm, wherever it is cut off")
    func truncated() {
        let bytes = Array(Self.pair.utf8)
        for count in stride(from: 0, to: bytes.count, by: 3) {
            let text = String(decoding: bytes[..<count], as: UTF8.self)
            #expect(refusal(text) != nil)
        }
    }

    @Test("never does harm, whatever bytes are changed", arguments: Seed.series(40))
    func changed(_ seed: Seed) throws {
        var random = seed.generator
        for _ in 0..<40 {
            let bytes = damaged(Array(Self.pair.utf8), &random)
            var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
            do throws(StUFFailure) {
                try reader.feed(bytes[...])
                _ = try reader.finish()
            } catch {
                let code = reader.header.refusal
                let reply = BerichtWriter(envelope: reader.header.envelope).fout(
                    Fout(error, as: code), as: code, to: reader.header, identity: identity)
                #expect(reply.status >= 400)
            }
        }
    }

    /// One to four times: a byte changed, a mark put in, a piece taken out or said twice.
    private func damaged(_ whole: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(index + Int.random(in: 1...40, using: &random), bytes.count)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[index] = [0x3C, 0x3E, 0x26, 0x22, 0x2F].randomElement(using: &random) ?? 0
            case 2 where end - index < bytes.count: bytes.removeSubrange(index..<end)
            default:
                bytes.insert(
                    contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
        return bytes
    }
}
