/// Codes of mapping files: what is wrong with a rule before it runs.
extension Code {
    static let mappingFiles: [Code] =
        [
            mappingMissing, entityUnknown, placeUnknown, repeatMismatch, typesDiffer, lossy, precision,
            requiredUnfilled, codeUnowned, twoRules, ambiguous, fragmentUnknown, fragmentRecursive, unused,
            codesUnknown, codesTwice, codesFile, converterMisused, oneWayOnly, ignoredAndMapped,
            constantInvalid, contextUnknown, blockMisplaced, fragmentArguments, nameTaken, choiceIncomplete,
        ] + overlays

    package static let mappingMissing = Code(
        "M150", "mappingMissing",
        meaning: "The file has no `mapping NAME legacy <-> api` line before its first rule, or more "
            + "than one.",
        remedy: "Begin the file with one such line; each mapping has a file of its own.")
    package static let entityUnknown = Code(
        "M151", "entityUnknown",
        meaning: "A mapping names an entity or resource that no model has.",
        remedy: "Use a name as the models spell it, such as zkn0310:ZAK or zaken:Zaak, or add it to a model.")
    package static let placeUnknown = Code(
        "M152", "placeUnknown",
        meaning: "A path leads to nothing: no element or property of that name stands there in the model.",
        remedy: "Use a name of the model; `a/b` goes into an element of StUF and `a.b` into a "
            + "property of an API.")
    package static let repeatMismatch = Code(
        "M153", "repeatMismatch",
        meaning: "A place that may occur more than once is joined to one that may not, or is written "
            + "without its `*`.",
        remedy: "Write `*` behind the name of a repeat, and `first name*` to join its first item to "
            + "a single place.")
    package static let typesDiffer = Code(
        "M154", "typesDiffer",
        meaning: "The two sides mean different things, such as a datum and a text.",
        remedy: "Join places of one type, or name the converter or table of codes that turns one "
            + "into the other.")
    package static let lossy = Code(
        "M155", "lossy",
        meaning: "The side that is written holds less than the side that is read, so that a value "
            + "could be cut.",
        remedy: "Write how the loss is taken: `as text(n, truncate)`, or what happens else: `else "
            + "omit`, `else fail`.")
    package static let precision = Code(
        "M156", "precision",
        meaning: "A date that may be known in part is joined to one that must be complete.",
        remedy: "Write `as datum(complete)` or `as tijdstip(fill)`, and what happens else.")
    package static let requiredUnfilled = Code(
        "M157", "requiredUnfilled",
        meaning: "A property that its side requires is filled by no rule, or from a place that may be "
            + "absent.",
        remedy: "Write `must` before the rule, give an alternative (`a | b`), or add the rule.")
    package static let codeUnowned = Code(
        "M158", "codeUnowned",
        meaning: "A value that one side can hold is not among the codes, or a code is none of the "
            + "values its side can hold.",
        remedy: "Add the value to the table of codes, or write `else omit`.")
    package static let twoRules = Code(
        "M159", "twoRules",
        meaning: "Two rules write one target in the same direction.",
        remedy: "Keep one of them, or make them branches of a `choice`.")
    package static let ambiguous = Code(
        "M160", "ambiguous",
        meaning: "Two branches of a choice, or two selections on one collection, can hold at once.",
        remedy: "Give each a value of its own for the same place, so that they tell apart on the "
            + "side that is read.")
    package static let fragmentUnknown = Code(
        "M161", "fragmentUnknown",
        meaning: "`use` names a fragment that the file does not have.",
        remedy: "Use the name of a fragment of the same file, or add it.")
    package static let fragmentRecursive = Code(
        "M162", "fragmentRecursive",
        meaning: "A fragment uses itself, directly or through another, or fragments multiply without end.",
        remedy: "Write out the inner level; a mapping always ends.")
    package static let unused = Code(
        "M163", "unused",
        meaning: "A fragment or a table of codes is used by no rule.",
        remedy: "Remove it, or use it.")
    package static let codesUnknown = Code(
        "M164", "codesUnknown",
        meaning: "A rule names a table of codes that the file does not have.",
        remedy: "Use the name of a table of the same file, or add it.")
    package static let codesTwice = Code(
        "M165", "codesTwice",
        meaning: "A table of codes gives one value two meanings in the same direction.",
        remedy: "Keep one `<->` for the value and make the others `->` or `<-`.")
    package static let codesFile = Code(
        "M166", "codesFile",
        meaning: "The file of a table of codes cannot be read, or a line of it does not hold a pair.",
        remedy: "Put a file with a heading and two columns, `;` or `,` between them, beside the mapping.")
    package static let converterMisused = Code(
        "M167", "converterMisused",
        meaning: "A converter is used with other values, types or directions than it has.",
        remedy: "Write it as the author's guide shows.")
    package static let oneWayOnly = Code(
        "M168", "oneWayOnly",
        meaning: "A place or clause that makes sense in one direction only stands in a rule that is "
            + "read the other way.",
        remedy: "Use `->` or `<-`, and a second rule for the way back.")
    package static let ignoredAndMapped = Code(
        "M169", "ignoredAndMapped",
        meaning: "A path is ignored and mapped at the same time.",
        remedy: "Remove it from `ignore`, or remove the rule.")
    package static let constantInvalid = Code(
        "M170", "constantInvalid",
        meaning: "A text is none of the values that the place can hold, or is longer than it.",
        remedy: "Write one of the values that the model gives.")
    package static let contextUnknown = Code(
        "M171", "contextUnknown",
        meaning: "A place with `@` is none of the values that a context has.",
        remedy: "Use one of those that the text names.")
    package static let blockMisplaced = Code(
        "M172", "blockMisplaced",
        meaning: "A block joins places that have no members, or a rule joins groups without a block.",
        remedy: "Write the members' rules in `{ }` behind two groups or repeats, and join other "
            + "places without.")
    package static let fragmentArguments = Code(
        "M173", "fragmentArguments",
        meaning: "A fragment is used with more or fewer texts than it has parameters.",
        remedy: "Give one text for each parameter.")
    package static let nameTaken = Code(
        "M174", "nameTaken",
        meaning: "Two mappings, fragments or tables of codes have one name.",
        remedy: "Rename one of them.")
    package static let choiceIncomplete = Code(
        "M175", "choiceIncomplete",
        meaning: "A value that tells the branches of a choice apart is named by none of them.",
        remedy: "Add a branch for it, or say what happens else: `else omit`.")
}
