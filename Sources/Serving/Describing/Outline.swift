internal import JSON

/// Objects and arrays whose ends cannot be forgotten.
extension Writer {
    mutating func object(_ members: (inout Writer) -> Void) {
        startObject()
        members(&self)
        end()
    }

    mutating func object(_ name: String, _ members: (inout Writer) -> Void) {
        key(name)
        object(members)
    }

    mutating func array(_ name: String, _ items: (inout Writer) -> Void) {
        key(name)
        startArray()
        items(&self)
        end()
    }

    mutating func text(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    mutating func texts(_ name: String, _ values: [String]) {
        array(name) { json in for value in values { json.string(value) } }
    }

    mutating func number(_ name: String, _ value: Int) {
        key(name)
        number(value)
    }

    mutating func flag(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    mutating func reference(_ path: String) {
        object { $0.text("$ref", "#/components/\(path)") }
    }

    mutating func reference(_ name: String, _ path: String) {
        key(name)
        reference(path)
    }
}
