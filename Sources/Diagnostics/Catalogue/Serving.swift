/// Codes of what is served; they share the range of the APIs.
extension Code {
    package static let servedNotFound = Code(
        "A201", "notFound",
        meaning: "There is nothing at this address: no such API, collection or resource, or it was removed.",
        remedy: "Follow the URLs that Sluis gives; they begin with the configured `public-base`.")
    package static let parameterRefused = Code(
        "A202", "parameterRefused",
        meaning: "A parameter of the query is unknown, comes twice, or has a value its property cannot have.",
        remedy: "The answer names each one under `invalidParams`. Nothing is ignored in silence.")
    package static let methodRefused = Code(
        "A203", "methodRefused",
        meaning: "The resource is only read here: Sluis serves what the old systems send.",
        remedy: "Write at the source; for the own store that is the old application, which sends a bericht.")
    package static let formRefused = Code(
        "A204", "formRefused",
        meaning: "The request accepts no form that can be served.",
        remedy: "Send `Accept: application/json`, and `Accept-Crs: EPSG:4326` or none.")
    package static let writesOpen = Code(
        "A205", "writesOpen",
        meaning: "What was written about the object before is not delivered yet; no answer would be true.",
        remedy: "Ask again. When it lasts, look for dead or held deliveries with `sluis ledger list`.")
    package static let questionTooWide = Code(
        "A206", "questionTooWide",
        meaning: "The question would need more objects to be looked at than one answer may cost.",
        remedy: "Ask with a property by which objects are found: its key, a date, or the number of a person.")
    package static let servingBusy = Code(
        "A207", "servingBusy",
        meaning: "More requests wait to be answered than there is room for.",
        remedy: "Ask again later. When it lasts, look at the speed of the database.")

    package static let servedUnreadable = Code(
        "A208", "servedUnreadable", meaning: "What the store holds of this resource cannot be read.",
        remedy: "Restore the model it was stored under, or restore the database from a backup.")

    package static let crsMissing = Code(
        "A209", "crsMissing",
        meaning: "The request does not say which coordinate reference system it speaks.",
        remedy: "Send `Accept-Crs: EPSG:4326`, and with a body also `Content-Crs: EPSG:4326`.")
    package static let bodyTypeRefused = Code(
        "A210", "bodyTypeRefused", meaning: "The body is not said to be JSON.",
        remedy: "Send `Content-Type: application/json`.")
    package static let bodyRefused = Code(
        "A211", "bodyRefused", meaning: "The body is not one JSON object.",
        remedy: "Send an object with the filters as its properties.")
    package static let tooManyFound = Code(
        "A212", "tooManyFound",
        meaning: "More was found than the API answers with, and it has no pages.",
        remedy: "Ask with more properties.")

    static let serving: [Code] = [
        servedNotFound, parameterRefused, methodRefused, formRefused, writesOpen, questionTooWide,
        servingBusy, servedUnreadable, crsMissing, bodyTypeRefused, bodyRefused,
        tooManyFound,
    ]
}
