package import Diagnostics

/// Why a document was not read further. Holds no text of the document.
package struct JSONFailure: Failure, Equatable {
    package var code: Code
    /// 1-based.
    package var line: Int
    /// 1-based; counts Unicode scalars.
    package var column: Int

    package init(_ code: Code, line: Int, column: Int) {
        self.code = code
        self.line = line
        self.column = column
    }

    package var place: String? { "line \(line), column \(column)" }
}
