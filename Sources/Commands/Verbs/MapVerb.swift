import Diagnostics
import Mapping
import Model

extension Verb {
    static let map = Verb(
        "map", "one bericht or JSON document in, the other side out",
        operands: Operands(form: "MAPPING FILE", least: 2, most: 2, completion: .files),
        options: [
            .flag("explain", "instead: where each value comes from", \.explain),
            .flag("loss", "instead: what was mapped, ignored, omitted and lost", \.loss),
            .json, .mappings,
            .text("zender", "SYSTEM", "of the bericht that is made (SLUIS)", .nothing, \.zender),
            .text("ontvanger", "SYSTEM", "of the bericht that is made (ONTVANGER)", .nothing, \.ontvanger),
            .text(
                "referentienummer", "TEXT", "of the bericht that is made (sluis-map)", .nothing,
                \.referentienummer),
            .text("tijdstip", "DIGITS", "tijdstipBericht, as StUF writes it (now)", .nothing, \.tijdstip),
        ],
        details: """
            MAPPING is a .map file or the name of a mapping. FILE is a bericht, bare or in
            a SOAP envelope, a JSON document, or, for a mapping of tables, a row as JSON;
            - reads standard input.

            A bericht becomes one document: the resource, its children nested under their
            collection, links as what they are looked up by. Such a document becomes a bare
            bericht; a SYSTEM is APPLICATIE, ORGANISATIE/APPLICATIE or
            ORGANISATIE/APPLICATIE/ADMINISTRATIE.
            """
    ) { arguments, console in
        let translation = try Translation.load(arguments, home: .current, console)
        let bytes = try Files.read(arguments.operands[1])
        let result: Translated
        do {
            result = try translation.translate(bytes, arguments)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            // It was understood, and refused: the answer is no.
            console.report("sluis: \(error)")
            return .no
        }
        for path in result.unknown {
            console.report(
                "sluis: \(path) is unknown to \(translation.mapping.api.qualifiedName) and passed over")
        }
        if arguments.explain {
            let lines = Explanation(of: result.lineages)
            console.write(arguments.json ? lines.json : lines.text(console))
        } else if arguments.loss {
            let report = LossReport(loss: result.loss)
            console.write(arguments.json ? report.json : report.text(console))
        } else {
            console.write(result.output)
        }
        return .done
    }
}
