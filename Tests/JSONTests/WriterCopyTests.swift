import JSON
import Testing

@Suite("A document that is copied") struct WriterCopyTests {
    @Test("keeps every value, and takes the form of the writer")
    func layout() throws {
        let compact = #"{"a":[1.50,true,null,"é\n"],"b":{},"c":[]}"#
        var reader = Reader(Array(compact.utf8))
        var writer = Writer(isPretty: true)
        try writer.copy(&reader)
        var again = Reader(writer.bytes)
        var back = Writer()
        try back.copy(&again)
        #expect(String(decoding: back.bytes, as: UTF8.self) == compact)
        #expect(String(decoding: writer.bytes, as: UTF8.self).hasPrefix("{\n  \"a\": [\n    1.50,"))
    }

    @Test("stops at the end of the value, and at what is malformed")
    func parts() throws {
        var reader = Reader(Array(#"{"a": {"b": 1}, "c": 2}"#.utf8))
        _ = try reader.next()
        _ = try reader.next()
        var writer = Writer()
        try writer.copy(&reader)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"b":1}"#)
        var broken = Reader(Array("[1,".utf8))
        #expect(throws: JSONFailure.self) { try writer.copy(&broken) }
    }
}
