package import Diagnostics

/// Why a document was not read further. Holds no text of the document.
package struct XMLFailure: Failure, Equatable {
    package var code: Code
    /// 1-based; 0 when no line can be named.
    package var line: Int

    package init(_ code: Code, line: Int) {
        self.code = code
        self.line = line
    }

    package var place: String? { line > 0 ? "line \(line)" : nil }
    package var isPassing: Bool { code == .xmlUnavailable }
}
