import Language
import Model
import Resources
import Testing

private let resource: Resource = {
    let text = """
        model m api "/m"
        resource Persoon in personen {
            geboorte datum incomplete  spelled brp
            plek geometrie
            na text(10)
        }
        """
    let models = Models.read([Parser.parse(file: "m.model", bytes: Array(text.utf8)).document]).models
    guard let resource = ResourceLibrary(models).resource("m:Persoon") else {
        preconditionFailure("the model has no mistakes")
    }
    return resource
}()

@Suite("A value that is an object in JSON") struct SpelledValueTests {
    @Test(
        "is read and written again",
        arguments: [
            #"{"geboorte":{"type":"Datum","datum":"1985-03-15","langFormaat":"15 maart 1985"},"na":"x"}"#,
            #"{"geboorte":{"type":"JaarMaandDatum","jaar":1985,"maand":3,"langFormaat":"maart 1985"},"na":"x"}"#,
            #"{"geboorte":{"type":"JaarDatum","jaar":985,"langFormaat":"985"},"na":"x"}"#,
            #"{"geboorte":{"type":"DatumOnbekend","onbekend":true,"langFormaat":"onbekend"},"na":"x"}"#,
            #"{"plek":{"type":"Point","coordinates":[5.38,52.15]},"na":"x"}"#,
            #"{"plek":{"type":"LineString","coordinates":[[5.38,52.15],[5.39,52.15]]},"na":"x"}"#,
            #"{"plek":{"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,52]],[[5.1,52],[5.2,52],[5.2,52.1],[5.1,52]]]},"na":"x"}"#,
            #"{"plek":null,"na":"x"}"#,
        ])
    func both(_ json: String) throws {
        let read = try GraphDocument.read(Array(json.utf8), of: resource.shape)
        #expect(read.unknown.isEmpty)
        #expect(
            String(
                decoding: GraphDocument.write(read.record, of: resource.shape, isPretty: false), as: UTF8.self
            )
                == json)
    }

    @Test("of a shape that is not carried is null on the way out")
    func other() throws {
        let json = #"{"plek":{"type":"MultiPoint","coordinates":[[5,52],[6,52]]},"na":"x"}"#
        let read = try GraphDocument.read(Array(json.utf8), of: resource.shape)
        #expect(
            String(
                decoding: GraphDocument.write(read.record, of: resource.shape, isPretty: false), as: UTF8.self
            )
                == #"{"plek":null,"na":"x"}"#)
    }

    @Test(
        "is refused when it is none",
        arguments: [
            #"{"geboorte":{"type":"Datum","datum":"1985-13-15"}}"#, #"{"geboorte":{"type":"JaarDatum"}}"#,
            #"{"geboorte":{"type":"JaarMaandDatum","jaar":1985,"maand":13}}"#,
            #"{"geboorte":{"datum":{"x":1}}}"#, #"{"geboorte":5}"#, #"{"plek":{}}"#, #"{"plek":"x"}"#,
        ])
    func refused(_ json: String) {
        #expect(throws: ResourcesFailure.self) {
            try GraphDocument.read(Array(json.utf8), of: resource.shape)
        }
    }
}
