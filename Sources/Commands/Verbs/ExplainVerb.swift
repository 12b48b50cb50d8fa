import Diagnostics
import JSON
import Language

extension Verb {
    static let explain = Verb(
        "explain", "what an error code means and what to do",
        operands: Operands(form: "CODE", least: 1, most: 1, completion: .words(Catalogue.all.map(\.number))),
        options: [.json],
        details:
            "Every problem that Sluis reports has a code, such as M115; a code never changes its meaning."
    ) { arguments, console in
        let number = arguments.operands[0].uppercased()
        guard let code = Catalogue.code(number) else {
            let near =
                nearest(number, among: Catalogue.all.map(\.number)).map { ": did you mean \($0)?" } ?? ""
            console.report("sluis: there is no code \(number)\(near)")
            return .no
        }
        if arguments.json {
            var json = Writer(isPretty: true)
            json.startObject()
            for (key, value) in [
                ("code", code.number), ("name", code.name), ("meaning", code.meaning),
                ("remedy", code.remedy),
            ] {
                json.key(key)
                json.string(value)
            }
            json.end()
            console.write(json.bytes)
        } else {
            console.print(console.paint("\(code)", .bold))
            console.print(Text.wrapped(code.meaning))
            console.print("")
            console.print(Text.wrapped(code.remedy))
        }
        return .done
    }
}
