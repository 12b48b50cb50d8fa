private import Record
package import StUF

extension Reply {
    /// The answer as the ledger keeps it.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.number(status)
        writer.string(contentType.utf8)
        writer.string(body)
        return writer.bytes
    }

    /// - Returns: nil for bytes that ``encoded()`` did not write.
    package init?(decoding bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        do throws(RecordFailure) {
            let status = try reader.number()
            let contentType = try reader.text()
            let body = Array(try reader.string())
            guard reader.isAtEnd, (100...599).contains(status) else { return nil }
            self.init(status: Int(status), contentType: contentType, body: body)
        } catch {
            return nil
        }
    }
}
