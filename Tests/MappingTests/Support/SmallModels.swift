import Diagnostics
import Language
import Mapping
import Model

/// Two small sides that have one of everything.
enum SmallModels {
    static let legacy = """
        model oud stuf "urn:oud" as O

        entity ZAK key nummer {
            nummer        text(10)    kern
            naam          text(40)
            vrij          text
            kort          text(4)
            soort         enum("A", "B", "C")
            vlag          boolean
            dag           datum
            deeldag       datum incomplete
            moment        tijdstip incomplete
            heel          tijdstip
            aantal        integer(4)
            bedrag        decimal
            termijn       duur
            bsn           digits(9)
            kaal          text(9)
            inhoud        content {
                @naam     text(20)
            }
            adres {
                straat    text(20)
                nummer    integer(5)
                plaats    text(20)
                eigenaar {
                    naam  text(20)
                }
            }
            regel* {
                soort     enum("x", "y", "z")
                tekst     text(20)
                wie {
                    mens  object MNS {
                        naam text(20)
                    }
                    zaak  object ZKK {
                        naam text(20)
                    }
                }
                deel* {
                    tekst text(20)
                }
            }
            bezoek* {
                tekst     text(20)
            }
            label*        text(10)
        }
        """

    static let api = """
        model nieuw api "/nieuw/api/v1"

        resource Zaak in zaken key nummer {
            nummer        text(10)    required
            naam          text(40)
            titel         text(80)
            krap          text(20)
            kort          text(4)
            soort         enum("a", "b", "c")
            zelfde        enum("A", "B", "C")
            vlag          boolean
            dag           datum
            deeldag       datum incomplete
            heel          tijdstip
            aantal        integer(4)
            bedrag        decimal
            termijn       duur
            bsn           digits(9)
            inhoud        content
            bestand       text(20)
            gezet         datum     read-only
            type          link nieuw:Type by code with omschrijving
            adres {
                straat    text(20)    required
                nummer    integer(5)
                plaats    text(20)
                eigenaar  text(20)
            }
            regels* {
                soort     enum("x", "y", "z")
                tekst     text(20)    required
                aard      enum("mens", "zaak")
                wie       text(20)
                delen* {
                    tekst text(20)
                    boven text(40)
                }
            }
            labels*       text(10)
        }

        resource Type in typen key code {
            code          text(10)    required
            omschrijving  text(40)    required
        }
        """

    static let findings: [Finding] = read.findings
    static let models: Models = read.models

    private static let read: (models: Models, findings: [Finding]) = {
        let documents = [("oud.model", legacy), ("nieuw.model", api)].map { name, text in
            Parser.parse(file: name, bytes: Array(text.utf8))
        }
        let (models, findings) = Models.read(documents.map(\.document))
        return (models, documents.flatMap(\.findings) + findings)
    }()

    /// A mapping of those rules behind `mapping t  oud:ZAK <-> nieuw:Zaak` and a rule for its key: lines 1 and 2.
    static func mapping(
        _ rules: String, tables: [String: String] = [:]
    ) -> (mapping: CompiledMapping?, findings: [Finding]) {
        Shipped.read(
            "mapping t  oud:ZAK <-> nieuw:Zaak\nkey nummer <-> nummer\n" + rules, models: models,
            tables: tables)
    }
}
