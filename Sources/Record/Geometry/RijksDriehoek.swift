private import Glibc

/// Coordinates of the Rijksdriehoek (EPSG:28992), and the way to ETRS89 degrees (EPSG:4258) and back.
///
/// The double stereographic projection on the Bessel ellipsoid and the similarity transformation of RDNAPTRANS, without
/// its correction grid: within 0.25 m of the official result everywhere on land (the grid's largest correction), and back
/// to the same millimetre.
package struct RijksDriehoek: Hashable, Sendable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether the projection is meant for it: the Netherlands and their part of the North Sea.
    package var isWithinReach: Bool {
        (-100_000.0...400_000).contains(x) && (200_000.0...900_000).contains(y)
    }

    // MARK: The projection

    private static let bessel = Ellipsoid(a: 6_377_397.155, inverseFlattening: 299.152_812_8)
    private static let grs80 = Ellipsoid(a: 6_378_137, inverseFlattening: 298.257_222_101)

    /// What follows from the projection's centre, Amersfoort (52° 9\u{2032} 22.178\u{2033} N, 5° 23\u{2032} 15.5\u{2033} E on Bessel).
    private struct Centre {
        let latitude = radians(52 + 9.0 / 60 + 22.178 / 3600)
        let longitude = radians(5 + 23.0 / 60 + 15.5 / 3600)
        let n, m, sphere, latitudeOnSphere: Double
        /// Twice the scale times the radius of the sphere.
        let reach: Double

        init() {
            let (e2, a) = (bessel.e2, bessel.a)
            let sine = sin(latitude)
            let cosine = cos(latitude)
            let w = sqrt(1 - e2 * sine * sine)
            n = sqrt(1 + e2 * pow(cosine, 4) / (1 - e2))
            sphere = sqrt(a / w * a * (1 - e2) / (w * w * w))
            latitudeOnSphere = asin(sine / n)
            m = log(tan(.pi / 4 + latitudeOnSphere / 2)) - n * bessel.isometric(latitude)
            reach = 2 * 0.999_907_9 * sphere
        }
    }

    private static let centre = Centre()
    private static let (falseX, falseY) = (155_000.0, 463_000.0)

    /// Degrees of ETRS89.
    package var position: Geometry.Position {
        let c = Self.centre
        let (dx, dy) = (x - Self.falseX, y - Self.falseY)
        let r = hypot(dx, dy)
        var geodetic = (latitude: c.latitude, longitude: c.longitude)
        if r > 1e-9 {
            let psi = 2 * atan(r / c.reach)
            let sine = dy / r * cos(c.latitudeOnSphere) * sin(psi) + sin(c.latitudeOnSphere) * cos(psi)
            let latitude = asin(sine)
            geodetic.longitude = asin(dx / r * sin(psi) / cos(latitude)) / c.n + c.longitude
            let w = log(tan(latitude / 2 + .pi / 4))
            geodetic.latitude = Self.bessel.latitude(isometric: (w - c.m) / c.n)
        }
        let point = Self.bessel.point(geodetic.latitude, geodetic.longitude, height: 0)
        let found = Self.grs80.geodetic(Similarity.toETRS89.apply(point))
        return Geometry.Position(
            longitude: degrees(found.longitude), latitude: degrees(found.latitude))
    }

    /// Nil where the projection means nothing.
    package init?(_ position: Geometry.Position) {
        guard (1.0...10).contains(position.longitude), (49.0...57).contains(position.latitude) else {
            return nil
        }
        // The height of ETRS89 above Bessel, about the same all over the country.
        let point = Self.grs80.point(
            radians(position.latitude), radians(position.longitude), height: 43)
        let geodetic = Self.bessel.geodetic(Similarity.toETRS89.reverse(point))
        let c = Self.centre
        let w = c.n * Self.bessel.isometric(geodetic.latitude) + c.m
        let latitude = 2 * atan(exp(w)) - .pi / 2
        let turn = c.n * (geodetic.longitude - c.longitude)
        let half =
            pow(sin((latitude - c.latitudeOnSphere) / 2), 2)
            + pow(sin(turn / 2), 2) * cos(latitude) * cos(c.latitudeOnSphere)
        let (sine, cosine) = (sqrt(half), sqrt(1 - half))
        guard sine > 1e-12 else {
            self.init(x: Self.falseX, y: Self.falseY)
            return
        }
        let r = c.reach * sine / cosine
        let east = sin(turn) * cos(latitude) / (2 * sine * cosine)
        let north =
            (sin(latitude) - sin(c.latitudeOnSphere) + 2 * sin(c.latitudeOnSphere) * half)
            / (2 * cos(c.latitudeOnSphere) * sine * cosine)
        self.init(x: r * east + Self.falseX, y: r * north + Self.falseY)
    }
}

