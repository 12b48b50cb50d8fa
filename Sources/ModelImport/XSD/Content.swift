import Diagnostics

/// What a type allows, inheritance worked out: elements in order, attributes, and facets where it holds a value.
struct Content: Sendable {
    /// An element at its place.
    struct Particle: Sendable {
        var name: QName
        /// Its named type; nil when the type stands in the element itself.
        var type: QName?
        /// A type of its own without a name.
        var inline: SchemaSet.Component?
        var least: Int
        /// Nil is unbounded.
        var most: Int?
        var location: SourceLocation

        var isRepeat: Bool { most.map { $0 > 1 } ?? true }
    }

    struct Attribute: Sendable {
        var name: QName
        var isRequired: Bool
        var fixed: String?
        var facets: Facets
    }

    var particles: [Particle] = []
    var attributes: [Attribute] = []
    /// Set when the type holds a value.
    var facets: Facets?

    /// The value that an attribute with that name always has, whatever its namespace.
    func fixed(_ local: String) -> String? {
        attributes.first { $0.name.local == local }?.fixed
    }

    func particle(_ local: String) -> Particle? { particles.first { $0.name.local == local } }

    /// Adds an element; one that is there already, in another branch of a choice, stays as it is.
    mutating func add(_ particle: Particle) {
        guard let index = particles.firstIndex(where: { $0.name == particle.name }) else {
            particles.append(particle)
            return
        }
        particles[index].least = min(particles[index].least, particle.least)
        if let most = particles[index].most { particles[index].most = particle.most.map { max($0, most) } }
    }

    /// Adds an attribute, or puts it in the place of the inherited one.
    mutating func add(_ attribute: Attribute) {
        attributes.removeAll { $0.name == attribute.name }
        attributes.append(attribute)
    }
}

/// What bounds a value.
struct Facets: Sendable, Equatable {
    /// The built-in type it comes from: `string`, `integer`, `boolean`.
    var base = "string"
    /// The named types on the way there, nearest first.
    var names: [QName] = []
    var minLength: Int?
    var maxLength: Int?
    var totalDigits: Int?
    var fractionDigits: Int?
    var maxInclusive: String?
    var patterns: [String] = []
    var enumeration: [String] = []
}
