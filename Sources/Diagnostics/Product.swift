/// What the product calls itself, wherever it does.
package enum Product {
    /// The release this source makes; `publiccode.yml` says the same.
    package static let version = "0.1.0"
}
