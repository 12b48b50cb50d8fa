/// A document: what is read of it, written again, must be read as the same.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer owns these bytes for the time of the call; they are copied at once.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let copy = written(bytes) else { return 0 }
    precondition(written(copy) == copy, "what was written must be read, and be written the same again")
    return 0
}
