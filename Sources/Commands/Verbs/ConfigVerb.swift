import Diagnostics
import JSON
import Service

extension Verb {
    static let config = Verb(
        "config", "the configuration in force, every setting with what it means",
        options: [
            .flag("print", "print it as a configuration file that gives it", \.print), .config, .json,
        ],
        details: """
            Reads the configuration at --config, in $SLUIS_HOME or /etc/sluis, whichever
            comes first, and prints every setting, those that were left out with their
            defaults. Secrets print as ***. A file with errors gives these instead, and
            exit code 1.
            """
    ) { arguments, console in
        guard arguments.print || arguments.json else {
            throw CommandFailure.usage("say `--print`", of: "config")
        }
        let configured = try Configured.read(.current, arguments)
        if arguments.json {
            console.write(configured.json)
        } else if !configured.isBroken {
            console.write(Array(configured.printed.utf8))
        }
        for finding in configured.findings { console.report(finding.description) }
        return configured.isBroken ? .no : .done
    }
}

extension Configured {
    /// The file that gives this configuration.
    fileprivate var printed: String {
        let origin = file.map { "\($0), and the defaults" } ?? "the defaults: there is no configuration file"
        return "# From \(origin).\n\n" + configuration.printed
    }

    fileprivate var json: [UInt8] {
        var json = Writer(isPretty: true)
        json.startObject()
        json.key("file")
        if let file { json.string(file) } else { json.null() }
        if !isBroken {
            json.key("settings")
            json.startObject()
            for setting in Setting.all {
                json.key(setting.key)
                setting.write(configuration, to: &json)
            }
            json.end()
        }
        json.key("findings")
        json.startArray()
        for finding in findings { finding.write(to: &json) }
        json.end()
        json.end()
        return json.bytes
    }
}

extension Setting {
    fileprivate func write(_ configuration: Configuration, to json: inout Writer) {
        let values = values(configuration)
        if kind == .texts {
            json.startArray()
            for value in values { json.string(value) }
            json.end()
        } else if let value = values.first {
            json.string(value)
        } else {
            json.null()
        }
    }
}
