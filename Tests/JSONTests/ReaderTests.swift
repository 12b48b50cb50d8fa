import Diagnostics
import JSON
import Testing

/// Reads a document and writes it again.
func rewritten(_ bytes: [UInt8], isPretty: Bool = false, limits: Limits = Limits()) throws(JSONFailure)
    -> String
{
    var reader = Reader(bytes, limits: limits)
    var writer = Writer(isPretty: isPretty)
    while true {
        let token = try reader.next()
        switch token.kind {
        case .objectStart: writer.startObject()
        case .arrayStart: writer.startArray()
        case .objectEnd, .arrayEnd: writer.end()
        case .key: writer.key(reader.text(of: token))
        case .string: writer.string(reader.text(of: token))
        case .number: writer.number(reader.text(of: token))
        case .true: writer.boolean(true)
        case .false: writer.boolean(false)
        case .null: writer.null()
        case .end: return String(decoding: writer.bytes, as: UTF8.self)
        }
    }
}

func refusal(_ bytes: [UInt8]) -> JSONFailure? {
    do throws(JSONFailure) {
        _ = try rewritten(bytes)
        return nil
    } catch {
        return error
    }
}

@Suite("A reader of JSON") struct ReaderTests {
    @Test(
        "and a writer give back what was read",
        arguments: [
            #"{}"#, #"[]"#, #"null"#, #""""#, #"{"a":{"b":[1,-0,1.5e-10,true,false,null,"x"]},"c":[[],{}]}"#,
            #"[123456789012345678901234567890.0010]"#, #"{"é":"ü \" \\ \n \u0001 😀"}"#,
        ])
    func rewrites(_ text: String) throws {
        #expect(try rewritten(Array(text.utf8)) == text)
    }

    @Test("knows what escapes mean")
    func escapes() throws {
        let text = #"["\u00e9\ud83d\ude00\/\"\\\b\f\n\r\tz"]"#
        var reader = Reader(Array(text.utf8))
        _ = try reader.next()
        let token = try reader.next()
        #expect(String(decoding: reader.text(of: token), as: UTF8.self) == "é😀/\"\\\u{8}\u{C}\n\r\tz")
    }

    @Test("passes over a value of any shape")
    func skips() throws {
        var reader = Reader(Array(#"{"a":{"b":[1,{"c":2}]},"d":[],"e":1}"#.utf8))
        _ = try reader.next()
        var keys: [String] = []
        while true {
            let token = try reader.next()
            guard token.kind == .key else { break }
            keys.append(String(decoding: reader.text(of: token), as: UTF8.self))
            try reader.skipValue()
        }
        #expect(keys == ["a", "d", "e"])
        #expect(try reader.next().kind == .end)
        #expect(try reader.next().kind == .end)
    }
}

/// A document that must be refused; prints as its name.
struct Bomb: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var code: Code

    init(_ name: String, _ text: String, _ code: Code) { self.init(name, Array(text.utf8), code) }

    init(_ name: String, _ bytes: [UInt8], _ code: Code) {
        self.name = name
        self.bytes = bytes
        self.code = code
    }

    var testDescription: String { name }
}

@Suite("A hostile document") struct HostileDocumentTests {
    static let bombs: [Bomb] = [
        Bomb("nothing", "", .jsonTruncated), Bomb("space", " \n", .jsonTruncated),
        Bomb("an open object", "{", .jsonTruncated), Bomb("half a key", #"{"a"#, .jsonTruncated),
        Bomb("half a word", "tru", .jsonTruncated), Bomb("half a number", "-", .jsonTruncated),
        Bomb("half an escape", #""\u12"#, .jsonTruncated),
        Bomb("a trailing comma", "[1,]", .jsonMalformed),
        Bomb("a comma in an object", #"{"a":1,}"#, .jsonMalformed),
        Bomb("no comma", "[1 2]", .jsonMalformed), Bomb("a bracket too many", "[1}", .jsonMalformed),
        Bomb("a leading zero", "[01]", .jsonMalformed), Bomb("a bare fraction", "[1.]", .jsonMalformed),
        Bomb("a plus", "[+1]", .jsonMalformed), Bomb("NaN", "[NaN]", .jsonMalformed),
        Bomb("a comment", "/* */ 1", .jsonMalformed), Bomb("single quotes", "['a']", .jsonMalformed),
        Bomb("a key without quotes", "{a:1}", .jsonMalformed),
        Bomb("a number as key", "{1:1}", .jsonMalformed),
        Bomb("a line feed in a string", "[\"a\nb\"]", .jsonMalformed),
        Bomb("an unknown escape", #"["\x"]"#, .jsonMalformed),
        Bomb("half a pair", #"["\ud83d"]"#, .jsonEncoding),
        Bomb("a pair turned round", #"["\ude00\ud83d"]"#, .jsonEncoding),
        Bomb("a NUL", #"["\u0000"]"#, .jsonEncoding),
        Bomb("a byte that is no UTF-8", [0x22, 0xFF, 0x22], .jsonEncoding),
        Bomb("an overlong form", [0x22, 0xC0, 0x80, 0x22], .jsonEncoding),
        Bomb("a surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22], .jsonEncoding),
        Bomb("half a sequence", [0x22, 0xE2, 0x82], .jsonEncoding),
        Bomb("a byte order mark", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], .jsonMalformed),
        Bomb("a key twice", #"{"a":1,"b":{"a":1},"a":2}"#, .jsonDuplicateKey),
        Bomb("a key twice, once escaped", #"{"a":1,"\u0061":2}"#, .jsonDuplicateKey),
        Bomb(
            "a key twice among 100 000", "{" + (0..<100_000).map { #""k\#($0)":1,"# }.joined() + #""k7":1}"#,
            .jsonDuplicateKey),
        Bomb("100 000 deep", String(repeating: "[", count: 100_000), .jsonTooDeep),
        Bomb("100 000 objects deep", String(repeating: #"{"a":"#, count: 100_000), .jsonTooDeep),
        Bomb("two documents", "{}{}", .jsonBehindEnd),
    ]

    @Test("is refused with its code", arguments: bombs)
    func refused(_ bomb: Bomb) {
        let code = refusal(bomb.bytes)?.code
        #expect(code == bomb.code)
    }

    @Test("cut off anywhere is refused, and with one byte changed never does harm")
    func changed() {
        let bytes = Array(#"{"a":[1.5e3,"é\u00e9\ud83d\ude00",true,null],"b":{}}"#.utf8)
        for count in 0..<bytes.count {
            #expect(refusal(Array(bytes[..<count])) != nil)
        }
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = bytes
                changed[index] = byte
                _ = refusal(changed)
            }
        }
    }

    @Test("over the limit of size is refused before it is read")
    func size() {
        var limits = Limits()
        limits.byteCount = 3
        let failure = #expect(throws: JSONFailure.self) { try rewritten(Array("[1,2]".utf8), limits: limits) }
        #expect(failure?.code == .jsonTooLarge)
    }

    @Test("is named by line and column")
    func place() {
        #expect(refusal(Array("{\n  \"é\": x}".utf8))?.place == "line 2, column 8")
    }
}

@Suite("A writer of JSON") struct WriterTests {
    @Test("indents with two spaces and keeps empty things on one line")
    func pretty() throws {
        let text = """
            {
              "a": [
                1,
                {
                  "b": "x"
                }
              ],
              "c": {},
              "d": []
            }

            """
        #expect(try rewritten(Array(text.utf8), isPretty: true) == text)
    }
}