private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
private func degrees(_ radians: Double) -> Double { radians * 180 / .pi }

private struct Point {
    var x, y, z: Double
}

/// A figure of the earth.
private struct Ellipsoid {
    let a, e2, e: Double

    init(a: Double, inverseFlattening: Double) {
        let f = 1 / inverseFlattening
        self.a = a
        e2 = f * (2 - f)
        e = sqrt(e2)
    }

    func isometric(_ latitude: Double) -> Double {
        let s = e * sin(latitude)
        return log(tan(.pi / 4 + latitude / 2)) - e / 2 * log((1 + s) / (1 - s))
    }

    func latitude(isometric q: Double) -> Double {
        var latitude = 2 * atan(exp(q)) - .pi / 2
        for _ in 0..<8 {
            let s = e * sin(latitude)
            latitude = 2 * atan(exp(q + e / 2 * log((1 + s) / (1 - s)))) - .pi / 2
        }
        return latitude
    }

    func point(_ latitude: Double, _ longitude: Double, height: Double) -> Point {
        let n = a / sqrt(1 - e2 * pow(sin(latitude), 2))
        let r = (n + height) * cos(latitude)
        return Point(x: r * cos(longitude), y: r * sin(longitude), z: (n * (1 - e2) + height) * sin(latitude))
    }

    func geodetic(_ point: Point) -> (latitude: Double, longitude: Double) {
        let r = hypot(point.x, point.y)
        var latitude = atan2(point.z, r * (1 - e2))
        for _ in 0..<8 {
            let n = a / sqrt(1 - e2 * pow(sin(latitude), 2))
            latitude = atan2(point.z + e2 * n * sin(latitude), r)
        }
        return (latitude, atan2(point.y, point.x))
    }
}

/// A shift, a turn and a scale between two systems of three axes.
private struct Similarity {
    let shift: Point
    let turn: Point
    let scale: Double

    /// From Bessel to ETRS89, the parameters of EPSG:15934 (RDNAPTRANS2004 and 2008), position vector.
    static let toETRS89 = Similarity(
        shift: Point(x: 565.417_1, y: 50.331_9, z: 465.552_4),
        turn: Point(
            x: radians(-0.398_957_388_2 / 3600), y: radians(0.343_987_817_2 / 3600),
            z: radians(-1.877_403_5 / 3600)), scale: 1 + 4.072_5e-6)

    func apply(_ p: Point) -> Point {
        Point(
            x: shift.x + scale * (p.x - turn.z * p.y + turn.y * p.z),
            y: shift.y + scale * (turn.z * p.x + p.y - turn.x * p.z),
            z: shift.z + scale * (-turn.y * p.x + turn.x * p.y + p.z))
    }

    /// The point that ``apply(_:)`` turns into this one, found by approach: the turn is a few millionths.
    func reverse(_ p: Point) -> Point {
        var found = Point(x: p.x - shift.x, y: p.y - shift.y, z: p.z - shift.z)
        for _ in 0..<6 {
            let there = apply(found)
            found = Point(
                x: found.x + p.x - there.x, y: found.y + p.y - there.y, z: found.z + p.z - there.z)
        }
        return found
    }
}
