internal import Diagnostics
internal import Ledger
internal import StUF

/// A bericht with its documents in parts of their own (MTOM, StUF protocol binding 3.1): the document that holds it is
/// collected, and every other part goes to the ledger as it comes.
struct MTOMBody {
    /// The bericht itself without its documents: of a real one some tens of KB.
    private static let mostRoot = 1024 * 1024

    private var multipart: Multipart
    private let start: String?
    private(set) var root: [UInt8] = []
    private var hasRoot = false
    /// The part that is being read: the root, or the content id of another.
    private var isInRoot = false

    /// - Throws: `S080` when the media type has no boundary that may be.
    init(_ type: MediaType) throws(StUFFailure) {
        guard let multipart = Multipart(boundary: type["boundary"] ?? "") else {
            throw StUFFailure(.stufMultipart, at: "multipart", hint: "its boundary is malformed")
        }
        self.multipart = multipart
        start = type["start"].map(Self.bare)
    }

    mutating func feed(_ chunk: ArraySlice<UInt8>, _ contents: StagedContents) throws(StUFFailure) {
        var pieces = multipart
        try pieces.feed(chunk) { (piece) throws(StUFFailure) in
            switch piece {
            case .start(let fields): try begin(fields, contents)
            case .data(let bytes):
                guard isInRoot else { return try contents.write(Array(bytes)) }
                root += bytes
                guard root.count <= Self.mostRoot else {
                    throw StUFFailure(.stufMultipart, at: "multipart", hint: "the bericht is too large")
                }
            case .end: if !isInRoot { try contents.end() }
            }
        }
        multipart = pieces
    }

    func finish() throws(StUFFailure) {
        try multipart.finish()
        guard hasRoot else {
            throw StUFFailure(.stufMultipart, at: "multipart", hint: "no part is the one that start names")
        }
    }

    private mutating func begin(_ fields: [String: String], _ contents: StagedContents) throws(StUFFailure) {
        let id = fields["content-id"].map(Self.bare)
        // Without start the first part is the root (RFC 2387 section 3.2).
        isInRoot = !hasRoot && (start == nil || start == id)
        let encoding = fields["content-transfer-encoding"]?.lowercased() ?? "binary"
        guard ["binary", "8bit", "7bit"].contains(encoding) else {
            throw StUFFailure(.stufMultipart, at: "multipart", hint: "a part is not sent as it is")
        }
        if isInRoot {
            hasRoot = true
        } else {
            try contents.beginPart(id ?? "")
        }
    }

    /// `<a@b>` without its brackets.
    private static func bare(_ id: String) -> String {
        var text = id[...]
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        if text.first == "<", text.last == ">" { text = text.dropFirst().dropLast() }
        return String(text)
    }
}
