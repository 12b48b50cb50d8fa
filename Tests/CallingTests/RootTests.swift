import Calling
import Diagnostics
import Testing

@Suite("The root of an API") struct RootTests {
    private static let root = "https://zaken.example.nl/zaken/api/v1"

    @Test(
        "contains what lies below it, however it is spelled",
        arguments: [
            "https://zaken.example.nl/zaken/api/v1/zaken",
            "HTTPS://Zaken.Example.NL:443/zaken/api/v1/zaken/1?a=b",
            "https://zaken.example.nl/zaken/api/v1/zaken?page=2&x=a%2Fb",
        ])
    func inside(_ url: String) throws {
        let root = try Root(Self.root)
        #expect(root.contains(url))
    }

    @Test(
        "contains nothing else",
        arguments: [
            "http://zaken.example.nl/zaken/api/v1/zaken", "https://zaken.example.nl:8443/zaken/api/v1/zaken",
            "https://zaken.example.nl.kwaad.example/zaken/api/v1/zaken",
            "https://kwaad.example/zaken/api/v1/zaken",
            "https://zaken.example.nl@kwaad.example/zaken/api/v1/zaken",
            "https://a:b@zaken.example.nl/zaken/api/v1/zaken", "https://zaken.example.nl/zaken/api/v1",
            "https://zaken.example.nl/zaken/api/v11/zaken",
            "https://zaken.example.nl/zaken/api/v1/../v2/zaken",
            "https://zaken.example.nl/zaken/api/v1/%2e%2e/v2",
            "https://zaken.example.nl/zaken/api/v1/.%2E/v2",
            "https://zaken.example.nl/zaken/api/v1/a%2f..%2fb",
            "https://zaken.example.nl/zaken/api/v1\\zaken",
            "https://zaken.example.nl//zaken/api/v1/zaken", "https://zaken.example.nl/zaken/api/v1//zaken",
            "https://zaken.example.nl/zaken/api/v1/zaken#x", "https://zaken.example.nl/zaken/api/v1/za ken",
            "https://zaken.example.nl/zaken/api/v1/zaken\r\nX: y",
            "https:/zaken.example.nl/zaken/api/v1/zaken",
            "//zaken.example.nl/zaken/api/v1/zaken", "/zaken/api/v1/zaken", "zaken", "", "https://",
            "https:///zaken",
            "https://zaken.example.nl:/zaken/api/v1/zaken", "https://zaken.example.nl:0/zaken/api/v1/zaken",
            "https://zaken.example.nl:99999/zaken/api/v1/zaken", "ftp://zaken.example.nl/zaken/api/v1/zaken",
            "https://zaken.example.nl?/zaken/api/v1/zaken", "https://zaken%2eexample.nl/zaken/api/v1/zaken",
        ])
    func outside(_ url: String) throws {
        let root = try Root(Self.root)
        #expect(!root.contains(url))
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "zaken", "ftp://x/", "https://a@b/c", "https://x/y?z", "https://x/y#z", "https://x/a//",
        ])
    func refused(_ url: String) {
        #expect(throws: CallingFailure.self) { _ = try Root(url) }
    }

    @Test("makes URLs in which nothing of a value ends the query")
    func urls() throws {
        let root = try Root("http://LOCALHOST:8000/zaken/api/v1/")
        #expect(root.description == "http://localhost:8000/zaken/api/v1")
        let url = root.url("zaken", query: [("identificatie", "a&b=c #é/+"), ("page", "2")])
        #expect(
            url == "http://localhost:8000/zaken/api/v1/zaken?identificatie=a%26b%3Dc%20%23%C3%A9%2F%2B&page=2"
        )
        #expect(root.contains(url))
    }

    @Test("knows two spellings of one URL")
    func same() {
        #expect(Root.identifySame("HTTP://Host:80/a/b", "http://host/a/b"))
        #expect(!Root.identifySame("http://host/a/b", "http://host/a/B"))
        #expect(!Root.identifySame("http://host/a/b", "https://host/a/b"))
    }
}
