private import JSON

/// The document as our writer spells it; nil when it is refused.
func written(_ bytes: [UInt8]) -> [UInt8]? {
    var reader = JSON.Reader(bytes)
    var writer = JSON.Writer()
    do throws(JSONFailure) {
        while true {
            let token = try reader.next()
            switch token.kind {
            case .objectStart: writer.startObject()
            case .arrayStart: writer.startArray()
            case .objectEnd, .arrayEnd: writer.end()
            case .key: writer.key(reader.text(of: token))
            case .string: writer.string(reader.text(of: token))
            case .number: writer.number(reader.text(of: token))
            case .true, .false: writer.boolean(token.kind == .true)
            case .null: writer.null()
            case .end: return writer.bytes
            }
        }
    } catch {
        return nil
    }
}
