package import Crypto
private import Diagnostics
package import Model
package import Record

/// The identity under which a child is served: the last part of its URL.
package struct ChildIdentity: Hashable, Sendable {
    /// `zaken:Rol`.
    package var resource: String
    package var uuid: UUID

    package init(resource: String, uuid: UUID) {
        self.resource = resource
        self.uuid = uuid
    }
}

/// What is stored of one object: its record and the identities of its children, in the order in which the record
/// holds them (``Shape/children(of:)``).
package struct Stored: Sendable {
    package var record: Record
    package var children: [ChildIdentity]
    /// For each teller the newest tijdstip of what it told about the object (``Telling``).
    package var tellings: [String: String]
    /// What legacy forms say besides; no part of the object.
    package var kept: Kept

    package init(
        record: Record, children: [ChildIdentity], tellings: [String: String] = [:], kept: Kept = Kept()
    ) {
        self.record = record
        self.children = children
        self.tellings = tellings
        self.kept = kept
    }
}

/// What a change made of an object.
package struct Merged: Sendable {
    /// The whole object as it now is; nil when it was removed.
    package var stored: Stored?
    /// Paths of what became different, in the order of the model; empty when the change says what is so already.
    package var changed: [String]

    package var isChanged: Bool { !changed.isEmpty }
}

/// Applies a change to what is stored, as the API would: the first plan, and pure.
///
/// What the change does not say is not touched. Items of a collection are found by the model's match rule and treated
/// by their verwerkingssoort; deletes come before adds. The identities of new items follow from the object and the
/// position of the change, so that the same change gives the same identities at each resume.
package struct Merge: Sendable {
    let resource: Resource

    package init(_ resource: Resource) {
        self.resource = resource
    }

    /// - Parameter stored: nil when there is no such object, or it was removed.
    /// - Throws: ``ResourcesFailure`` for what the API would refuse; the same change is refused each time.
    package func apply(_ change: Change, to stored: Stored?) throws(ResourcesFailure) -> Merged {
        switch change.kind {
        case .removed: return Merged(stored: nil, changed: stored == nil ? [] : ["."])
        case .changed, .corrected:
            guard stored != nil else {
                throw ResourcesFailure(.objectIsNotThere, at: resource.entity.qualifiedName)
            }
        case .added, .snapshot: break
        }
        guard let after = change.after else { return Merged(stored: stored, changed: []) }
        var run = MergeRun(resource, change, after: after, stored: stored)
        try run.root()
        guard let stored else {
            try run.checkRequired(resource.shape.top, of: resource.shape, Record.root, "")
            return Merged(stored: run.result, changed: ["."])
        }
        if change.kind == .added, !run.changed.isEmpty {
            throw ResourcesFailure(.objectIsThere, at: resource.entity.qualifiedName)
        }
        try checkKey(stored.record, run.record)
        return Merged(stored: run.changed.isEmpty ? stored : run.result, changed: run.changed)
    }

    /// Whether the values that a change says were there before are those that are stored; false when it says none.
    package func isAsBefore(_ change: Change, _ stored: Stored) -> Bool {
        guard let before = change.before else { return false }
        var told = change
        told.kind = .changed
        told.before = nil
        told.after = before
        // What cannot even be merged is not what is there.
        return (try? apply(told, to: stored))?.isChanged == false
    }

    private func checkKey(_ before: Record, _ after: Record) throws(ResourcesFailure) {
        let (left, right) = (
            Item(record: before, frame: Record.root), Item(record: after, frame: Record.root)
        )
        for path in resource.entity.key {
            guard let node = resource.shape.node(path), !resource.shape.says(node, left, sameAs: right) else {
                continue
            }
            throw ResourcesFailure(.keyChanged, at: path)
        }
    }
}

extension Shape {
    /// Where a child stands in a record.
    package struct ChildPlace: Sendable {
        package let child: APIFacts.Child
        package let shape: Shape
        /// The repeat or group, a node of the root.
        package let node: Int
        /// The item's frame, or the root where the child is a single one.
        package let frame: Record.Frame
        /// What stands before the names of its properties: of a single child the group that it is of the root.
        package var prefix: String { frame == Record.root ? "\(shape.layout.nodes[node].path)." : "" }
    }

    /// The children of a record in the order in which their identities are kept: by node, then by item.
    package func children(of record: Record) -> [ChildPlace] {
        var places: [ChildPlace] = []
        for (index, node) in nodes.enumerated() {
            guard let child = node.child, record.slot(index).standing == .value else { continue }
            if let items = node.items {
                places += record.items(index).map {
                    ChildPlace(child: child, shape: items, node: index, frame: $0)
                }
            } else {
                places.append(ChildPlace(child: child, shape: self, node: index, frame: Record.root))
            }
        }
        return places
    }
}
