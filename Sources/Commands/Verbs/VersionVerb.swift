import Diagnostics

extension Verb {
    static let version = Verb("version", "which release this is") { _, console in
        console.print("sluis \(Product.version)")
        return .done
    }
}
