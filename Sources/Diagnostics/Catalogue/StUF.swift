/// Codes of StUF berichten.
extension Code {
    static let stuf: [Code] =
        stufEnvelope + stufStuurgegevens + stufInhoud + stufSpelling + stufVraag + stufReceiving
        + stufVerwerking
}

// MARK: The envelope
extension Code {
    private static let stufEnvelope = [
        stufNoBericht, stufTwoBerichten, stufReferentienummerReused, stufOperationUnknown, stufBodyTooLarge,
        stufMustUnderstand, stufSoapVersion,
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
    package static let stufMustUnderstand = Code(
        "S006", "mustUnderstand",
        meaning: "A header of the SOAP envelope says that it must be understood, and it is not.",
        remedy: "Leave the header out, or its mustUnderstand; StUF itself uses no SOAP headers.")
    package static let stufSoapVersion = Code(
        "S007", "soapVersion",
        meaning: "The envelope is of no known version of SOAP.",
        remedy: "Use the envelope of SOAP 1.1, http://schemas.xmlsoap.org/soap/envelope/.")
}

// MARK: Stuurgegevens
extension Code {
    private static let stufStuurgegevens = [
        stufStuurgegevensMissing, stufStuurgegevenMissing, stufStuurgegevenInvalid, stufBerichtcodeUnknown,
        stufBerichtcodeUnsupported, stufEntiteittypeUnknown, stufVersionUnsupported,
        stufSectormodelUnsupported, stufSectormodelVersionUnsupported, stufEntiteittypeUnsupported,
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
    package static let stufVersionUnsupported = Code(
        "S016", "stufVersionUnsupported",
        meaning: "The bericht is of another version of StUF.",
        remedy: "Send StUF 03.01.")
    package static let stufSectormodelUnsupported = Code(
        "S017", "sectormodelUnsupported",
        meaning: "The bericht is of a sectormodel that no model describes.",
        remedy: "Check the namespace of the root, or add a model of that sectormodel.")
    package static let stufSectormodelVersionUnsupported = Code(
        "S018", "sectormodelVersionUnsupported",
        meaning: "The bericht is of another version of a sectormodel that is known.",
        remedy: "Send the version that the hint names.")
    package static let stufEntiteittypeUnsupported = Code(
        "S019", "entiteittypeUnsupported",
        meaning: "The sectormodel has this entiteittype, and no route takes a bericht about it.",
        remedy: "Add the entity to a model, a mapping and a route, or do not send it here.")
}

// MARK: What is received from whom
extension Code {
    private static let stufReceiving = [
        stufCrossRefnummerUnknown, stufFunctieUnknown, stufFunctieUnsupported, stufOntvangerUnknown,
        stufZenderUnknown, stufZenderUnauthorised, stufGebruikerUnknown,
    ]

    package static let stufCrossRefnummerUnknown = Code(
        "S008", "crossRefnummerUnknown",
        meaning: "The bericht answers one that was not sent from here.",
        remedy: "Check the crossRefnummer, and whether the answer goes to the system that asked.")
    package static let stufFunctieUnknown = Code(
        "S050", "functieUnknown",
        meaning: "No service that Sluis knows has this vrij bericht.",
        remedy: "Check the root element and the functie of the stuurgegevens.")
    package static let stufFunctieUnsupported = Code(
        "S051", "functieUnsupported",
        meaning: "The vrij bericht is known, and no route takes it.",
        remedy: "Write a route for it, or send it to the system that does this.")
    package static let stufOntvangerUnknown = Code(
        "S052", "ontvangerUnknown",
        meaning: "The bericht is addressed to another system.",
        remedy: "Address it to one of the `ontvanger` blocks of the .zender files, or add one.")
    package static let stufZenderUnknown = Code(
        "S053", "zenderUnknown",
        meaning: "The .zender files list who may send, and this zender is not among them.",
        remedy: "Write a `zender` block for it, or take `only listed` away.")
    package static let stufZenderUnauthorised = Code(
        "S054", "zenderUnauthorised",
        meaning: "This zender may not send this operation.",
        remedy: "Add the operation to `takes` in its .zender file.")
    package static let stufGebruikerUnknown = Code(
        "S055", "gebruikerUnknown",
        meaning: "The .zender file lists the gebruikers of this zender, and this one is not among them.",
        remedy: "Add the gebruiker to the .zender file.")
}

// MARK: Verwerkingssoorten and times of a kennisgeving
extension Code {
    private static let stufVerwerking = [
        stufVerwerkingssoortMisplaced, stufVerwerkingssoortUnpaired, stufTijdvakGeldigheid,
        stufToekomstmutatie, stufNothingCorrected, stufOntdubbeling,
    ]

