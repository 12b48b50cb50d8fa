/// Codes of what is done at an API, call by call; they share the range of the APIs.
extension Code {
    package static let linkNotFound = Code(
        "A321", "linkNotFound",
        meaning:
            "Nothing at the API is what a property links to: no zaaktype with that code is valid today, the "
            + "zaaktype has no roltype, statustype or resultaattype of that name, or there is no such zaak.",
        remedy: "Add it to the catalogue, or give it another name by an overlay of the mapping.")
    package static let linkAmbiguous = Code(
        "A322", "linkAmbiguous",
        meaning: "More than one thing at the API is what a property links to.",
        remedy: "End the validity of all versions but one in the catalogue.")
    package static let linkUnsaid = Code(
        "A323", "linkUnsaid",
        meaning: "A property links to something, and what it is looked up by is not said.",
        remedy: "Map what the model says the link is looked up by.")
    package static let destinationMissing = Code(
        "A324", "destinationMissing",
        meaning: "No destination of the configuration serves an API that is needed.",
        remedy: "Add an `api` line with that name to a `destination` of the configuration.")
    package static let objectIsOther = Code(
        "A325", "objectIsOther",
        meaning: "The API has an object with this key already, and it is not the one that is to be made.",
        remedy: "Look who made it; change it by an update instead, or give the new one another key.")
    package static let stepUnknown = Code(
        "A326", "stepUnknown",
        meaning:
            "Whether a call took effect cannot be looked up at the API. The delivery waits for a person.",
        remedy:
            "Look at the API whether it is there; then redrive or discard the delivery with `sluis ledger`.")
    package static let apiAnswersOther = Code(
        "A327", "apiAnswersOther",
        meaning: "What the API answers to a write is not what was written.",
        remedy: "Look at the property that is named: the API changes it, or takes it in another spelling.")
    package static let contentTooLarge = Code(
        "A328", "contentTooLarge",
        meaning: "The content of a document is larger than can be sent to the API in one call.",
        remedy: "Raise the limit of the destination, or send the document in parts.")

    static let plans: [Code] = [
        linkNotFound, linkAmbiguous, linkUnsaid, destinationMissing, objectIsOther, stepUnknown,
        apiAnswersOther,
        contentTooLarge,
    ]
}
