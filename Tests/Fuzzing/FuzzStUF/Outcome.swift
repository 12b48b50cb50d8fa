private import Crypto
private import Diagnostics
private import Model
private import StUF
private import XML

/// Made once: every StUF entity of the shipped models.
private let forms: Forms = {
    XML.initialise()
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return Forms(Models.load(["/\(root)/mappings/models"]).models)
}()
private let hash = KeyedHash(id: "k1", key: [1, 2, 3])

/// The code of the refusal, or the hash of what was read.
func outcome(_ bytes: [UInt8], step: Int) -> String {
    do throws(StUFFailure) {
        var reader = try BerichtReader(forms, soapAction: nil, hash: hash, contents: MemoryContents())
        var position = 0
        while position < bytes.count {
            let end = min(position + step, bytes.count)
            try reader.feed(bytes[position..<end])
            position = end
        }
        _ = try reader.finish()
        return "\(reader.contentHash)"
    } catch {
        return error.code.description
    }
}
