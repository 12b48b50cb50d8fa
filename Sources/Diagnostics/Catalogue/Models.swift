/// Codes of models (M120 to M149).
extension Code {
    static let models: [Code] = [
        modelHeader, typeUnknown, typeMissing, typeTwice, elementName, elementTwice, nameTwice, groupUnknown,
        groupRecursive, resourceUnknown, modelPathUnknown, clauseMisplaced, lengthWrong, valueTwice,
        valueUnknown,
        childIncomplete, prefixUnknown, entityTooLarge, factsAlone, factUnknown, factEmpty,
    ]

    package static let modelHeader = Code(
        "M120", "modelHeader",
        meaning: "A model file does not start by saying which model it is.",
        remedy: "Start it with `model NAME stuf \"NAMESPACE\" as PREFIX` or `model NAME api \"/PATH\"`.")
    package static let typeUnknown = Code(
        "M121", "typeUnknown",
        meaning: "Behind the name of an element stands a word that is no type and no clause of a model.",
        remedy: "Use one of the types and clauses that mappings/README.md lists.")
    package static let typeMissing = Code(
        "M122", "typeMissing",
        meaning: "An element has neither a type nor members.",
        remedy: "Give it a type, such as `text(80)`, a block with its members, or `opaque`.")
    package static let typeTwice = Code(
        "M123", "typeTwice",
        meaning: "An element has two types.",
        remedy: "Keep the one that the schema gives.")
    package static let elementName = Code(
        "M124", "elementName",
        meaning: "The name of an element has a character that no schema allows there.",
        remedy: "Write the name as the schema does; `*` at its end means that it repeats.")
    package static let elementTwice = Code(
        "M125", "elementTwice",
        meaning: "Two elements of one group have the same name.",
        remedy: "Remove one; an element that may occur more than once has `*` behind its name.")
    package static let nameTwice = Code(
        "M126", "nameTwice",
        meaning:
            "Two models, or two entities, resources, groups or collections of one model, have the same name.",
        remedy: "Rename or remove one.")
    package static let groupUnknown = Code(
        "M127", "groupUnknown",
        meaning:
            "Behind `like` stands a name that is no group of this model, or of the model before the colon.",
        remedy: "Check the name, and that the other model is read too.")
    package static let groupRecursive = Code(
        "M128", "groupRecursive",
        meaning: "A group, or a child resource, would contain itself.",
        remedy: "End the circle with `opaque` or with a link.")
    package static let resourceUnknown = Code(
        "M129", "resourceUnknown",
        meaning: "A link or child names a resource that no model has.",
        remedy: "Check the name (`zaken:Zaak`), and that its model is read too.")
    package static let modelPathUnknown = Code(
        "M130", "modelPathUnknown",
        meaning:
            "A path in a model leads to nothing: of a key, a link, a match rule, or what sets a property.",
        remedy: "Use the name of an element of that resource.")
    package static let clauseMisplaced = Code(
        "M131", "clauseMisplaced",
        meaning:
            "A clause or block says something that this kind of element, or this kind of model, cannot have.",
        remedy: "Remove it; mappings/README.md says where each clause belongs.")
    package static let lengthWrong = Code(
        "M132", "lengthWrong",
        meaning: "What stands between the brackets of a type is no length.",
        remedy: "Write the most characters, `text(80)`, or the least and the most, `text(5..40)`.")
    package static let valueTwice = Code(
        "M133", "valueTwice",
        meaning: "An enumeration has the same value twice.",
        remedy: "Remove one.")
    package static let valueUnknown = Code(
        "M134", "valueUnknown",
        meaning: "The shape of a group is said to depend on a value that never occurs.",
        remedy: "Use a value of the property that `varies-by` names.")
    package static let childIncomplete = Code(
        "M135", "childIncomplete",
        meaning: "The block of a child leaves out something that writing its items needs.",
        remedy: "Say its `parent`, how items are known again (`match`), and how they change.")
    package static let prefixUnknown = Code(
        "M136", "prefixUnknown",
        meaning: "An attribute or element has a prefix that models do not know.",
        remedy: "Use `@StUF:name` or `@xmime:name` for an attribute, `StUF:name` for an element, or none.")
    package static let entityTooLarge = Code(
        "M137", "entityTooLarge",
        meaning:
            "An entity has more elements than any record can hold; groups that use each other twice do that.",
        remedy: "Describe less: an element that no mapping uses can be `opaque`.")
    package static let factsAlone = Code(
        "M138", "factsAlone",
        meaning: "A facts file belongs to a model that is not read, or to one that has a facts file already.",
        remedy: "Put it beside the file that says `model NAME`; a model has one facts file at most.")
    package static let factUnknown = Code(
        "M139", "factUnknown",
        meaning:
            "A facts file speaks of an entity, group or element that the model does not have, or adds one it has.",
        remedy:
            "Correct the name; write `add` before what the model does not have. After a new import, "
            + "what the schema dropped must leave the facts too.")
    package static let factEmpty = Code(
        "M140", "factEmpty",
        meaning: "A line of a facts file says nothing that the derived file does not say already.",
        remedy: "Remove it: a fact that the schema gives needs no review.")
}