    package static let stufVerwerkingssoortMisplaced = Code(
        "S060", "verwerkingssoortMisplaced",
        meaning: "A verwerkingssoort does not go with the mutatiesoort, or not on such an element.",
        remedy: "Follow the tables of StUF 03.01 sections 5.2.4, 5.2.6 and 5.2.7.")
    package static let stufVerwerkingssoortUnpaired = Code(
        "S061", "verwerkingssoortUnpaired",
        meaning: "The old and the new object say different things about what is to be done.",
        remedy:
            "Give both the same verwerkingssoort, and content where the tables of StUF 03.01 section 5.2.6 have it."
    )
    package static let stufTijdvakGeldigheid = Code(
        "S062", "tijdvakGeldigheid",
        meaning: "A tijdvakGeldigheid is not filled as the standard says.",
        remedy:
            "Fill it in both objects; the old one ends where the new one begins, the new one has no end (StUF 03.01 section 5.2.5)."
    )
    package static let stufToekomstmutatie = Code(
        "S063", "toekomstmutatie",
        meaning: "The change begins in the future, which an Lk01 or Lk02 cannot say.",
        remedy: "Send it when it has become true.")
    package static let stufNothingCorrected = Code(
        "S064", "nothingCorrected",
        meaning: "The correction corrects nothing: old and new object say the same.",
        remedy: "Send the wrong value in the old object and the right one in the new.")
    package static let stufOntdubbeling = Code(
        "S065", "ontdubbeling",
        meaning: "Two objects that are one in reality (verwerkingssoort O) cannot be made one here.",
        remedy: "Remove the one and correct the other at the source, by a person who knows both.")
}

// MARK: Content
extension Code {
    private static let stufInhoud = [
        stufObjectsMiscounted, stufAttributeUnknown, stufContentInvalid, stufValueTooLarge, stufItemsTooMany,
        stufContentNotStored, stufMultipart, stufIncludeUnresolved, stufSchemaBroken,
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
    package static let stufMultipart = Code(
        "S026", "multipart",
        meaning: "The body is no multipart/related as MTOM makes it, or asks more than it may.",
        remedy:
            "Send the bericht as the part that start names, and each document as a binary part with a Content-ID of its own."
    )
    package static let stufSchemaBroken = Code(
        "S028", "schemaBroken",
        meaning: "The bericht is not as the official schema says, at the element and line that are named.",
        remedy:
            "Check it with xmllint --schema; or write `schema warn` in the route when the difference does no harm."
    )
    package static let stufIncludeUnresolved = Code(
        "S027", "includeUnresolved",
        meaning: "An xop:Include names a part that is not in the body, or that another one named.",
        remedy: "Give href as cid: and the Content-ID of a part, each part once.")
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
        stufSleutelWithCriteria, stufVervolgvraag, stufRangesDiffer, stufStartIncomplete,
        stufSorteringUnsupported, stufSleutelNotKept, stufAnswerTooWide,
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
    package static let stufRangesDiffer = Code(
        "S047", "rangesDiffer",
        meaning: "An element stands in vanaf and not in totEnMet, or the other way round.",
        remedy: "Give both bounds of each element.")
    package static let stufStartIncomplete = Code(
        "S048", "startIncomplete",
        meaning: "The start of a vervolgvraag does not say where to go on.",
        remedy: "Send in start the last object that was received, with its keys and what is sorted by.")
    package static let stufSorteringUnsupported = Code(
        "S049", "sorteringUnsupported",
        meaning: "The answer cannot be given in the order that is asked for.",
        remedy: "Ask with sortering 0, or one that the entity has.")
    package static let stufSleutelNotKept = Code(
        "S056", "sleutelNotKept",
        meaning: "The keys of the asking system are not kept here.",
        remedy: "Ask by sleutelOntvangend, or by elements.")
    package static let stufAnswerTooWide = Code(
        "S057", "answerTooWide",
        meaning: "More objects than are looked at for one answer would have to be tested or put in order.",
        remedy: "Ask with more criteria, or with sortering 0.")
}
