import JSON

extension Verb {
    static let doctor = Verb(
        "doctor", "what is missing or set wrong",
        options: [.config, .listen, .data, .mappings, .json],
        details: """
            Looks at everything that `sluis serve` with the same options would need:
            programs, rights, folders, disk, clock, address, mappings and database. It
            changes nothing: no folder is made, no server started. Exit code 1 when
            something is wrong; an advice is no reason for that.
            """
    ) { arguments, console in
        let found = try Doctor(.current, arguments).examine()
        let problems = found.count { $0.state == .problem }
        if arguments.json {
            var json = Writer(isPretty: true)
            json.startObject()
            json.key("problems")
            json.number(problems)
            json.key("checks")
            json.startArray()
            for diagnosis in found { diagnosis.write(to: &json) }
            json.end()
            json.end()
            console.write(json.bytes)
        } else {
            let width = found.map(\.subject.count).max() ?? 0
            for diagnosis in found { diagnosis.print(on: console, width: width) }
            console.report("\(Text.count(found.count, "check")): \(Text.count(problems, "problem"))")
        }
        return problems == 0 ? .done : .no
    }
}
