import Diagnostics
import Language
import Model
import Record
import Testing

/// Reads models from texts; each is a file of its own, `a.model`, `b.model`.
func read(_ texts: String...) -> (models: Models, messages: [String]) {
    var documents: [Document] = []
    var findings: [Finding] = []
    for (text, name) in zip(texts, ["a.model", "b.model", "c.model"]) {
        let parsed = Parser.parse(file: name, bytes: Array(text.utf8))
        documents.append(parsed.document)
        findings += parsed.findings
    }
    let read = Models.read(documents)
    return (read.models, (findings + read.findings).sortedForReading().map(\.description))
}

private let bg = """
    model bg stuf "urn:bg" as BG
    group adres { straat text(24) }
    """

@Suite("A StUF model") struct StUFModelTests {
    let models: Models
    let messages: [String]

    init() {
        (models, messages) = read(
            """
            model zkn stuf "urn:zkn" as ZKN
            entity ZAK key identificatie {
                identificatie  text(5..40)  kern
                startdatum     datum incomplete
                soort          enum("J", "N")  metagegeven
                inhoud         content {
                    @StUF:bestandsnaam  text(255)  required
                    @eigen              text
                }
                isVan*         relation ZAKZKT {
                    gerelateerde  object ZKT { code digits(4)  required }
                }
                adres          object AOA  like bg:adres
                leidtTot       opaque
            }
            """, bg)
    }

    @Test("is read without findings") func clean() { #expect(messages == []) }

    @Test("knows type, length and facts of each element") func facts() throws {
        let zak = try #require(models.entity("zkn:ZAK"))
        #expect(zak.key == ["identificatie"])
        let identificatie = try #require(zak.resolve("identificatie").element)
        #expect(identificatie.type == ElementType(.text, maxLength: 40, minLength: 5))
        #expect(identificatie.stuf == StUFFacts(namespace: "urn:zkn", isKerngegeven: true))
        #expect(zak.resolve("startdatum").element?.type == ElementType(.datum, allowsIncomplete: true))
        let soort = try #require(zak.resolve("soort").element)
        #expect(soort.type.enumeration == ["J", "N"])
        #expect(soort.stuf?.isMetagegeven == true)
        let code = try #require(zak.resolve("isVan/gerelateerde/code").element)
        #expect(code.type == ElementType(.text, maxLength: 4, minLength: 4, isDigits: true))
        #expect(code.isRequired)
    }

    @Test("tells relations and what they lead to apart, and carries their mnemonics") func relations() {
        let zak = models.entity("zkn:ZAK")
        #expect(
            zak?.resolve("isVan").element?.stuf
                == StUFFacts(namespace: "urn:zkn", entiteittype: "ZAKZKT", role: .relation))
        #expect(
            zak?.resolve("isVan/gerelateerde").element?.stuf
                == StUFFacts(namespace: "urn:zkn", entiteittype: "ZKT", role: .gerelateerde))
    }

    @Test("keeps the namespace of the model that a group or attribute comes from") func namespaces() {
        let zak = models.entity("zkn:ZAK")
        #expect(zak?.resolve("adres").element?.stuf?.namespace == "urn:zkn")
        #expect(zak?.resolve("adres/straat").element?.stuf?.namespace == "urn:bg")
        #expect(zak?.resolve("inhoud/@bestandsnaam").element?.stuf?.namespace == Namespace.stuf)
        #expect(zak?.resolve("inhoud/@eigen").element?.stuf?.namespace == "")
    }

    @Test("finds an entity by the entiteittype and namespace of a bericht") func lookup() {
        #expect(models.entity(entiteittype: "ZAK", namespace: "urn:zkn")?.qualifiedName == "zkn:ZAK")
        #expect(models.entity(entiteittype: "ZAK", namespace: "urn:bg") == nil)
    }
}

@Suite("A model of an API") struct APIModelTests {
    let models: Models
    let messages: [String]

    init() {
        (models, messages) = read(
            """
            model zaken api "/zaken/api/v1"
            every text empty ""
            resource Zaak in zaken key identificatie {
                identificatie  text(40)
                einddatum      datum     set-by rollen.datum
                zaaktype       link cat:ZaakType by identificatie with omschrijving  required
                rollen*        child Rol {
                    parent      zaak
                    match       soort
                    identifiers wie.bsn, wie.nummer
                    replace-only
                }
            }
            resource Rol in rollen {
                zaak   link Zaak by identificatie  required
                soort  enum("mens", "vestiging")  required
                datum  datum  read-only
                wie    varies-by soort {
                    when "mens" { bsn digits(9)
                                  naam text(20) }
                    when "vestiging" { nummer text(12)  unknown "."
                                       naam text(50) }
                }
            }
            """,
            """
            model cat api "/catalogi/api/v1"
            resource ZaakType in zaaktypen key identificatie {
                identificatie  text(50)  required
                omschrijving   text(80)
            }
            """)
    }

    @Test("is read without findings") func clean() { #expect(messages == []) }

    @Test("gives a link the members that it is looked up by and that are read through it") func links() throws
    {
        let zaaktype = try #require(models.entity("zaken:Zaak")?.resolve("zaaktype").element)
        #expect(
            zaaktype.api?.link
                == .init(resource: "cat:ZaakType", by: ["identificatie"], with: ["omschrijving"]))
        #expect(zaaktype.members.map(\.name) == ["identificatie", "omschrijving"])
        #expect(zaaktype.members.first?.type.maxLength == 50)
        #expect(zaaktype.isGroup)
    }

    @Test("gives a child the properties of its items, without the link to the parent") func children() throws
    {
        let rollen = try #require(models.entity("zaken:Zaak")?.resolve("rollen").element)
        #expect(rollen.isRepeat)
        #expect(rollen.members.map(\.name) == ["soort", "datum", "wie"])
        #expect(
            rollen.api?.child
                == .init(
                    resource: "zaken:Rol", parent: "zaak",
                    match: .init(equal: ["soort"], identifiers: ["wie.bsn", "wie.nummer"]),
                    change: .replaceOnly))
    }

    @Test("makes one member of what several shapes have, as wide as the widest") func variants() throws {
        let wie = try #require(models.entity("zaken:Rol")?.resolve("wie").element)
        #expect(wie.api?.discriminator == "soort")
        #expect(wie.members.map(\.name) == ["bsn", "naam", "nummer"])
        #expect(wie.member("bsn")?.api?.variants == ["mens"])
        #expect(wie.member("naam")?.api?.variants == ["mens", "vestiging"])
        #expect(wie.member("naam")?.type.maxLength == 50)
    }

    @Test("says once how empty is written, and an element how unknown is") func spelling() {
        let rol = models.entity("zaken:Rol")
        #expect(rol?.resolve("wie.nummer").element?.type.empty == "")
        #expect(rol?.resolve("wie.nummer").element?.type.unknown == ".")
        #expect(rol?.resolve("datum").element?.type.empty == nil)
    }

    @Test("finds a resource by its collection") func lookup() {
        #expect(models.resource(collection: "rollen", of: "zaken")?.name == "Rol")
        #expect(models.entityNames == ["cat:ZaakType", "zaken:Rol", "zaken:Zaak"])
    }
}
