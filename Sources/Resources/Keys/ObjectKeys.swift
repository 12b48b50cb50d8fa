package import Crypto
private import Diagnostics
internal import Model
package import Record

extension Resource {
    /// What names the object of a record: the values of its key's properties, in the model's order.
    ///
    /// - Parameter hash: hashes values that are personal.
    /// - Throws: ``ResourcesFailure`` `keyMissing` when a property has no value, or the resource has no key.
    package func key(
        of record: Record, tenant: String, hash: KeyedHash
    ) throws(ResourcesFailure) -> ObjectKey {
        let name = entity.qualifiedName
        guard !entity.key.isEmpty else { throw ResourcesFailure(.keyMissing, at: name) }
        var values: [String] = []
        for path in entity.key {
            guard let node = shape.node(path), let value = record.text(node), !value.isEmpty else {
                throw ResourcesFailure(.keyMissing, at: path)
            }
            values.append(Personal.isPersonal(path) ? hash.text(value.utf8) : value)
        }
        return ObjectKey(tenant: tenant, resource: name, values: values)
    }
}

extension ObjectKey {
    /// A key of these values; what would read as a separator is escaped.
    package init(tenant: String, resource: String, values: [String]) {
        self.init(tenant: tenant, resource: resource, value: Self.joined(values))
    }

    /// How the value of a key ends whose last properties have these values, and which has others before them.
    package static func ending(of values: some Sequence<String>) -> String { "|" + joined(values) }

    /// Whether the last of its values is that one; another may end the same when it holds a separator.
    package func ends(with value: String) -> Bool {
        let ending = Self.ending(of: [value])
        guard self.value.hasSuffix(ending) else { return false }
        let before = self.value.dropLast(ending.count)
        return before.reversed().prefix { $0 == "\\" }.count.isMultiple(of: 2)
    }

    private static func joined(_ values: some Sequence<String>) -> String {
        let escaped = values.map { value in
            value.utf8.contains { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "\\") }
                ? value.unicodeScalars.reduce(into: "") { text, scalar in
                    text += scalar == "|" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
                } : value
        }
        return escaped.joined(separator: "|")
    }

    /// The identity under which the object is served: always the same one for the same key, here and elsewhere, so
    /// that a link can be written without looking anything up.
    package var uuid: UUID {
        .derived(seed: Array("\(tenant)\n\(resource)\n\(value)".utf8), ordinal: 0)
    }
}

/// Which values are or hold the number of a person, so that they are stored and compared as keyed hashes only.
package enum Personal {
    /// Whether the property at that path is a burgerservicenummer: `inpBsn`, `burgerservicenummer`, `inp.bsn`.
    package static func isPersonal(_ path: String) -> Bool {
        let name = path.lowercased()
        return name.hasSuffix("bsn") || name.hasSuffix("burgerservicenummer")
    }
}
