import Calling
import Crypto
import Testing
import Threads

@Suite("A ZGW token") struct ZGWTokenTests {
    @Test("says who calls, when, and for whom")
    func claims() throws {
        let secret = try #require(SharedSecret("geheim-van-de-test"))
        let token = ZGWToken.text(
            clientID: "sluis", secret: secret,
            onBehalf: OnBehalf(user: "1900/SUITE", representation: "Suite"),
            at: WallTime(seconds: 1_764_000_000, nanoseconds: 999))
        #expect(token == Self.expected)
    }

    /// Made with another library.
    private static let expected =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzbHVpcyIsIml"
        + "hdCI6MTc2NDAwMDAwMCwiY2xpZW50X2lkIjoic2x1aXMiLCJ1c2VyX2lkIjoiMTkwMC9TVUlURSIsInV"
        + "zZXJfcmVwcmVzZW50YXRpb24iOiJTdWl0ZSJ9.ilVApbyY7yT2x0cliWr6KqwsyoqKei1idY-qYibB-yY"
}
