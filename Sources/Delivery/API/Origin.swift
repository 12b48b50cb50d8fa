package import Diagnostics

/// Where what an API finds fault with came from.
package struct Origin: Sendable {
    /// The path of the element in the bericht: `heeftAlsInitiator/gerelateerde/natuurlijkPersoon/inp.bsn`.
    package var place: String
    /// The line of the mapping.
    package var rule: SourceLocation

    package init(place: String, rule: SourceLocation) {
        self.place = place
        self.rule = rule
    }
}

/// Gives the origin of a property of a resource: `zaken:Zaak`, `rollen.betrokkeneIdentificatie.inpBsn`.
package typealias Origins = @Sendable (_ resource: String, _ path: String) -> Origin?
