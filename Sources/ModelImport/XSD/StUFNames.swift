/// How the StUF schemas name the types of one object in its different places.
///
/// `ZAK-kennisgeving` is what a change may say, `ZAK-antwoord` what an answer may, `ZAK-kerngegevens` what is said of
/// a zaak at the end of a relation. (StUF 03.01, section 3; the sector schemas follow it by name only.)
struct StUFNames {
    let set: SchemaSet

    /// The names of the objects that a namespace defines: those with a type for a kennisgeving or an antwoord.
    func objects(in namespace: String) -> [String] {
        var names: [String] = []
        for suffix in ["-kennisgeving", "-antwoord"] {
            for name in types(in: namespace) where name.hasSuffix(suffix) {
                let object = String(name.dropLast(suffix.count))
                if Self.isMnemonic(object), !names.contains(object) { names.append(object) }
            }
        }
        return names.sorted()
    }

    private func types(in namespace: String) -> [String] {
        (set.components[.type] ?? [:]).keys.filter { $0.namespace == namespace }.map(\.local).sorted()
    }

    /// `ZAK`, `R02`: an entiteittype, not the name of a group.
    private static func isMnemonic(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 }
    }

    /// What a kennisgeving says of an object; what an answer does when there is none; else whatever there is.
    func view(of object: String, in namespace: String) -> QName? {
        first(
            ["-kennisgeving", "-antwoord", "-basis", "-fund", "-tabel", ""].map { object + $0 }, in: namespace
        )
    }

    func answer(of object: String, in namespace: String) -> QName? {
        first(["\(object)-antwoord"], in: namespace)
    }

    /// The type with the kerngegevens of the object that a type describes.
    func kerngegevens(of type: QName) -> QName? {
        let parts = type.local.split(separator: "-")
        guard let object = parts.first else { return nil }
        let own = parts.contains("zkn") ? ["\(object)-zkn-kerngegevens"] : []
        let names = own + ["\(object)-kerngegevens"]
        return first(names.flatMap { ["\($0)Kennisgeving", $0] }, in: type.namespace)
    }

    private func first(_ names: [String], in namespace: String) -> QName? {
        names.lazy.map { QName(namespace: namespace, local: $0) }.first { set.component(.type, $0) != nil }
    }
}
