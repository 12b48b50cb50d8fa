internal import Model
package import Record

/// How an API is asked for the objects that meet criteria: the filters of its list, or of its search where a filter is a
/// number of a person, which must not stand in a URL (API Design Rule no-sensitive-uris).
package struct FindRequest: Hashable, Sendable {
    package struct Filter: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var api: String
    /// `zaken`, or `zaken/_zoek`.
    package var path: String
    package var filters: [Filter]
    /// Whether the filters stand in the body of a POST.
    package var isSearch: Bool
    /// Whether the filters say all that was asked; else what is found is tested.
    package var isWhole: Bool

    /// - Returns: nil when no criterion narrows the answer enough to be asked for.
    package init?(_ criteria: [Question.Criterion], of resource: Resource) {
        guard let collection = resource.entity.collection,
            let facts = FilterFacts.all[resource.entity.qualifiedName]
        else { return nil }
        api = resource.entity.model
        filters = []
        isSearch = false
        isWhole = true
        var isNarrow = false
        for criterion in criteria {
            guard let name = facts.filter(for: criterion), let value = criterion.values.first else {
                isWhole = false
                continue
            }
            filters.append(Filter(name, String(decoding: value, as: UTF8.self)))
            isNarrow = isNarrow || facts.narrow.contains(criterion.path)
            isSearch = isSearch || facts.searched[criterion.path] != nil
        }
        guard isNarrow else { return nil }
        path = isSearch ? "\(collection)/_zoek" : collection
    }

    /// What comes along with an object of that resource, when that is asked: of its children those that are wanted.
    ///
    /// The types of the catalogue do not: they are the same for many objects, and kept.
    package static func expansion(of resource: Resource, children: Set<String>?) -> [String] {
        guard let facts = FilterFacts.all[resource.entity.qualifiedName] else { return [] }
        return facts.expanded.filter { children?.contains($0) ?? true }
    }
}

/// By what the lists of the ZGW APIs can be filtered, as far as questions go by it; any other filter is refused there
/// with 400 (source-apis.md, 1.2; the OpenAPI documents of Zaken 1.5.1, Documenten 1.4.2 and Besluiten 1.1.0).
private struct FilterFacts: Sendable {
    /// Paths whose filter has the same name.
    var plain: Set<String>
    /// Paths that can also be bounded: `startdatum__gte`.
    var bounded: Set<String> = []
    /// Paths that the search alone takes.
    var searched: [String: String] = [:]
    /// Paths that name one object, or the objects of one person; without one of them everything would be read.
    var narrow: Set<String>
    var expanded: [String] = []

    func filter(for criterion: Question.Criterion) -> String? {
        guard !criterion.isFolded, criterion.values.count == 1 else { return nil }
        let isBounded = bounded.contains(criterion.path)
        switch criterion.comparison {
        case .equals:
            return searched[criterion.path] ?? (plain.contains(criterion.path) ? criterion.path : nil)
        case .atLeast: return isBounded ? criterion.path + "__gte" : nil
        case .atMost: return isBounded ? criterion.path + "__lte" : nil
        case .above: return isBounded ? criterion.path + "__gt" : nil
        case .below: return isBounded ? criterion.path + "__lt" : nil
        case .contains, .ends, .oneOf, .present, .absent: return nil
        }
    }

    private static let bsn = "rollen.betrokkeneIdentificatie.inpBsn"

    static let all: [String: FilterFacts] = [
        "zaken:Zaak": FilterFacts(
            plain: ["identificatie", "bronorganisatie", "startdatum"], bounded: ["startdatum"],
            searched: [bsn: "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"],
            narrow: ["identificatie", bsn], expanded: ["resultaat", "rollen", "zaakobjecten"]),
        "documenten:EnkelvoudigInformatieObject": FilterFacts(
            plain: ["identificatie", "bronorganisatie"], narrow: ["identificatie"]),
        "besluiten:Besluit": FilterFacts(
            plain: ["identificatie", "verantwoordelijkeOrganisatie"], narrow: ["identificatie"]),
    ]
}
