import Record
import Threads

/// The documents of a ``MemoryLedger``.
struct MemoryDocuments {
    private struct Identity: Hashable {
        var tenant: String
        var resource: String
        var uuid: String
    }

    /// Removed ones too, so that an older state does not come back.
    private var byKey: [ObjectKey: Document] = [:]
    private var byIdentity: [Identity: ObjectKey] = [:]

    /// Content that documents point to.
    var contents: Set<Int64> { Set(byKey.values.flatMap(\.contents)) }

    mutating func write(_ document: Document) -> Bool {
        if let old = byKey[document.key] {
            guard old.sequence <= document.sequence else { return false }
            for identity in identities(of: old) { byIdentity[identity] = nil }
        }
        byKey[document.key] = document
        guard document.record != nil else { return true }
        for identity in identities(of: document) { byIdentity[identity] = document.key }
        return true
    }

    private func identities(of document: Document) -> [Identity] {
        let own = Identity(
            tenant: document.key.tenant, resource: document.key.resource, uuid: document.uuid)
        return [own]
            + document.children.map {
                Identity(tenant: document.key.tenant, resource: $0.resource, uuid: $0.uuid)
            }
    }

    func document(_ key: ObjectKey) -> Document? {
        guard var found = byKey[key], found.record != nil else { return nil }
        (found.index, found.children, found.contents) = ([], [], [])
        return found
    }

    func document(tenant: String, resource: String, uuid: String) -> Document? {
        byIdentity[Identity(tenant: tenant, resource: resource, uuid: uuid)].flatMap { document($0) }
    }

    func list(_ question: Question, tenant: String) -> DocumentPage {
        let found = byKey.values
            .filter { document in
                document.key.tenant == tenant && document.key.resource == question.resource
                    && document.record != nil
                    && question.criteria.allSatisfy { $0.isMet(by: document.index) }
            }
            .map { (value: Array($0.key.value.utf8), key: $0.key) }
            .sorted { $0.value.lexicographicallyPrecedes($1.value) }
        let rest = found.filter { question.after?.lexicographicallyPrecedes($0.value) ?? true }
            .dropFirst(max(question.skip, 0))
        let page = rest.prefix(max(question.limit, 0))
        return DocumentPage(
            documents: page.compactMap { document($0.key) },
            next: page.count < rest.count ? page.last?.value : nil, total: found.count)
    }
}

extension Question.Criterion {
    /// Whether a document with these values is meant.
    fileprivate func isMet(by index: [Document.Index]) -> Bool {
        let values = index.filter { $0.path == path }.map(\.value)
        return comparison == .absent ? values.isEmpty : values.contains { accepts($0) }
    }
}
