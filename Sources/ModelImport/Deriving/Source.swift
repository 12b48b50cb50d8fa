/// What a model is derived from, as its file names it, so that the import can be done again.
package struct Source: Sendable {
    /// The options that name it: `--xsd zkn0310_msg_totaal.xsd`; no secret and no folder.
    package var options: String
    /// What it calls itself: `zaken 1.5.1 (Open Zaak)`.
    package var title: String
    /// The objects that were asked for; empty is all.
    package var wanted: [String]

    /// - Parameter usual: the objects that are taken when none are named.
    package init(options: String, title: String, wanted: [String], usual: [String]) {
        self.options = options
        self.title = title
        self.wanted = Set(wanted) == Set(usual) ? [] : wanted
    }

    /// The comment above a derived model.
    package func heading(of model: DerivedModel) -> [String] {
        let entities = wanted.isEmpty ? "" : " --entity \(wanted.joined(separator: ","))"
        return [
            "Derived by `sluis model import \(options)\(entities)`.",
            "From \(title).",
            "The next import replaces this file; what people know beyond it stands in \(model.name).facts.model.",
        ]
    }
}
