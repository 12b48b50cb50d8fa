import Record
import Testing

@Suite("A place in the Rijksdriehoek") struct RijksDriehoekTests {
    /// Published with RDNAPTRANS for the check of implementations; the height is left out.
    static let places: [(name: String, x: Double, y: Double, latitude: Double, longitude: Double)] = [
        ("Amersfoort", 155_000, 463_000, 52.155172897, 5.387203657),
        ("Texel", 117_380.12, 575_040.34, 53.160753042, 4.824761912),
        ("Noord-Groningen", 247_380.56, 604_580.78, 53.419482050, 6.776726674),
        ("Zeeuws-Vlaanderen", 16_460.91, 377_380.23, 51.368607152, 3.397588595),
        ("Zuid-Limburg", 182_260.45, 311_480.67, 50.792584916, 5.773795548),
        ("Maasvlakte", 64_640.89, 440_700.01, 51.947393898, 4.072887101),
    ]

    @Test("is within 0.25 m of what is published, both ways", arguments: places)
    func published(_ row: (name: String, x: Double, y: Double, latitude: Double, longitude: Double)) throws {
        let place = RijksDriehoek(x: row.x, y: row.y).position
        let north = (place.latitude - row.latitude) * 111_250
        let east = (place.longitude - row.longitude) * 68_400
        #expect((north * north + east * east).squareRoot() < 0.25, "\(north) m north, \(east) m east")
        let back = try #require(
            RijksDriehoek(Geometry.Position(longitude: row.longitude, latitude: row.latitude)))
        #expect(abs(back.x - row.x) < 0.25 && abs(back.y - row.y) < 0.25, "\(back)")
    }

    @Test("comes back to the same millimetre")
    func back() throws {
        for x in stride(from: 10_000.123, through: 280_000, by: 29_999.877) {
            for y in stride(from: 306_000.456, through: 620_000, by: 31_234.567) {
                let place = RijksDriehoek(x: x, y: y).position
                let written = Geometry(.point, [[place]])
                let read = try #require(Geometry(canonical: written.canonical[...]))
                let back = try #require(RijksDriehoek(read.rings[0][0]))
                #expect(Geometry.text(back.x, 3) == Geometry.text(x, 3))
                #expect(Geometry.text(back.y, 3) == Geometry.text(y, 3))
            }
        }
    }

    @Test("lies in and around the Netherlands only")
    func reach() {
        #expect(!RijksDriehoek(x: 5.38, y: 52.15).isWithinReach)
        #expect(RijksDriehoek(Geometry.Position(longitude: 0, latitude: 0)) == nil)
        #expect(RijksDriehoek(Geometry.Position(longitude: 52.1, latitude: 5.3)) == nil)
    }
}

@Suite("A geometry") struct GeometryTests {
    @Test(
        "is read back from its canonical form",
        arguments: [
            #"{"type":"Point","coordinates":[5.387203657,52.155172897]}"#,
            #"{"type":"LineString","coordinates":[[5,52],[5.1,-0.5]]}"#,
            #"{"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,52]]]}"#,
            #"{"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,52]],[[5.1,52],[5.2,52],[5.2,52.1],[5.1,52]]]}"#,
            #"{"type":"Other"}"#,
        ])
    func canonical(_ text: String) throws {
        let shape = try #require(Geometry(canonical: Array(text.utf8)[...]))
        #expect(String(decoding: shape.canonical, as: UTF8.self) == text)
    }

    @Test("with too few positions, an open ring or a place nowhere is carried by no one")
    func unsound() {
        let here = Geometry.Position(longitude: 5, latitude: 52)
        let there = Geometry.Position(longitude: 500, latitude: 52)
        #expect(Geometry(.point, []).kind == .other)
        #expect(Geometry(.point, [[there]]).kind == .other)
        #expect(Geometry(.line, [[here]]).kind == .other)
        #expect(Geometry(.polygon, [[here, here, here]]).kind == .other)
    }

    @Test("writes a number without an exponent and without zeros behind it")
    func number() {
        #expect(Geometry.text(0.000000001, 9) == "0.000000001")
        #expect(Geometry.text(-5.10, 9) == "-5.1")
        #expect(Geometry.text(-0.0000000001, 9) == "0")
        #expect(Geometry.text(.infinity, 9) == "0")
        #expect(Geometry.text(155_000.1234, 3) == "155000.123")
    }
}
