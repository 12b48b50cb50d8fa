import Record

/// Lays out elements: a node for every leaf, group and repeat, in schema order, a group before its members.
///
/// A repeat of leaves has items with one node named `.`, the value itself, and one for each attribute.
struct LayoutBuilder {
    var separator: Character
    /// Only these paths, with what is around and below them; nil is everything.
    var paths: Set<String>?

    func layout(named name: String, of elements: [Element]) -> Layout {
        layout(named: name, of: elements, within: "")
    }

    private func layout(named name: String, of elements: [Element], within prefix: String) -> Layout {
        var nodes: [Layout.Node] = []
        append(elements, to: &nodes, named: name, path: "", parent: nil, within: prefix)
        return Layout(name: name, nodes: nodes)
    }

    /// - Parameters:
    ///   - path: of the group, from the root of this layout.
    ///   - prefix: of this layout, from the root of the entity.
    private func append(
        _ elements: [Element], to nodes: inout [Layout.Node], named name: String, path: String, parent: Int?,
        within prefix: String
    ) {
        for element in elements {
            let own = join(path, element.name)
            let whole = join(prefix, own)
            guard isWanted(whole) else { continue }
            let node = nodes.count
            nodes.append(
                Layout.Node(
                    name: element.name, path: own, type: element.type.base,
                    items: element.isRepeat
                        ? items(of: element, named: "\(name)/\(own)", within: whole) : nil,
                    parent: parent))
            guard !element.isRepeat else { continue }
            append(element.members, to: &nodes, named: name, path: own, parent: node, within: prefix)
        }
    }

    private func items(of element: Element, named name: String, within prefix: String) -> Layout {
        guard !element.isGroup else { return layout(named: name, of: element.members, within: prefix) }
        var nodes = [
            Layout.Node(name: ".", path: ".", type: element.type.base, items: nil, parent: nil)
        ]
        append(element.members, to: &nodes, named: name, path: "", parent: nil, within: prefix)
        return Layout(name: name, nodes: nodes)
    }

    private func isWanted(_ path: String) -> Bool {
        guard let paths else { return true }
        return paths.contains { wanted in
            wanted == path || wanted.hasPrefix("\(path)\(separator)")
                || path.hasPrefix("\(wanted)\(separator)")
        }
    }

    private func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path)\(separator)\(name)"
    }
}
