/// Codes of routes (M180 to M199).
extension Code {
    static let routes: [Code] = [
        operationUnknown, routeMappingUnknown, routeMappingMismatch, routeTwice, routeIncomplete,
        routeMisplaced,
        replyTime, notYet, routeAPIUnknown,
    ]

    package static let operationUnknown = Code(
        "M180", "operationUnknown",
        meaning: "A route takes an operation that its service does not have.",
        remedy: "Write the operation as the WSDL of the service spells it: `creeerZaak_Lk01`.")
    package static let routeMappingUnknown = Code(
        "M181", "routeMappingUnknown",
        meaning: "A route uses a mapping that does not exist, or that has mistakes of its own.",
        remedy: "Check the name, and mend the mapping first.")
    package static let routeMappingMismatch = Code(
        "M182", "routeMappingMismatch",
        meaning: "A route uses a mapping of another entity than its operation is about.",
        remedy: "Use a mapping of that entity.")
    package static let routeTwice = Code(
        "M183", "routeTwice",
        meaning: "Two routes have the same name or take the same operation, or a route says something twice.",
        remedy: "Keep one of them, and take the other out.")
    package static let routeIncomplete = Code(
        "M184", "routeIncomplete",
        meaning: "A route leaves out something that it cannot do without.",
        remedy: "Add the line that the text names.")
    package static let routeMisplaced = Code(
        "M185", "routeMisplaced",
        meaning:
            "A line of a route that does not fit its operation: a question has no target, a message no source.",
        remedy: "Write what the text names.")
    package static let replyTime = Code(
        "M186", "replyTime",
        meaning: "The time within which a route replies is no number of seconds that senders wait for.",
        remedy: "Write a number from 1 to 60, well under the sender's own time-out.")
    package static let notYet = Code(
        "M187", "notYet",
        meaning: "The file asks for something that this version cannot do yet.",
        remedy: "Leave it out, or use a later version.")
    package static let routeAPIUnknown = Code(
        "M188", "routeAPIUnknown",
        meaning: "A route names an API that no mapping leads to.",
        remedy: "Write the name of a model that a mapping maps to: `to api zaken create`. Where it is, "
            + "`destination` in the configuration says.")
}
