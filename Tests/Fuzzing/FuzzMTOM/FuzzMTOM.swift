/// A media type on the first line and a body in parts behind it: read whole and byte by byte it must come to the same.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer owns these bytes for the time of the call; they are copied at once.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let whole = outcome(bytes, step: max(bytes.count, 1))
    let slow = outcome(bytes, step: 1)
    precondition(whole == slow, "the pieces in which a body comes must not change its parts")
    return 0
}
