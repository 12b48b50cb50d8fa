/// Codes of StUF berichten.
extension Code {
    static let stuf: [Code] =
        stufEnvelope + stufStuurgegevens + stufInhoud + stufSpelling + stufVraag
}

// MARK: The envelope
extension Code {
    private static let stufEnvelope = [
        stufNoBericht, stufTwoBerichten, stufReferentienummerReused, stufOperationUnknown, stufBodyTooLarge,
    ]

    package static let stufNoBericht = Code(
        "S001", "noBericht",
        meaning: "The SOAP envelope has no body, or a body without a bericht.",
        remedy: "Put exactly one StUF bericht in SOAP:Body.")
    package static let stufTwoBerichten = Code(
        "S002", "twoBerichten",
        meaning: "The SOAP body holds more than one bericht.",
        remedy: "Send each bericht in an envelope of its own.")
    package static let stufReferentienummerReused = Code(
        "S003", "referentienummerReused",
        meaning: "This zender has sent another bericht with the same referentienummer.",
        remedy: "Give each bericht a referentienummer of its own; repeat one only with the same content.")
    package static let stufOperationUnknown = Code(
        "S004", "operationUnknown",
        meaning: "No route takes a bericht with this root element and SOAPAction.",
        remedy: "Check SOAPAction and root against the routes (sluis check lists them), or write a route.")
    package static let stufBodyTooLarge = Code(
        "S005", "bodyTooLarge",
        meaning: "The body is larger than the configured limit.",
        remedy: "Raise the limit in the configuration, or send the document in another way.")
}

// MARK: Stuurgegevens
extension Code {
    private static let stufStuurgegevens = [
        stufStuurgegevensMissing, stufStuurgegevenMissing, stufStuurgegevenInvalid, stufBerichtcodeUnknown,
        stufBerichtcodeUnsupported, stufEntiteittypeUnknown,
    ]

    package static let stufStuurgegevensMissing = Code(
        "S010", "stuurgegevensMissing",
        meaning:
            "The bericht does not begin with stuurgegevens, so that nobody knows what it is or who sent it.",
        remedy: "Send stuurgegevens first, its children in the StUF 03.01 namespace.")
    package static let stufStuurgegevenMissing = Code(
        "S011", "stuurgegevenMissing",
        meaning: "The stuurgegevens lack an element that this kind of bericht must have.",
        remedy: "Fill the element that is named (StUF 03.01 section 4.2).")
    package static let stufStuurgegevenInvalid = Code(
        "S012", "stuurgegevenInvalid",
        meaning:
            "An element of the stuurgegevens is longer than the standard allows, or no number or tijdstip.",
        remedy: "Correct the element that is named (StUF 03.01 section 4.2).")
    package static let stufBerichtcodeUnknown = Code(
        "S013", "berichtcodeUnknown",
        meaning: "The berichtcode is none of StUF 03.01.",
        remedy: "Check the berichtcode; StUF 02.04 berichten are not read.")
    package static let stufBerichtcodeUnsupported = Code(
        "S014", "berichtcodeUnsupported",
        meaning: "This kind of bericht is not processed.",
        remedy: "Use Lk01, Lk02 or Lv01, or ask for this berichtcode to be supported.")
    package static let stufEntiteittypeUnknown = Code(
        "S015", "entiteittypeUnknown",
        meaning: "No model describes the entiteittype of the object in its namespace.",
        remedy: "Check entiteittype and namespace of the object, or add the entity to a model.")
}

// MARK: Content
extension Code {
    private static let stufInhoud = [
        stufObjectsMiscounted, stufAttributeUnknown, stufContentInvalid, stufValueTooLarge, stufItemsTooMany,
        stufContentNotStored,
    ]

