import Language
import Model
import Record
import StUF
import Testing
import XML

/// A zaak with a place, and nothing else.
private let places: Forms = {
    XML.initialise()
    let text = """
        model zkn0310 stuf "http://www.egem.nl/StUF/sector/zkn/0310" as ZKN
        entity ZAK key identificatie {
            identificatie text(40) kern
            lokatie geometrie
            na text(10)
        }
        """
    return Forms(Models.read([Parser.parse(file: "m.model", bytes: Array(text.utf8)).document]).models)
}()

private func shape(_ gml: String) throws -> String? {
    let text = lk01(
        zaak(
            """
            <ZKN:identificatie>1</ZKN:identificatie>\
            <ZKN:lokatie xmlns:GML="http://www.opengis.net/gml">\(gml)</ZKN:lokatie><ZKN:na>x</ZKN:na>
            """))
    let bericht = try BerichtReader.read(
        Array(text.utf8), places, soapAction: nil, hash: hash, contents: MemoryContents())
    guard case .kennisgeving(let kennisgeving) = bericht.inhoud else { return nil }
    #expect(kennisgeving.change.text(2) == "x", "what comes behind a shape is read")
    return kennisgeving.change.text(1) ?? "\(kennisgeving.change.slot(1).standing)"
}

@Suite("A shape in StUF") struct ShapeTests {
    @Test(
        "means a place in degrees, whatever its system and the order of its axes",
        arguments: [
            (
                "<GML:Point srsName=\"http://www.opengis.net/def/crs/EPSG/0/4326\"><GML:pos>5.1 52.1</GML:pos></GML:Point>",
                #"{"type":"Point","coordinates":[5.1,52.1]}"#
            ),
            (
                "<GML:Point srsName=\"urn:ogc:def:crs:EPSG::4258\"><GML:pos>52.1 5.1</GML:pos></GML:Point>",
                #"{"type":"Point","coordinates":[5.1,52.1]}"#
            ),
            (
                """
                <GML:Polygon srsName="EPSG:4326"><GML:exterior><GML:LinearRing>
                <GML:pos>5 52</GML:pos><GML:pos>6 52</GML:pos><GML:pos>6 53</GML:pos><GML:pos>5 52</GML:pos>
                </GML:LinearRing></GML:exterior></GML:Polygon>
                """,
                #"{"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,52]]]}"#
            ),
            (
                "<GML:LineString srsName=\"EPSG:4326\"><GML:posList>5 52 6 53</GML:posList></GML:LineString>",
                #"{"type":"LineString","coordinates":[[5,52],[6,53]]}"#
            ),
            (
                "<GML:LineString srsName=\"EPSG:4326\"><GML:coordinates>5,52 6,53</GML:coordinates></GML:LineString>",
                #"{"type":"LineString","coordinates":[[5,52],[6,53]]}"#
            ),
            ("<GML:Point><GML:pos>5 52</GML:pos></GML:Point>", #"{"type":"Other"}"#),
            ("<GML:Point><GML:pos>1 2 3</GML:pos></GML:Point>", #"{"type":"Other"}"#),
            ("<GML:MultiPoint><GML:pos>1 2</GML:pos></GML:MultiPoint>", #"{"type":"Other"}"#),
            ("", "empty"),
        ])
    func read(_ gml: String, _ canonical: String) throws {
        #expect(try shape(gml) == canonical)
    }

    @Test("in the Rijksdriehoek is written to the millimetre as it was read")
    func written() throws {
        let read = try #require(
            try shape("<GML:Point><GML:pos>155000.123 463000.4567</GML:pos></GML:Point>"))
        let entity = try #require(places.models.entity("zkn0310:ZAK"))
        let form = try #require(places.form(of: entity))
        var record = Record(form.layout)
        record.set(1, to: read)
        let bytes = try BerichtWriter(envelope: .bare).kennisgeving(
            record, form: form,
            stuurgegevens: Stuurgegevens(
                .lk01, zender: Stuurgegevens.Systeem(applicatie: "A"),
                ontvanger: Stuurgegevens.Systeem(applicatie: "B"),
                referentienummer: "1", tijdstipBericht: "20240102093016000", entiteittype: "ZAK"),
            mutatiesoort: .toevoeging
        ) { _ in [] }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.contains(
                "<gml:Point xmlns:gml=\"http://www.opengis.net/gml\" srsName=\"urn:ogc:def:crs:EPSG::28992\">"
                    + "<gml:pos>155000.123 463000.457</gml:pos></gml:Point>"))
    }
}
