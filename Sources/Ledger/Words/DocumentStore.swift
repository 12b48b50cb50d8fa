package import Record
package import Threads

/// The resources that Sluis itself serves.
package protocol DocumentStore: Sendable {
    /// Writes documents, each unless a newer one is there: an older sequence number never overwrites a newer
    /// one.
    ///
    /// - Returns: for each whether it was written, or was there already with this sequence number.
    func write(_ documents: [Document]) throws(LedgerFailure) -> [Bool]

    /// The documents with those keys; those that are not there or were removed are left out.
    func documents(_ keys: [ObjectKey]) throws(LedgerFailure) -> [Document]

    /// The document that is served under that identity, or that holds the child with that identity.
    func document(tenant: String, resource: String, uuid: String) throws(LedgerFailure) -> Document?

    /// The documents that meet all criteria, in the order of their keys.
    ///
    /// A criterion's path is one of ``Document/index``. Values are compared byte by byte, which is right for
    /// text, datum and tijdstip. `after` is a page's `next`.
    func list(_ question: Question, tenant: String) throws(LedgerFailure) -> DocumentPage
}

extension DocumentStore {
    /// The document with that key; nil when there is none, or it was removed.
    package func document(_ key: ObjectKey) throws(LedgerFailure) -> Document? {
        try documents([key]).first
    }
}

/// One resource as it is served.
package struct Document: Sendable, Equatable {
    /// A value by which documents are found.
    package struct Index: Hashable, Sendable {
        package var path: String
        /// Canonical bytes, or a keyed hash where the value is personal.
        package var value: [UInt8]

        package init(path: String, value: [UInt8]) {
            self.path = path
            self.value = value
        }
    }

    /// A part of the document with an identity and a URL of its own: a rol, a status.
    package struct Child: Hashable, Sendable {
        /// `zaken:Rol`.
        package var resource: String
        package var uuid: String

        package init(resource: String, uuid: String) {
            self.resource = resource
            self.uuid = uuid
        }
    }

    /// Its `resource` is `zaken:Zaak`.
    package var key: ObjectKey
    /// The last part of its URL.
    package var uuid: String
    /// The encoded record; nil when the document was removed.
    package var record: [UInt8]?
    /// Of the bericht that it was last changed by.
    package var sequence: Int64
    /// The moment whose state it shows.
    package var asOf: WallTime
    /// Who said so: the zender's applicatie, a table, an API.
    package var source: String
    package var index: [Index]
    package var children: [Child]
    /// Content that the record points to: kept for as long as the document does so.
    package var contents: [Int64]

    package init(
        key: ObjectKey, uuid: String, record: [UInt8]?, sequence: Int64, asOf: WallTime, source: String,
        index: [Index] = [], children: [Child] = [], contents: [Int64] = []
    ) {
        self.key = key
        self.uuid = uuid
        self.record = record
        self.sequence = sequence
        self.asOf = asOf
        self.source = source
        self.index = index
        self.children = children
        self.contents = contents
    }
}

package struct DocumentPage: Sendable, Equatable {
    /// Without their index, children and contents, as every document that is read back.
    package var documents: [Document]
    /// Where the next page starts; nil after the last.
    package var next: [UInt8]?
    /// How many there are on all pages.
    package var total: Int

    package init(documents: [Document], next: [UInt8]?, total: Int) {
        self.documents = documents
        self.next = next
        self.total = total
    }
}
