package import Crypto
package import Model
package import Record

/// A resource that a record points to.
package struct LinkTarget: Hashable, Sendable {
    /// A path of the link and its canonical bytes.
    package struct Said: Hashable, Sendable {
        package var path: String
        package var value: [UInt8]
    }

    package var key: ObjectKey
    /// What the record says of it.
    package var said: [Said]
}

extension ResourceLibrary {
    /// What a link of a record points to; nil when the record has no value for one of the target's key properties.
    ///
    /// A property that the link itself does not hold is taken from the record's root: the key of a rol's roltype is
    /// the zaaktype of its zaak with the omschrijving of the link.
    package func target(
        of link: APIFacts.Link, at node: Int, of shape: Shape, in frame: Record.Frame, _ record: Record,
        tenant: String, hash: KeyedHash
    ) -> LinkTarget? {
        guard let resource = resource(link.resource), record.slot(node, in: frame).standing == .value else {
            return nil
        }
        let own = shape.layout.nodes[node].path
        var said: [LinkTarget.Said] = []
        var values: [String] = []
        for path in resource.entity.key {
            let bytes: [UInt8]
            if let member = shape.node("\(own).\(path)"), record.slot(member, in: frame).standing == .value {
                bytes = Array(record.bytes(member, in: frame))
            } else if let node = record.layout.node(path), record.slot(node).standing == .value {
                bytes = Array(record.bytes(node))
            } else {
                return nil
            }
            said.append(LinkTarget.Said(path: path, value: bytes))
            let value = String(decoding: bytes, as: UTF8.self)
            values.append(Personal.isPersonal(path) ? hash.text(value.utf8) : value)
        }
        for path in link.by + link.with where !said.contains(where: { $0.path == path }) {
            guard let member = shape.node("\(own).\(path)"), record.slot(member, in: frame).standing == .value
            else { continue }
            said.append(LinkTarget.Said(path: path, value: Array(record.bytes(member, in: frame))))
        }
        let key = ObjectKey(tenant: tenant, resource: link.resource, values: values)
        return LinkTarget(key: key, said: said)
    }

    /// Every resource of another model that a record points to, each once, in the order of their keys: the catalogue's
    /// types that a zaak was seen with.
    ///
    /// - Parameter isWanted: asked with the name of the resource: `catalogi:ZaakType`.
    package func linked(
        from record: Record, of resource: Resource, where isWanted: (String) -> Bool, tenant: String,
        hash: KeyedHash
    ) -> [LinkTarget] {
        let own = "\(resource.entity.model):"
        var targets: [ObjectKey: LinkTarget] = [:]
        func visit(_ shape: Shape, _ frame: Record.Frame) {
            for (index, link) in shape.links where isWanted(link.resource) && !link.resource.hasPrefix(own) {
                let target = target(
                    of: link, at: index, of: shape, in: frame, record, tenant: tenant, hash: hash)
                if let target { targets[target.key] = target }
            }
            for (index, items) in shape.linkedItems {
                var item = record.firstItem(index, in: frame)
                while let next = item {
                    visit(items, next)
                    item = record.nextItem(after: next)
                }
            }
        }
        visit(resource.shape, Record.root)
        return targets.values.sorted { $0.key < $1.key }
    }
}

extension LinkTarget {
    /// What the record says of the target, as a record of its own.
    package func record(_ resource: Resource) -> Record {
        var record = Record(resource.shape.layout)
        for each in said {
            guard let node = resource.shape.node(each.path) else { continue }
            record.set(node, to: each.value)
            var parent = resource.shape.layout.nodes[node].parent
            while let group = parent {
                record.set(group, to: .value)
                parent = resource.shape.layout.nodes[group].parent
            }
        }
        return record
    }
}
