/// Codes of overlays (small files that change a mapping for a zaaktype, a sender or a municipality) and of values that
/// are made of several.
extension Code {
    static let overlays: [Code] = [
        overlayBaseUnknown, overlayUntouched, overlayCondition, overlaysClash, overlaysTooMany,
        dropMisplaced, deriveUnknown, tupleWrong,
    ]

    package static let overlayBaseUnknown = Code(
        "M176", "overlayBaseUnknown",
        meaning: "An overlay changes a mapping or a route that is not there.",
        remedy: "Name a mapping as its `mapping NAME …` line does, behind `of`.")
    package static let overlayUntouched = Code(
        "M177", "overlayUntouched",
        meaning: "`drop` names no rule or line that is there, or an overlay changes nothing at all.",
        remedy: "Name a rule by its left place as the mapping writes it (by its right place when the left "
            + "is a constant), and a choice by its name.")
    package static let overlayCondition = Code(
        "M178", "overlayCondition",
        meaning: "The condition of an overlay cannot be known on both sides before anything is mapped.",
        remedy: "Compare one place of the object itself that an exact `<->` rule maps, or a place of the "
            + "context such as @zender/applicatie, with a text: `when isVan/gerelateerde/code = \"B0123\"`.")
    package static let overlaysClash = Code(
        "M179", "overlaysClash",
        meaning:
            "Two overlays that can hold for the same bericht change the same rule, table, fragment or line.",
        remedy: "Tell their conditions apart by a value of one place, or change the rule in one of them only."
    )
    package static let overlaysTooMany = Code(
        "M190", "overlaysTooMany",
        meaning: "The overlays of a mapping can be combined in more ways than are worth compiling.",
        remedy: "Let overlays exclude each other: conditions on one place with different values do.")
    package static let dropMisplaced = Code(
        "M191", "dropMisplaced",
        meaning: "`drop` stands where there is nothing to drop from.",
        remedy: "Take the rule itself out; `drop` is for overlays and for the block behind a `use`.")
    package static let deriveUnknown = Code(
        "M192", "deriveUnknown",
        meaning: "`as derive` names no function that there is.",
        remedy: "Use one of the functions that `sluis help language` lists.")
    package static let tupleWrong = Code(
        "M193", "tupleWrong",
        meaning: "A tuple has more or fewer members than its converter takes, or members of another kind.",
        remedy: "Give the places in the order that `sluis help language` shows.")
}
