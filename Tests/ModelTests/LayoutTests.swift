import Diagnostics
import Model
import Record
import Testing

private let here = SourceLocation(file: "test.model", line: 1, column: 1)

private func leaf(_ name: String, isRepeat: Bool = false, members: [Element] = []) -> Element {
    Element(name: name, type: ElementType(.text), isRepeat: isRepeat, members: members, location: here)
}

private func group(_ name: String, isRepeat: Bool = false, _ members: [Element]) -> Element {
    Element(name: name, type: ElementType(.group), isRepeat: isRepeat, members: members, location: here)
}

private let zak = Entity(
    name: "ZAK", model: "zkn0310", key: ["identificatie"],
    elements: [
        leaf("identificatie"),
        group("opschorting", [leaf("indicatie"), leaf("reden")]),
        group("isVan", [group("gerelateerde", [leaf("omschrijving"), leaf("code")])]),
        group("kenmerk", isRepeat: true, [leaf("kenmerk"), leaf("bron")]),
        leaf("inhoud", members: [leaf("@bestandsnaam")]),
        leaf("extraElement", isRepeat: true, members: [leaf("@naam")]),
    ],
    separator: "/", location: here)

@Suite("The layout of an entity") struct LayoutTests {
    @Test("has a node for every leaf, group and repeat, a group before its members")
    func nodes() {
        #expect(
            zak.layout.nodes.map(\.path) == [
                "identificatie", "opschorting", "opschorting/indicatie", "opschorting/reden", "isVan",
                "isVan/gerelateerde", "isVan/gerelateerde/omschrijving", "isVan/gerelateerde/code", "kenmerk",
                "inhoud", "inhoud/@bestandsnaam", "extraElement",
            ])
        #expect(zak.layout.nodes[3].parent == 1)
        #expect(zak.layout.nodes[6].parent == 5)
        #expect(zak.layout.nodes[10].parent == 9)
    }

    @Test("gives a repeat a layout of its own, and an item that is a leaf the node `.`")
    func repeats() {
        #expect(zak.layout.nodes[8].items?.nodes.map(\.path) == ["kenmerk", "bron"])
        #expect(zak.layout.nodes[8].items?.name == "zkn0310:ZAK/kenmerk")
        #expect(zak.layout.nodes[11].items?.nodes.map(\.path) == [".", "@naam"])
    }

    @Test("can be cut down to some paths, and keeps what is around and below them")
    func only() {
        let layout = zak.layout(only: [
            "isVan/gerelateerde/code", "kenmerk/bron", "opschorting", "bestaat/niet",
        ])
        #expect(
            layout.nodes.map(\.path) == [
                "opschorting", "opschorting/indicatie", "opschorting/reden", "isVan", "isVan/gerelateerde",
                "isVan/gerelateerde/code", "kenmerk",
            ])
        #expect(layout.nodes.last?.items?.nodes.map(\.path) == ["bron"])
    }
}

@Suite("A path") struct PathTests {
    @Test("leads to one element for each step")
    func found() {
        guard case .found(let chain) = zak.resolve("isVan/gerelateerde/code") else {
            Issue.record("not found")
            return
        }
        #expect(chain.map(\.name) == ["isVan", "gerelateerde", "code"])
    }

    @Test(
        "that leads nowhere names the step, and what was meant where that is clear",
        arguments: [
            ("identifcatie", "identifcatie", "identificatie"),
            ("isVan/gerelateerde/cdoe", "cdoe", "code"),
            ("isVan/geralateerde/code", "geralateerde", "gerelateerde"),
            ("isVan/xyz", "xyz", nil),
            ("identificatie/x", "x", nil),
            ("", "", nil),
        ])
    func unknown(_ path: String, _ step: String, _ nearest: String?) {
        guard case .unknown(let foundStep, let foundNearest) = zak.resolve(path) else {
            Issue.record("found")
            return
        }
        #expect(foundStep == step)
        #expect(foundNearest == nearest)
    }
}
