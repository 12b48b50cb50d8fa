/// Codes of delivering.
extension Code {
    static let delivery: [Code] = [.changeUnreadable, .changeOlder]

    package static let changeUnreadable = Code(
        "D001", "changeUnreadable",
        meaning: "A stored change cannot be read: no model has its resource any more, or its "
            + "bytes are damaged.",
        remedy: "Restore the model that held the resource and redrive the delivery with `sluis "
            + "ledger redrive`.")
    package static let changeOlder = Code(
        "D002", "changeOlder",
        meaning: "A bericht came in after one that its zender wrote later about the same object, and "
            + "the values that it says were there before are not those that are there.",
        remedy: "Compare it with what is served, then redrive or discard the delivery. The route says "
            + "with `policy older` what becomes of such berichten.")
}
