/// One header field of a response or of a call.
package struct Field: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether it can be written without ending its line or starting another.
    var isWritable: Bool {
        !name.isEmpty && name.utf8.allSatisfy(\.isTokenByte) && value.utf8.allSatisfy(\.isFieldByte)
    }
}

extension [Field] {
    /// The value of the first field of that name, whatever its case.
    package subscript(_ name: String) -> String? {
        first { $0.name.utf8.equalsIgnoringCase(name.utf8) }?.value
    }
}
