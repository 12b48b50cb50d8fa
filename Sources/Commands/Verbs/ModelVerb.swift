import ModelImport

extension Verb {
    static let modelImport = Verb(
        "model import", "derive models from a schema, an API document or a database",
        options: [
            .xsd,
            .text("openapi", "FILE", "an OpenAPI document, 3.0 or 3.1, as JSON", .files, \.openapi),
            .text(
                "database", "URL", "a database; a file or - where the URL has a password", .files,
                \.database),
            .entities,
            .text("name", "NAME", "the model's name, where the source gives another", .nothing, \.name),
            .text("out", "DIR", "write NAME.model there, and say what changed", .folders, \.out),
            .flag("check", "write nothing; exit 1 if a model in --out would change", \.check),
            .json,
        ],
        details: """
            Prints what the source says as .model files, or writes them to --out. Without
            --entity it takes the objects that the file in --out has; where there is none,
            every object of the schema's own namespace, every collection at the top of the
            API, every table of the schema public.

            A later import says what is added, removed, narrowed, widened or required, and
            replaces the derived file. What people know beyond it stands in
            NAME.facts.model, which is never written. Nothing is fetched from the network.
            """
    ) { arguments, console in
        var importing = try Importing(arguments, console)
        return try importing.run()
    }
}

extension Option {
    /// May be given more than once: schemas of several namespaces are merged.
    fileprivate static let xsd = Option(
        "xsd", "FILE", "the entry schema of a StUF tree; may be repeated", .files
    ) {
        value, arguments throws(CommandFailure) in
        guard !value.isEmpty else { throw .usage("`--xsd` needs a FILE") }
        arguments.xsd.append(value)
    }

    fileprivate static let entities = Option(
        "entity", "NAME,…", "what to derive: ZAK,bg0310:NPS or Zaak,Rol", .nothing
    ) { value, arguments throws(CommandFailure) in
        let names = value.split(separator: ",").map { $0.filter { $0 != " " } }
        guard !names.isEmpty else { throw .usage("`--entity` needs a NAME") }
        arguments.entities += names
    }
}
