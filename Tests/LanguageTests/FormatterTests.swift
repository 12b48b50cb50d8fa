import Diagnostics
import Language
import TestSupport
import Testing

/// What a document says, without its layout: tokens and comments, in order.
private func content(_ document: Document) -> [String] {
    func content(_ statements: [Statement], closing: [Language.Comment], depth: String) -> [String] {
        statements.flatMap { statement in
            var lines = statement.leadingComments.map { depth + $0.text }
            lines.append(depth + statement.tokens.map(\.spelling).joined(separator: "·"))
            lines += statement.innerComments.map {
                "\(depth)inner \($0.after) \($0.hasOwnLine) \($0.comment.text)"
            }
            if let block = statement.block {
                lines.append(depth + "{ " + (block.openingComment?.text ?? ""))
                lines += content(block.statements, closing: block.closingComments, depth: depth + "> ")
            }
            return lines + [depth + "trailing " + (statement.trailingComment?.text ?? "")]
        } + closing.map { depth + "closing " + $0.text }
    }
    return content(document.statements, closing: document.closingComments, depth: "")
}

private func format(_ text: String) -> String { Formatter.format(parse(text).document) }

@Suite("Formatting") struct FormatterTests {
    @Test("aligns rules at prefix, arrow and clauses, keeps blocks apart and comments in place")
    func rules() {
        let text = """
            # De zaak.
            mapping zaak  zkn0310:ZAK<->zaken:Zaak


            key identificatie <-> identificatie
            must @zender/organisatie -> bronorganisatie as codes rsin
            omschrijving <-> omschrijving as text( 80 ,truncate )
            laatsteBetaaldatum <- laatsteBetaaldatum # alleen terug
            einddatum <-> einddatum   #  de graaf sluit
            kenmerk*   <->  kenmerken*   else omit {  # zonder bron niet
            key kenmerk<->kenmerk
              must bron<->bron
            # klaar
            }
            a* <-> b*[c="d"] use rol("Gemachtigde") {"gemachtigde" -> indicatieMachtiging}
            heeftAlsHoofdzaak <-> hoofdzaak {key gerelateerde/identificatie<->identificatie}
            ignore zaakniveau,deelzaken    "volgt"
            ignore leidtTot   "eigen mapping"
            codes archief {"J"<->"vernietigen"  "N"  <->  "bewaren"}
            """
        let expected = """
            # De zaak.
            mapping zaak  zkn0310:ZAK <-> zaken:Zaak

            key   identificatie        <->  identificatie
            must  @zender/organisatie   ->  bronorganisatie  as codes rsin
                  omschrijving         <->  omschrijving     as text(80, truncate)
                  laatsteBetaaldatum   <-   laatsteBetaaldatum  # alleen terug
                  einddatum            <->  einddatum           #  de graaf sluit
            kenmerk* <-> kenmerken* else omit {  # zonder bron niet
                key   kenmerk  <->  kenmerk
                must  bron     <->  bron
                # klaar
            }
            a*                 <->  b*[c = "d"]  use rol("Gemachtigde") { "gemachtigde" -> indicatieMachtiging }
            heeftAlsHoofdzaak  <->  hoofdzaak    { key gerelateerde/identificatie <-> identificatie }
            ignore  zaakniveau, deelzaken  "volgt"
            ignore  leidtTot               "eigen mapping"
            codes   archief { "J" <-> "vernietigen"   "N" <-> "bewaren" }

            """
        #expect(format(text) == expected)
    }

    @Test("aligns statements without arrows at their second word, and where the author set words apart")
    func lines() {
        let text = """
            route creeerZaak {
            on zds11 creeerZaak_Lk01
            reply Bv03 after effect within 8 s  # of store
            stage translate
            }
            entity Zaak {
              key identificatie text(40)  required
              omschrijving text(80)
              zaaktype link    required
            }
            """
        let expected = """
            route creeerZaak {
                on     zds11 creeerZaak_Lk01
                reply  Bv03 after effect within 8 s  # of store
                stage  translate
            }
            entity Zaak {
                key  identificatie  text(40)  required
                     omschrijving   text(80)
                     zaaktype       link      required
            }

            """
        #expect(format(text) == expected)
    }

    @Test("keeps the lines of a statement that takes several")
    func severalLines() {
        let text = "a | (b, # een\nc  d\n)\n # twee\n| e -> f   as join(\": \")\nlist (\n1,\n2\n) # drie\n"
        let expected = """
            a | (b,  # een
                c d
            )
                # twee
                | e -> f  as join(": ")
            list (
                1,
                2
            )  # drie

            """
        #expect(format(text) == expected)
    }

    @Test("writes nothing for an empty file, and keeps one that has comments only")
    func empty() {
        #expect(format("").isEmpty)
        #expect(format("\n \r\n").isEmpty)
        #expect(format("\n# een\n\n\n#twee") == "# een\n\n#twee\n")
    }

    @Test(
        "changes nothing the second time, and neither tokens nor comments ever", arguments: Seed.series(600))
    func laws(_ seed: Seed) {
        let text = FileGenerator.file(seed: seed)
        let (document, findings) = parse(text)
        #expect(!findings.contains { $0.severity == .error }, "\(findings)")
        let once = Formatter.format(document)
        let again = parse(once)
        #expect(again.findings.isEmpty)
        #expect(content(again.document) == content(document))
        #expect(Formatter.format(again.document) == once)
    }
}

@Suite("The shipped files") struct ShippedFileTests {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/mappings"

    @Test(
        "read without errors, and formatting them is stable and loses nothing",
        arguments: [".model", ".map", ".route"].flatMap { SourceFiles.find($0, in: [folder]).files })
    func stable(_ file: String) throws {
        let bytes = try #require(SourceFiles.bytes(of: file))
        let (document, findings) = Parser.parse(file: file, bytes: bytes)
        #expect(findings.isEmpty)
        let once = Formatter.format(document)
        let again = Parser.parse(file: file, bytes: Array(once.utf8)).document
        #expect(content(again) == content(document))
        #expect(Formatter.format(again) == once)
    }
}
