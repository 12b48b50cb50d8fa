/// A bericht: read whole and in small pieces it must come to the same, and every refusal can be answered.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer owns these bytes for the time of the call; they are copied at once.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let whole = outcome(bytes, step: max(bytes.count, 1))
    let pieces = outcome(bytes, step: 7)
    precondition(whole == pieces, "the pieces in which a bericht comes must not change what it is")
    return 0
}
