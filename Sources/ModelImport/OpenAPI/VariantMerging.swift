import Model
import Record

/// Puts the members of an object's variants together.
///
/// A value that some variants have is a value that may be absent. A group that looks different in each becomes one
/// group that varies by the discriminator beside it, as `betrokkeneIdentificatie` does by `betrokkeneType`.
struct VariantMerging {
    private var members: [DerivedElement]
    private let discriminator: String?
    /// How many variants there are, and in how many each member is required.
    private var count = 0
    private var requiring: [String: Int] = [:]

    init(_ members: [DerivedElement], discriminator: String?) {
        self.members = members
        self.discriminator = discriminator
    }

    /// - Parameter value: of the discriminator; empty when there is none.
    mutating func add(_ others: [DerivedElement], for value: String) {
        if let discriminator, !value.isEmpty { addValue(value, to: discriminator) }
        count += 1
        for other in others where other.name != discriminator {
            var other = other
            if other.isRequired { requiring[other.name, default: 0] += 1 }
            other.isRequired = false
            let index = members.firstIndex { $0.name == other.name }
            let varies = index.map { members[$0].discriminator != nil } ?? true
            if varies, discriminator != nil, !value.isEmpty, other.form == .group, !other.isRepeat {
                other = varying(other, for: value)
            }
            guard let index else {
                members.append(other)
                continue
            }
            members[index] = Self.merged(members[index], other)
        }
    }

    /// The members, required where every variant requires them, and varying where not all are alike.
    func finished() -> [DerivedElement] {
        members.map { member in
            var member = member
            if requiring[member.name] == count { member.isRequired = true }
            let isAlike = member.members.allSatisfy { $0.variants.count == count }
            if member.discriminator != nil, member.discriminator == discriminator, isAlike {
                member.discriminator = nil
                for index in member.members.indices { member.members[index].variants = [] }
            }
            return member
        }
    }

    /// The discriminator becomes an enumeration of the values that occur.
    private mutating func addValue(_ value: String, to discriminator: String) {
        let index = members.firstIndex { $0.name == discriminator }
        var element = index.map { members[$0] } ?? DerivedElement(discriminator, .leaf(ElementType(.text)))
        var values: [String] = []
        if case .leaf(let type) = element.form { values = type.enumeration }
        if !values.contains(value) { values.append(value) }
        element.form = .leaf(ElementType(.text, enumeration: values))
        element.isRequired = true
        if let index { members[index] = element } else { members.insert(element, at: 0) }
    }

    private func varying(_ element: DerivedElement, for value: String) -> DerivedElement {
        var element = element
        element.discriminator = discriminator
        for index in element.members.indices { element.members[index].variants = [value] }
        return element
    }

    private static func merged(_ left: DerivedElement, _ right: DerivedElement) -> DerivedElement {
        var whole = left
        whole.isRequired = left.isRequired && right.isRequired
        whole.variants += right.variants.filter { !left.variants.contains($0) }
        switch (left.form, right.form) {
        case (.leaf(let one), .leaf(let other)): whole.form = .leaf(wider(one, other))
        case (.group, .group):
            for member in right.members {
                if let index = whole.members.firstIndex(where: { $0.name == member.name }) {
                    whole.members[index] = merged(whole.members[index], member)
                } else {
                    whole.members.append(member)
                }
            }
        default:
            guard left.form != right.form else { break }
            whole.form = .opaque
            whole.members = []
        }
        return whole
    }

    /// What holds the values of both.
    private static func wider(_ one: ElementType, _ other: ElementType) -> ElementType {
        guard one.base == other.base else { return ElementType(.text) }
        var type = one
        type.maxLength = one.maxLength.flatMap { left in other.maxLength.map { max(left, $0) } }
        type.minLength = one.minLength.flatMap { left in other.minLength.map { min(left, $0) } }
        type.isDigits = one.isDigits && other.isDigits && type.maxLength != nil
        if one.enumeration.isEmpty || other.enumeration.isEmpty {
            type.enumeration = []
        } else {
            type.enumeration += other.enumeration.filter { !one.enumeration.contains($0) }
        }
        return type
    }
}
