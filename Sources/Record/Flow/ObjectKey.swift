/// Names one object over all its berichten, rows and documents: what order, dedupe and the link registry go by.
///
/// A zaak's key is (tenant, `zaak`, bronorganisatie + identificatie) (design section 5). A value that is or holds a
/// BSN is replaced by its keyed hash before it becomes part of a key.
package struct ObjectKey: Hashable, Sendable, Comparable {
    /// The municipality, as its RSIN or configured name.
    package var tenant: String
    /// The API resource: `zaken:Zaak`.
    package var resource: String
    /// The key's values in the order of the model, joined by a NUL-free separator `|`.
    package var value: String

    package init(tenant: String, resource: String, value: String) {
        self.tenant = tenant
        self.resource = resource
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.tenant, left.resource, left.value) < (right.tenant, right.resource, right.value)
    }
}

/// Who asks or sends. Decides what may be seen and done.
package struct Caller: Hashable, Sendable {
    package var name: String
    package init(name: String) { self.name = name }
    /// Everyone, until identities are configured: the listener is on loopback only (design section 12).
    package static let local = Caller(name: "local")
}
