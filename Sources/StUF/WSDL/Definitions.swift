package import Mapping
internal import Model
internal import XML

/// The WSDL 1.1 document of the operations that routes take, document/literal over SOAP 1.1 (StUF protocol binding 3
/// and 4): for tools that make a client of it.
///
/// It is written from routes and models and describes what is read here, which is more tolerant than the official
/// schemas: every element is optional and has no length. What is written follows the official ones.
package struct Definitions: Sendable {
    static let namespace = "urn:sluis:stuf:wsdl"
    private static let wsdl = "http://schemas.xmlsoap.org/wsdl/"
    private static let soap = "http://schemas.xmlsoap.org/wsdl/soap/"

    private let operations: [Operation]
    private let forms: Forms

    /// - Returns: nil where no operation has that portType.
    package init?(of operations: [Operation], portType: String?, forms: Forms) {
        let own = operations.filter { portType == nil || $0.portType == portType }
        guard !own.isEmpty else { return nil }
        var names: Set<String> = []
        // A portType has each name once (WS-I Basic Profile 1.1 R2304).
        self.operations = own.filter { names.insert("\($0.portType) \($0.name)").inserted }
        self.forms = forms
    }

    private var portTypes: [String] { Array(Set(operations.map(\.portType))).sorted() }

    /// - Parameter address: of the endpoint without portType: `https://sluis.example/stuf`.
    package func document(address: String) -> [UInt8] {
        var writer = Writer(isIndented: true)
        writer.declaration()
        writer.start(Self.w("definitions"))
        writer.declare(prefix: "wsdl", namespace: Self.wsdl)
        writer.declare(prefix: "soap", namespace: Self.soap)
        writer.declare(prefix: "tns", namespace: Self.namespace)
        let schemas = Schemas(operations, forms)
        for (prefix, namespace) in schemas.prefixes { writer.declare(prefix: prefix, namespace: namespace) }
        writer.attribute(Self.plain("targetNamespace"), Self.namespace)
        writer.attribute(Self.plain("name"), "Sluis")
        writer.start(Self.w("types"))
        schemas.write(to: &writer)
        writer.end()
        for message in messages { write(message, schemas, to: &writer) }
        for portType in portTypes { write(portType: portType, to: &writer) }
        for portType in portTypes { write(binding: portType, to: &writer) }
        write(service: address, to: &writer)
        writer.end()
        return writer.take()
    }

    // MARK: Parts

    static func plain(_ name: String) -> Tag { Tag(prefix: "", local: name) }
    private static func w(_ name: String) -> Tag { Tag(prefix: "wsdl", local: name) }
    private static func s(_ name: String) -> Tag { Tag(prefix: "soap", local: name) }

    /// Every root that is sent or received, each once.
    private var messages: [Root] {
        var seen: Set<Root> = []
        return operations.flatMap { [$0.input, $0.output, $0.fault] }.filter { seen.insert($0).inserted }
    }

    private func write(_ root: Root, _ schemas: Schemas, to writer: inout Writer) {
        writer.start(Self.w("message"))
        writer.attribute(Self.plain("name"), message(root))
        writer.start(Self.w("part"))
        writer.attribute(Self.plain("name"), "body")
        writer.attribute(Self.plain("element"), schemas.qualified(root.name, in: root.namespace))
        writer.end()
        writer.end()
    }

    /// Roots of two services can have one name.
    private func message(_ root: Root) -> String {
        let prefix = forms.prefixes.all.first { $0.namespace == root.namespace }?.prefix ?? "KV"
        return "\(prefix).\(root.name)"
    }

    private func write(portType: String, to writer: inout Writer) {
        writer.start(Self.w("portType"))
        writer.attribute(Self.plain("name"), portType)
        for operation in operations where operation.portType == portType {
            writer.start(Self.w("operation"))
            writer.attribute(Self.plain("name"), operation.name)
            for (kind, root) in [
                ("input", operation.input), ("output", operation.output), ("fault", operation.fault),
            ] {
                writer.start(Self.w(kind))
                if kind == "fault" { writer.attribute(Self.plain("name"), "fout") }
                writer.attribute(Self.plain("message"), "tns:\(message(root))")
                writer.end()
            }
            writer.end()
        }
        writer.end()
    }

    private func write(binding portType: String, to writer: inout Writer) {
        writer.start(Self.w("binding"))
        writer.attribute(Self.plain("name"), "SOAP\(portType)")
        writer.attribute(Self.plain("type"), "tns:\(portType)")
        writer.start(Self.s("binding"))
        writer.attribute(Self.plain("style"), "document")
        writer.attribute(Self.plain("transport"), "http://schemas.xmlsoap.org/soap/http")
        writer.end()
        for operation in operations where operation.portType == portType {
            writer.start(Self.w("operation"))
            writer.attribute(Self.plain("name"), operation.name)
            writer.start(Self.s("operation"))
            writer.attribute(Self.plain("soapAction"), operation.soapAction)
            writer.end()
            for kind in ["input", "output"] {
                writer.start(Self.w(kind))
                writer.start(Self.s("body"))
                writer.attribute(Self.plain("use"), "literal")
                writer.end()
                writer.end()
            }
            writer.start(Self.w("fault"))
            writer.attribute(Self.plain("name"), "fout")
            writer.start(Self.s("fault"))
            writer.attribute(Self.plain("name"), "fout")
            writer.attribute(Self.plain("use"), "literal")
            writer.end()
            writer.end()
            writer.end()
        }
        writer.end()
    }

    private func write(service address: String, to writer: inout Writer) {
        for portType in portTypes {
            writer.start(Self.w("service"))
            writer.attribute(Self.plain("name"), portType)
            writer.start(Self.w("port"))
            writer.attribute(Self.plain("name"), portType)
            writer.attribute(Self.plain("binding"), "tns:SOAP\(portType)")
            writer.start(Self.s("address"))
            writer.attribute(Self.plain("location"), "\(address)/\(portType)")
            writer.end()
            writer.end()
            writer.end()
        }
    }
}

extension Operation {
    var input: Root { Root(namespace: namespace, name: root) }

    private var isSynchronous: Bool { Berichtcode(rawValue: String(root.suffix(4)))?.isSynchronous ?? false }

    /// Of a vraag its antwoord, of a vrij bericht the one that comes back, else the confirmation (StUF 03.01 section
    /// 4.1.2).
    var output: Root {
        switch kind {
        case .vraag:
            return Root(namespace: namespace, name: "\(root.dropLast(4))La\(root.suffix(2))")
        case .kennisgeving, .vrijBericht:
            return Root(namespace: Namespace.stuf, name: isSynchronous ? "Bv02Bericht" : "Bv03Bericht")
        }
    }

    var fault: Root {
        Root(namespace: Namespace.stuf, name: isSynchronous ? "Fo02Bericht" : "Fo03Bericht")
    }
}
