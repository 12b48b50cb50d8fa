private import Diagnostics

private let version = UInt8(Change.storedVersion)

extension Change {
    /// Of the form that ``encoded()`` writes.
    package static let storedVersion: Int64 = 1

    /// The change as a delivery stores it; ``init(decoding:layout:onUnknown:)`` reads it.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.byte(version)
        writer.string(kind.rawValue.utf8)
        writer.string(origin.utf8)
        writer.string(source.utf8)
        writer.number(position)
        for text in [telling?.zender, telling?.tijdstip, telling?.whenOlder.rawValue] {
            writer.string((text ?? "").utf8)
        }
        writer.number(objects.count)
        for object in objects {
            writer.string(object.tenant.utf8)
            writer.string(object.resource.utf8)
            writer.string(object.value.utf8)
        }
        for record in [before, after] {
            writer.string(record?.encoded() ?? [])
        }
        kept.write(to: &writer)
        return writer.bytes
    }

    /// Reads a change that was stored.
    ///
    /// - Parameters:
    ///   - layout: of both its records.
    ///   - onUnknown: hears of each path that the layout does not hold.
    package init(
        decoding bytes: [UInt8], layout: Layout, onUnknown: (String) -> Void
    ) throws(RecordFailure) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == version, let kind = Kind(rawValue: try reader.text()) else {
            throw reader.failure()
        }
        let origin = try reader.text()
        let source = try reader.text()
        let position = Int64(truncatingIfNeeded: try reader.number())
        let (zender, tijdstip) = (try reader.text(), try reader.text())
        let telling = Telling.WhenOlder(rawValue: try reader.text()).map {
            Telling(zender: zender, tijdstip: tijdstip, whenOlder: $0)
        }
        var objects: [ObjectKey] = []
        for _ in 0..<(try reader.count()) {
            objects.append(
                ObjectKey(tenant: try reader.text(), resource: try reader.text(), value: try reader.text()))
        }
        var records: [Record?] = []
        for _ in 0..<2 {
            let stored = try reader.string()
            records.append(
                stored.isEmpty
                    ? nil : try Record(decoding: Array(stored), layout: layout, onUnknown: onUnknown))
        }
        let kept = try Kept(reading: &reader)
        guard reader.isAtEnd else { throw reader.failure() }
        self.init(
            objects: objects, kind: kind, before: records[0], after: records[1], origin: origin,
            source: source, telling: telling, position: position)
        self.kept = kept
    }
}
