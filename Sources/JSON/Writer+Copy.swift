extension Writer {
    /// Writes the value that a reader gives next, in this writer's form: to lay a document out, or to take one out of
    /// another.
    package mutating func copy(_ reader: inout Reader) throws(JSONFailure) {
        let depth = reader.depth
        repeat {
            let token = try reader.next()
            switch token.kind {
            case .objectStart: startObject()
            case .arrayStart: startArray()
            case .objectEnd, .arrayEnd: end()
            case .key: key(reader.text(of: token))
            case .string: string(reader.text(of: token))
            case .number: number(reader.text(of: token))
            case .true: boolean(true)
            case .false: boolean(false)
            case .null: null()
            case .end: return
            }
        } while reader.depth > depth
    }
}
