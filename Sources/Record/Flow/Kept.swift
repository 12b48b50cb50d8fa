/// What a legacy form says that the API's model has no place for and that a mapping keeps (`keep`): by the name of the
/// form, `bg0310:NPS`, and the path in it.
///
/// It stands beside the object (design section 1), is served to nobody, and is used only to lower the object into the same
/// form.
package struct Kept: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        package var standing: Standing
        package var precision: Precision
        /// Canonical; none where there is no value.
        package var bytes: [UInt8]

        package init(standing: Standing, precision: Precision, bytes: [UInt8]) {
            self.standing = standing
            self.precision = precision
            self.bytes = bytes
        }
    }

    package var forms: [String: [String: Value]] = [:]

    package init() {}

    package var isEmpty: Bool { forms.isEmpty }

    /// Takes over what was said later; what that does not say stays, and what it takes away goes.
    ///
    /// - Returns: whether anything is otherwise now.
    package mutating func take(_ later: Kept) -> Bool {
        let before = forms
        for (form, values) in later.forms {
            for (path, value) in values {
                forms[form, default: [:]][path] = value.standing.clears ? nil : value
            }
            if forms[form]?.isEmpty == true { forms[form] = nil }
        }
        return forms != before
    }

    // MARK: Stored

    /// Writes nothing where nothing is kept: what was stored before anything could be, reads the same.
    package func write(to writer: inout ByteWriter) {
        guard !isEmpty else { return }
        writer.number(forms.count)
        for (form, values) in forms.sorted(by: { $0.key < $1.key }) {
            writer.string(form.utf8)
            writer.number(values.count)
            for (path, value) in values.sorted(by: { $0.key < $1.key }) {
                writer.string(path.utf8)
                writer.byte(value.standing.rawValue)
                writer.byte(value.precision.rawValue)
                writer.string(value.bytes)
            }
        }
    }

    package init(reading reader: inout ByteReader) throws(RecordFailure) {
        guard !reader.isAtEnd else { return }
        for _ in 0..<(try reader.count()) {
            let form = try reader.text()
            for _ in 0..<(try reader.count()) {
                let path = try reader.text()
                guard let standing = Standing(rawValue: try reader.byte()),
                    let precision = Precision(rawValue: try reader.byte())
                else { throw reader.failure() }
                forms[form, default: [:]][path] = Value(
                    standing: standing, precision: precision, bytes: Array(try reader.string()))
            }
        }
    }
}
