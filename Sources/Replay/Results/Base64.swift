internal import XML

/// Content as text.
enum Base64 {
    static func text(_ bytes: [UInt8]?) -> [UInt8] {
        var encoder = Base64Encoder()
        var text: [UInt8] = []
        encoder.encode((bytes ?? [])[...], into: &text)
        encoder.finish(into: &text)
        return text
    }
}
