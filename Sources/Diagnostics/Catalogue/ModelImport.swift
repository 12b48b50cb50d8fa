/// Codes of `sluis model import` (M141 to M149, and C030).
extension Code {
    static let modelImport: [Code] = [
        schemaMissing, schemaRemote, schemaForeign, schemaUnsupported, schemaTooLarge, schemaTooDeep,
        schemaNameUnknown, schemaNameTwice, objectUnknown, modelByHand,
    ]

    package static let schemaMissing = Code(
        "M141", "schemaMissing",
        meaning: "A schema or API document, or one that it refers to, is not there or cannot be read.",
        remedy:
            "Store the whole tree with its folders as it is published, or correct the path in the line named."
    )
    package static let schemaRemote = Code(
        "M142", "schemaRemote",
        meaning: "A schema or API document refers to another by a web address. Nothing is ever fetched.",
        remedy: "Store that document beside the others and refer to it by a relative path.")
    package static let schemaForeign = Code(
        "M143", "schemaForeign",
        meaning: "The file is no XML Schema, or no OpenAPI document of version 3.0 or 3.1.",
        remedy: "Give the entry schema (`.xsd`) or the API document (`openapi.json`) itself.")
    package static let schemaUnsupported = Code(
        "M144", "schemaUnsupported",
        meaning: "The schema or API document uses a construct that the import does not understand.",
        remedy: "Write that part of the model by hand in its facts file, or report the construct.")
    package static let schemaTooLarge = Code(
        "M145", "schemaTooLarge",
        meaning: "A schema or API document, or all of them together, are larger than any real one.",
        remedy:
            "Look for a file that refers to itself under other names; name the objects wanted with --entity.")
    package static let schemaTooDeep = Code(
        "M146", "schemaTooDeep",
        meaning: "Types or references stand within each other deeper than any real schema, or in a circle.",
        remedy: "Correct the schema: a type cannot derive from itself, nor a `$ref` lead to itself.")
    package static let schemaNameUnknown = Code(
        "M147", "schemaNameUnknown",
        meaning: "A type, element, group, prefix or `$ref` is named that no document defines.",
        remedy: "Give the entry document that includes and imports all others.")
    package static let schemaNameTwice = Code(
        "M148", "schemaNameTwice",
        meaning: "Two components of one kind have the same name in one namespace.",
        remedy: "Import one version of the schemas: two patches of one tree cannot be mixed.")
    package static let objectUnknown = Code(
        "M149", "objectUnknown",
        meaning:
            "The object, resource or table that is asked for is not in the schema, API document or database.",
        remedy: "Run the import without --entity to see which there are.")
    package static let modelByHand = Code(
        "C030", "modelByHand",
        meaning:
            "The import would replace a model that people wrote: its first line does not say it is derived.",
        remedy:
            "Give another folder with --out; then move what the schema does not say to NAME.facts.model and "
            + "take the derived file.")
}