    package static let stufObjectsMiscounted = Code(
        "S020", "objectsMiscounted",
        meaning: "The kennisgeving has no object, two where one belongs, or more than two.",
        remedy: "Send one object for T and V, two for W, C and F: the old one, then the new one.")
    package static let stufAttributeUnknown = Code(
        "S021", "attributeUnknown",
        meaning:
            "An attribute holds a word that StUF does not know: noValue, verwerkingssoort, mutatiesoort, scope.",
        remedy: "Correct the attribute or parameter that is named.")
    package static let stufContentInvalid = Code(
        "S022", "contentInvalid",
        meaning: "The content of an element is not base64.",
        remedy: "Encode the document once as base64; white space is allowed.")
    package static let stufValueTooLarge = Code(
        "S023", "valueTooLarge",
        meaning: "An element that is no document holds more than 64 KB of text.",
        remedy: "Send it as a document, or in an element the model calls content.")
    package static let stufItemsTooMany = Code(
        "S024", "itemsTooMany",
        meaning: "The object repeats its elements more than 10 000 times.",
        remedy: "Divide it over several berichten.")
    package static let stufContentNotStored = Code(
        "S025", "contentNotStored",
        meaning: "A document in the bericht could not be put aside.",
        remedy:
            "Look at the cause in the log: the ledger could not be reached, or is full. The sender may repeat it."
    )
}

// MARK: Values
extension Code {
    private static let stufSpelling = [
        stufDatumInvalid, stufTijdstipInvalid, stufIndicatieInvalid, stufGetalInvalid, stufNotSpellable,
        stufRequiredMissing,
    ]

    package static let stufDatumInvalid = Code(
        "S030", "datumInvalid",
        meaning: "A date is not in the calendar, or not written as EEJJMMDD.",
        remedy: "Send eight digits that are a date; where part is unknown, any date with indOnvolledigeDatum."
    )
    package static let stufTijdstipInvalid = Code(
        "S031", "tijdstipInvalid",
        meaning:
            "A moment is not in the calendar, or not written as EEJJMMDDhhmmssddd, cut off on the right.",
        remedy: "Send 8, 10, 12, 14, 16 or 17 digits of local time.")
    package static let stufIndicatieInvalid = Code(
        "S032", "indicatieInvalid",
        meaning: "An indication is neither J nor N.",
        remedy: "Send J or N; leave the element out, or send noValue, when it is unknown.")
    package static let stufGetalInvalid = Code(
        "S033", "getalInvalid",
        meaning: "A number is not written in digits.",
        remedy: "Send digits, with a point before a fraction.")
    package static let stufNotSpellable = Code(
        "S034", "notSpellable",
        meaning:
            "StUF has no way to write this value: a duration in months, a year beyond 9999, a large content.",
        remedy: "Look at the value at its source, or map it with a converter.")
    package static let stufRequiredMissing = Code(
        "S035", "requiredMissing",
        meaning: "The bericht that is written needs an element that has no value.",
        remedy: "Give it a value in the mapping, or fill it at the source.")
}

// MARK: Questions
extension Code {
    private static let stufVraag = [
        stufScopeTwice, stufExactInRange, stufIncompleteInRange, stufCriterionTwice, stufSleutelsTooMany,
        stufSleutelWithCriteria, stufVervolgvraag,
    ]

    package static let stufScopeTwice = Code(
        "S040", "scopeTwice",
        meaning: "The scope of a vraag has both the attribute scope and elements.",
        remedy: "Ask for everything with the attribute, or name the elements.")
    package static let stufExactInRange = Code(
        "S041", "exactInRange",
        meaning: "The attribute exact stands in vanaf or totEnMet.",
        remedy: "Use exact in gelijk only.")
    package static let stufIncompleteInRange = Code(
        "S042", "incompleteInRange",
        meaning: "An incomplete date stands in vanaf or totEnMet.",
        remedy: "Give whole dates as bounds.")
    package static let stufCriterionTwice = Code(
        "S043", "criterionTwice",
        meaning: "An element stands in gelijk and also in vanaf or totEnMet.",
        remedy: "Give an element one exact value, or bounds.")
    package static let stufSleutelsTooMany = Code(
        "S044", "sleutelsTooMany",
        meaning: "A vraag asks by more than one sleutel.",
        remedy: "Give one of sleutelVerzendend, sleutelOntvangend and sleutelGegevensbeheer.")
    package static let stufSleutelWithCriteria = Code(
        "S045", "sleutelWithCriteria",
        meaning: "A vraag asks by sleutel and by elements together.",
        remedy: "Ask by sleutel alone, or by elements alone.")
    package static let stufVervolgvraag = Code(
        "S046", "startMissing",
        meaning: "A vervolgvraag does not say with which object it continues.",
        remedy: "Send start with the last object that was received.")
}
