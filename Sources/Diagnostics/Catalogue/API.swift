/// Codes of the served and the called APIs.
extension Code {
    // Documents.
    package static let documentNotObject = Code(
        "A001", "notObject",
        meaning: "The document, or the value at this place, should be a JSON object and is something else.",
        remedy: "Send an object with the properties of the resource.")
    package static let propertyTypeWrong = Code(
        "A002", "typeWrong",
        meaning:
            "The property holds another kind of JSON value than its type asks, such as a number for a text.",
        remedy: "Write it as the API's standard says. Nothing is converted by guessing.")
    package static let propertySpellingWrong = Code(
        "A003", "spellingWrong",
        meaning: "The text is no date, moment, duration or number as the API spells it.",
        remedy: "Dates are 2020-03-09, moments RFC 3339 with a zone, durations ISO 8601 such as P5D.")
    package static let contentRefused = Code(
        "A004", "contentRefused",
        meaning: "The content of a document is no base64, or there is no place here to keep it.",
        remedy: "Send the content as base64 text.")

    // Changing what is stored.
    package static let objectIsThere = Code(
        "A101", "objectIsThere",
        meaning: "The object is to be made, but another one with this key is there already.",
        remedy: "Send a change instead, or find out which sender uses the identificatie twice.")
    package static let objectIsNotThere = Code(
        "A102", "objectIsNotThere",
        meaning: "The object is to be changed, but it was never made here or has been removed.",
        remedy: "Send the creating bericht first, or a synchronisation of the whole object.")
    package static let requiredByAPI = Code(
        "A103", "requiredByAPI",
        meaning: "The API refuses this resource without the property, and nothing gave it a value.",
        remedy: "Map it, or let the mapping give it a value with an alternative.")
    package static let statusMomentTaken = Code(
        "A104", "momentTaken",
        meaning: "An item can only be added, and there is another one of the same moment already.",
        remedy: "Let the sender give each status a moment of its own, to the second.")
    package static let keyMissing = Code(
        "A105", "keyMissing",
        meaning: "The object has no value for a property that identifies it.",
        remedy: "Map that property with `key`, and see that the sender fills it.")
    package static let keyChanged = Code(
        "A106", "keyChanged",
        meaning: "A change gives another value to a property that identifies the object.",
        remedy: "Objects keep their key; send a removal and a new object instead.")

    static let api: [Code] = [
        documentNotObject, propertyTypeWrong, propertySpellingWrong, contentRefused, objectIsThere,
        objectIsNotThere, requiredByAPI, statusMomentTaken, keyMissing, keyChanged,
    ]
}
