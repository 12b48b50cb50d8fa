/// Codes of calling other APIs; they share the range of the APIs.
extension Code {
    package static let apiRootInvalid = Code(
        "A301", "apiRootInvalid",
        meaning: "The root of an API is no http or https URL, or has a user, a query or a fragment in it.",
        remedy: "Write it as in `https://zaken.example.nl/zaken/api/v1`.")
    package static let apiOutsideRoot = Code(
        "A302", "apiOutsideRoot",
        meaning: "A URL lies outside the configured roots of its destination. It was not called.",
        remedy: "Configure the root that the API itself writes in its URLs; a gateway must not rewrite them.")
    package static let apiFull = Code(
        "A303", "apiFull",
        meaning: "As many calls of this destination were under way as are allowed. The call was not made.",
        remedy: "Nothing when it passes. When it lasts, look at the speed of the API, or allow more at once.")
    package static let apiTokenRefused = Code(
        "A304", "apiTokenRefused", meaning: "The server that gives tokens gave none.",
        remedy: "Check the token URL, the client id, the file with its secret, and the scope.")
    package static let apiRedirects = Code(
        "A305", "apiRedirects", meaning: "The API sends us elsewhere. Redirects are not followed.",
        remedy: "Configure the root that is answered without a redirect; look at http against https.")
    package static let apiForbids = Code(
        "A306", "apiForbids", meaning: "The API does not let us do this.",
        remedy: "The message names its code. `jwt-expired`: set the clocks. `invalid-jwt-signature`: the "
            + "secret. `permission_denied`: give the application the scope and the type in the API.")
    package static let apiNotThere = Code(
        "A307", "apiNotThere", meaning: "The API has nothing at this URL, or not any more.",
        remedy: "Check the root; look whether the object was removed at the source.")
    package static let apiBusy = Code(
        "A308", "apiBusy", meaning: "The API has more to do than it can. The call took no effect.",
        remedy: "It is made again later. When it lasts, allow fewer calls at once.")
    package static let apiRefuses = Code(
        "A309", "apiRefuses", meaning: "The API refuses what was sent.",
        remedy: "The message names the properties and its codes for them; mend the mapping or the bericht.")
    package static let apiFails = Code(
        "A310", "apiFails",
        meaning: "The API, or a gateway before it, failed. Whether it did what was asked is not known.",
        remedy: "It is looked at before it is asked again. Look at the log of the API.")
    package static let apiAnswerUnreadable = Code(
        "A311", "apiAnswerUnreadable", meaning: "The API answered with something else than JSON.",
        remedy: "Look whether a gateway or a login page answers at its address.")

    static let calling: [Code] = [
        apiRootInvalid, apiOutsideRoot, apiFull, apiTokenRefused, apiRedirects, apiForbids, apiNotThere,
        apiBusy,
        apiRefuses, apiFails, apiAnswerUnreadable,
    ]
}
