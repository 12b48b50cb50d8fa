import Replay
import Testing

@Suite("The plain form of a result") struct PlainFormTests {
    @Test("of JSON is indented, its keys in order, its values as they were")
    func json() {
        let json = #"{"b":[1.50,{"d":null,"c":"é\u0001\/"}],"a":{},"A":[],"t":true}"#
        let expected = """
            {
              "A": [],
              "a": {},
              "b": [
                1.50,
                {
                  "c": "é\\u0001/",
                  "d": null
                }
              ],
              "t": true
            }

            """
        #expect(PlainForm.json(Array(json.utf8)) == expected)
        #expect(PlainForm.json(Array(expected.utf8)) == expected)
        #expect(PlainForm.json(Array("no json".utf8)) == "no json")
    }

    @Test("of XML has a line for each element, and text stays on it")
    func xml() {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?><a x="1>2"><b>tekst  &lt; meer</b><c/><d><e></e></d> <!-- z --></a>
            """
        let expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <a x="1>2">
              <b>tekst  &lt; meer</b>
              <c/>
              <d>
                <e></e>
              </d>
              <!-- z -->
            </a>

            """
        #expect(PlainForm.xml(Array(xml.utf8)) == expected)
        #expect(PlainForm.xml(Array(expected.utf8)) == expected)
        #expect(PlainForm.xml([]) == "\n")
        #expect(PlainForm.xml(Array("<a".utf8)) == "<a\n")
    }

    @Test("numbers UUIDs by first appearance, the same over all files of a case")
    func uuids() {
        var renaming = Renaming()
        let one = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
        let two = "00000000-0000-4000-8000-00000000000a"
        let text = "a-b \(one)/\(two) \(one.uppercased()) 12345678-1234-1234-1234-12345678901x é-é"
        #expect(
            renaming.apply(to: text)
                == "a-b 00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002 "
                + "00000000-0000-4000-8000-000000000001 12345678-1234-1234-1234-12345678901x é-é")
        #expect(renaming.apply(to: two) == "00000000-0000-4000-8000-000000000002")
    }

    @Test("names a mapping file the same wherever it lies, and without a line")
    func places() {
        let text = "M201 at /usr/share/sluis/mappings/zds/zaak.map:14:1: x mappings/a.map:2:33, b.map:x"
        #expect(
            PlainForm.rulePlaces(text, folder: "/usr/share/sluis/mappings")
                == "M201 at mappings/zds/zaak.map: x mappings/a.map:, b.map:x")
    }
}
