internal import Model

/// Which properties of a resource are wanted.
package indirect enum Fields: Sendable, Equatable {
    /// It and all that is in it.
    case whole
    /// Of a group or a resource: these.
    case some([String: Fields])

    package static let none = Fields.some([:])

    /// What is wanted of a member; nil when it is not.
    package subscript(_ name: String) -> Fields? {
        switch self {
        case .whole: .whole
        case .some(let members): members[name]
        }
    }

    /// Adds what a path leads to.
    package mutating func insert(_ steps: ArraySlice<String>) {
        guard let first = steps.first else { return self = .whole }
        guard case .some(var members) = self else { return }
        var member = members[first] ?? .none
        member.insert(steps.dropFirst())
        members[first] = member
        self = .some(members)
    }

    /// What is wanted in both.
    package func within(_ other: Fields) -> Fields {
        switch (self, other) {
        case (.whole, _): return other
        case (_, .whole): return self
        case (.some(let mine), .some(let others)):
            var both: [String: Fields] = [:]
            for (name, fields) in mine { if let other = others[name] { both[name] = fields.within(other) } }
            return .some(both)
        }
    }
}
