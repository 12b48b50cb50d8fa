internal import Diagnostics
internal import Model
internal import XML

/// A sectormodel of StUF by its namespace: `http://www.egem.nl/StUF/sector/bg/0310` (StUF protocol binding 3.1).
struct Sectormodel: Equatable {
    private static let base = "http://www.egem.nl/StUF/sector/"

    var name: String
    var version: String

    /// - Returns: nil for any other namespace.
    init?(_ namespace: String) {
        guard namespace.hasPrefix(Self.base) else { return nil }
        let parts = namespace.dropFirst(Self.base.count).split(separator: "/")
        guard parts.count == 2 else { return nil }
        (name, version) = (String(parts[0]), String(parts[1]))
    }

    /// Whether it has an entity, in a model or not (Keuzen verStUFfing RSGB table 5.1, zkn0310_msg_totaal.xsd).
    func has(_ entiteittype: String) -> Bool {
        Self.entities[name]?.contains(Substring(entiteittype)) ?? false
    }

    private static let entities: [String: Set<Substring>] = [
        "bg": Set(
            """
            NPS NNP VES MAC RPS SUB HHD RSD RDS VBT ACD NAT LND AOA TGO PND OPR GOR WPL GEM WYK BRT IRE KWD SBD TDL \
            WDL WGD KOZ ZKR ZRA KZA AVR ARV KGM WOZ WDO WRD
            """.split(separator: " ")),
        "zkn": Set("BSL BST CTP DCT DTG EDC MDW OEH SDC STT STA VZO ZAK ZKT ZTG".split(separator: " ")),
    ]
}

/// What the root of a bericht says by its name alone.
struct KnownRoot: Sendable {
    let local: String
    let namespace: String
    let refusal: StUFFailure?
}

extension Forms {
    /// Of the roots of operations it is known beforehand.
    func root(_ name: Name, _ reader: borrowing Reader) -> KnownRoot {
        if let root = roots[name] { return root }
        let local = String(decoding: reader.local(of: name).prefix(200), as: UTF8.self)
        let namespace = String(decoding: reader.namespace(of: name).prefix(200), as: UTF8.self)
        return KnownRoot(
            local: local, namespace: namespace,
            refusal: Self.refusal(ofRoot: local, in: namespace, models))
    }

    /// Why no bericht with such a root is read: of another StUF, of another sectormodel, or of another version of it
    /// (StUF 03.01 table 4.1); nil when that is not so.
    static func refusal(ofRoot root: String, in namespace: String, _ models: Models) -> StUFFailure? {
        if root == "Envelope" { return StUFFailure(.stufSoapVersion, at: "Envelope") }
        if namespace.hasPrefix("http://www.egem.nl/StUF/StUF"), namespace != Namespace.stuf {
            return StUFFailure(.stufVersionUnsupported, at: root, hint: "0301 is supported")
        }
        guard let sector = Sectormodel(namespace) else { return nil }
        let known = models.all.compactMap { $0.namespace.flatMap(Sectormodel.init) }.filter {
            $0.name == sector.name
        }
        if known.contains(sector) { return nil }
        if sector.version == "0204" {
            return StUFFailure(.stufVersionUnsupported, at: root, hint: "0301 is supported")
        }
        guard let nearest = known.map(\.version).max() else {
            return StUFFailure(.stufSectormodelUnsupported, at: root)
        }
        return StUFFailure(.stufSectormodelVersionUnsupported, at: root, hint: "\(nearest) is supported")
    }
}
