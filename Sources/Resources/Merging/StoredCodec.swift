private import Crypto
package import Record

private let version = UInt8(Stored.storedVersion)

extension Stored {
    /// Of the form that ``encoded()`` writes. Version 1 had two forms, with and without the tellings.
    package static let storedVersion: Int64 = 2

    /// The object as the store keeps it; ``init(decoding:layout:onUnknown:)`` reads it.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(version)
        writer.number(children.count)
        for child in children {
            writer.string(child.resource.utf8)
            writer.string(child.uuid.bytes)
        }
        writer.number(tellings.count)
        for (zender, tijdstip) in tellings.sorted(by: { $0.key < $1.key }) {
            writer.string(zender.utf8)
            writer.string(tijdstip.utf8)
        }
        writer.string(record.encoded())
        kept.write(to: &writer)
        return writer.bytes
    }

    /// Reads what was stored, under the layout as it is now.
    ///
    /// - Parameter onUnknown: hears of each path that the layout does not hold any more.
    package init(
        decoding bytes: [UInt8], layout: Layout, onUnknown: (String) -> Void
    ) throws(RecordFailure) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == version else { throw reader.failure() }
        var children: [ChildIdentity] = []
        for _ in 0..<(try reader.count()) {
            let resource = try reader.text()
            guard let uuid = UUID(bytes: Array(try reader.string())) else { throw reader.failure() }
            children.append(ChildIdentity(resource: resource, uuid: uuid))
        }
        var tellings: [String: String] = [:]
        for _ in 0..<(try reader.count()) { tellings[try reader.text()] = try reader.text() }
        let record = try Record(
            decoding: Array(try reader.string()), layout: layout, onUnknown: onUnknown)
        let kept = try Kept(reading: &reader)
        guard reader.isAtEnd else { throw reader.failure() }
        self.init(record: record, children: children, tellings: tellings, kept: kept)
    }
}
