/// What is wrong with an OpenAPI document by the API Design Rules (Logius, ADR 2.2.0), after the public rule set
/// `linter.yaml`: the same names of rules, found at the same places.
struct Linter {
    struct Finding: Hashable, CustomStringConvertible {
        var rule: String
        /// `paths./zaken.get.responses[200].headers`.
        var path: String

        var description: String { path.isEmpty ? rule : "\(rule) at \(path)" }
    }

    /// One value of the document, where references are followed to where they lead.
    struct Node {
        var path: String
        var value: Tree
    }

    let document: Tree
    private(set) var findings: Set<Finding> = []

    /// Everything that is wrong, sorted.
    static func findings(in bytes: [UInt8]) throws -> [Finding] {
        var linter = Linter(document: try Tree(bytes))
        linter.checkRoot()
        linter.checkPaths()
        var visited: Set<String> = []
        linter.walk(Node(path: "", value: linter.document), &visited)
        return linter.findings.sorted { ($0.path, $0.rule) < ($1.path, $1.rule) }
    }

    mutating func report(_ rule: String, at path: String) {
        findings.insert(Finding(rule: rule, path: path))
    }

    // MARK: Finding one's way

    /// Where a value stands that is a reference; else the value itself.
    func resolved(_ node: Node) -> Node {
        guard let reference = node.value["$ref"]?.text, reference.hasPrefix("#/") else { return node }
        var found = Node(path: "", value: document)
        for step in reference.dropFirst(2).split(separator: "/") {
            let name = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = found.value[name] else { return node }
            found = Node(path: Self.path(found.path, name), value: next)
        }
        return resolved(found)
    }

    /// A member, followed when it is a reference.
    func member(_ name: String, of node: Node) -> Node? {
        node.value[name].map { resolved(Node(path: Self.path(node.path, name), value: $0)) }
    }

    func children(of node: Node) -> [(key: String, node: Node)] {
        switch node.value {
        case .object(let members):
            members.map { ($0.key, resolved(Node(path: Self.path(node.path, $0.key), value: $0.value))) }
        case .array(let items):
            items.enumerated().map {
                (String($0.offset), resolved(Node(path: "\(node.path)[\($0.offset)]", value: $0.element)))
            }
        default: []
        }
    }

    static func path(_ path: String, _ name: String) -> String {
        if !name.isEmpty, name.allSatisfy(\.isNumber) { return "\(path)[\(name)]" }
        return path.isEmpty ? name : "\(path).\(name)"
    }

    /// Visits every value once, however many references lead to it.
    private mutating func walk(_ node: Node, _ visited: inout Set<String>) {
        guard visited.insert(node.path).inserted else { return }
        checkResponses(node)
        checkProperties(node)
        for (_, child) in children(of: node) { walk(child, &visited) }
    }

    /// Every value with that name at any depth below.
    func all(_ name: String, below node: Node) -> [Node] {
        var visited: Set<String> = []
        return all(name, below: node, &visited)
    }

    private func all(_ name: String, below node: Node, _ visited: inout Set<String>) -> [Node] {
        guard visited.insert(node.path).inserted else { return [] }
        var found: [Node] = []
        for (key, child) in children(of: node) {
            if key == name { found.append(child) }
            found += all(name, below: child, &visited)
        }
        return found
    }
}
