/// Codes of delivering.
extension Code {
    static let delivery: [Code] = [.changeUnreadable]

    package static let changeUnreadable = Code(
        "D001", "changeUnreadable",
        meaning: "A stored change cannot be read: no model has its resource any more, or its "
            + "bytes are damaged.",
        remedy: "Restore the model that held the resource and redrive the delivery with `sluis "
            + "ledger redrive`.")
}
