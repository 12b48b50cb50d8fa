/// Codes of the ledger.
extension Code {
    package static let ledgerUnavailable = Code(
        "L001", "ledgerUnavailable",
        meaning: "The database that holds the ledger could not be reached, or did not answer.",
        remedy: "Look at the Postgres error beside it. What was acknowledged is safe; the rest is repeated.")
    package static let ledgerFull = Code(
        "L002", "ledgerFull",
        meaning: "More berichten wait to be written than the configured limit.",
        remedy: "The sender repeats it later. When it lasts, look at the disk of the database.")
    package static let ledgerClosed = Code(
        "L003", "ledgerClosed",
        meaning: "The ledger was asked for something while Sluis was stopping.",
        remedy: "Ask again when Sluis has started again.")
    package static let ledgerRefused = Code(
        "L004", "ledgerRefused",
        meaning: "The database refused a statement of the ledger.",
        remedy: "The SQLSTATE beside it says why: a right that is missing, a schema of another release.")
    package static let valuesRefused = Code(
        "L005", "valuesRefused",
        meaning: "The database refused what a bericht or a change would store: the same can never succeed.",
        remedy: "This is a fault in Sluis: report it with the SQLSTATE, the version and the kind of bericht.")
    package static let fenceStale = Code(
        "L101", "fenceStale",
        meaning: "A worker reported about a delivery that another had claimed since.",
        remedy: "The newer claim counts. Rare, it is harmless; often, the lease is too short.")
    package static let keyTooLong = Code(
        "L102", "keyTooLong",
        meaning: "A name, number or key is longer than the ledger keeps, or holds a control character.",
        remedy: "Correct it at the sender: the standard allows 40 characters for a referentienummer.")
    package static let pieceTooLarge = Code(
        "L103", "pieceTooLarge",
        meaning: "A piece of content was larger than 1 MiB, or a bericht touches too many objects.",
        remedy: "This is a fault in Sluis: report it with the version and the kind of bericht.")
    package static let contentMissing = Code(
        "L104", "contentMissing",
        meaning: "A bericht points to content that is not in the ledger (any more).",
        remedy: "Uploads are kept for a day and content until it is delivered: let the sender send it again.")
    package static let contentDamaged = Code(
        "L105", "contentDamaged",
        meaning: "A stored piece does not have the hash it was stored with.",
        remedy: "The disk or the database is damaged: restore a backup, then let the sender send it again.")
    package static let berichtUnknown = Code(
        "L106", "berichtUnknown",
        meaning: "There is no bericht or delivery with that number.",
        remedy: "sluis ledger list shows the numbers there are.")
    package static let encodingUnknown = Code(
        "L107", "encodingUnknown",
        meaning: "A stored record was written in a form that this release cannot read.",
        remedy: "Run the release that wrote it, or a newer one.")
    package static let objectExists = Code(
        "L108", "objectExists",
        meaning: "A bericht creates an object that an earlier bericht created with other values.",
        remedy: "Send a bericht that changes the object, or let the sender draw another identificatie.")
    package static let ledgerMissing = Code(
        "L109", "ledgerMissing",
        meaning: "There is no ledger yet in the data folder or the database that is looked at.",
        remedy: "Start `sluis serve` there first, or name what it uses with `--config` or `--data`.")
    package static let formUnreadable = Code(
        "L110", "formUnreadable",
        meaning: "The ledger holds records in a form that this release does not read.",
        remedy: "Run the release that wrote it; for a ledger made to try only, use another data folder.")

    static let ledger: [Code] = [
        ledgerUnavailable, ledgerFull, ledgerClosed, ledgerRefused, valuesRefused, fenceStale, keyTooLong,
        pieceTooLarge, contentMissing, contentDamaged, berichtUnknown, encodingUnknown, objectExists,
        ledgerMissing, formUnreadable,
    ]
}
