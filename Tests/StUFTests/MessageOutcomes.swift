/// What becomes of each recorded message: the mapping that takes it, `asked` for a vraag, the berichtcode of an
/// answer or a vrij bericht, or the code that refuses it and the place that shows why. A `piece` is included by others.
///
/// Refused are: what is no StUF at all (`gml.xml`, `dummy.xml`, bare SOAP faults: S010), a berichtcode `?` (S013), a T
/// with two objects (S020), and documents with `taal` for a taal (M204).
enum MessageOutcomes {
    static let table = """
        haarlem-zrc/Bv02Bericht.xml  Bv02
        haarlem-zrc/Bv03Bericht.xml  Bv03
        haarlem-zrc/gml.xml  S010 at OrientableSurface
        haarlem-zrc/maykin_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_taiga404.xml  zaak
        haarlem-zrc/maykin_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_taiga414-1.xml  zaak
        haarlem-zrc/maykin_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_taiga414-2.xml  zaak
        haarlem-zrc/maykin_creeerZaak/creeerZaak_ZakLk01_buurt.xml  zaak
        haarlem-zrc/maykin_creeerZaak/creeerZaak_ZakLk01_koz.xml  zaak
        haarlem-zrc/maykin_creeerZaak/creeerZaak_ZakLk01_taiga415.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_anderzaakobject.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_delete_relatie_entiteit.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_does_not_exist.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_leidtTot.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_mnemonic.xml  besluit
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_mutatiesoort.xml  S020 at object
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_replace_relatie_entiteit.xml  zaak
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_verwerkingssoort.xml  S060 at object/@verwerkingssoort
        haarlem-zrc/maykin_updateZaak/updateZaak_ZakLk01_waterdeel.xml  zaak
        haarlem-zrc/maykin_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_taiga403.xml  document
        haarlem-zrc/stp_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_01.xml  zaak
        haarlem-zrc/stp_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_03.xml  zaak
        haarlem-zrc/stp_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_05.xml  zaak
        haarlem-zrc/stp_actualiseerZaakstatus/actualiseerZaakstatus_ZakLk01_07.xml  zaak
        haarlem-zrc/stp_cancelCheckout/cancelCheckout_Di02.xml  Di02
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_01.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_03.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_05.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_07.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_09.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_11.xml  zaak
        haarlem-zrc/stp_creeerZaak/creeerZaak_ZakLk01_13.xml  zaak
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_02.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_04.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_06.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_08.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_10.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_12.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLa01_14.xml  La01
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_01.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_03.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_05.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_07.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_09.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_11.xml  besluit asked
        haarlem-zrc/stp_geefBesluitDetails/geefBesluitDetails_BslLv01_13.xml  besluit asked
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLa01_02.xml  La01
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLa01_04.xml  La01
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLa01_06.xml  La01
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLa01_08.xml  La01
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLa01_10.xml  La01
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLv01_01.xml  zaak asked
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLv01_03.xml  zaak asked
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLv01_05.xml  zaak asked
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLv01_07.xml  zaak asked
        haarlem-zrc/stp_geefLijstZaakdocumenten/geefLijstZaakdocumenten_ZakLv01_09.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_02.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_04.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_06.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_08.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_10.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_12.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_14.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLa01_16.xml  La01
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_01.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_03.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_05.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_07.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_09.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_11.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_13.xml  zaak asked
        haarlem-zrc/stp_geefZaakdetails/geefZaakdetails_ZakLv01_15.xml  zaak asked
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentBewerken_Di02_01.xml  Di02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentBewerken_Di02_03.xml  Di02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentBewerken_Di02_05.xml  Di02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentBewerken_Di02_07.xml  Di02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentbewerken_Du02_02.xml  Du02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentbewerken_Du02_04.xml  Du02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentbewerken_Du02_06.xml  Du02
        haarlem-zrc/stp_geefZaakdocumentbewerken/geefZaakdocumentbewerken_Du02_08.xml  Du02
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_02.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_04.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_06.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_08.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_10.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_12.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLa01_14.xml  La01
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_01.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_03.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_05.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_07.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_09.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_11.xml  document asked
        haarlem-zrc/stp_geefZaakdocumentlezen/geefZaakdocumentLezen_EdcLv01_13.xml  document asked
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLa01_02.xml  La01
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLa01_04.xml  La01
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLa01_06.xml  La01
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLv01_01.xml  zaak asked
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLv01_03.xml  zaak asked
        haarlem-zrc/stp_geefZaakstatus/geefZaakstatus_ZakLv01_05.xml  zaak asked
        haarlem-zrc/stp_genereerBesluitIdentificatie/genereerBesluitIdentificatie_Di02.xml  Di02
        haarlem-zrc/stp_genereerBesluitIdentificatie/genereerBesluitIdentificatie_Du02.xml  Du02
        haarlem-zrc/stp_genereerDocumentIdentificatie/genereerDocumentIdentificatie_Di02.xml  Di02
        haarlem-zrc/stp_genereerDocumentIdentificatie/genereerDocumentIdentificatie_Du02.xml  Du02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Di02_01.xml  Di02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Di02_03.xml  Di02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Di02_05.xml  Di02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Du02_02.xml  Du02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Du02_04.xml  Du02
        haarlem-zrc/stp_genereerZaakIdentificatie/genereerZaakIdentificatie_Du02_06.xml  Du02
        haarlem-zrc/stp_maakZaakdocument/maakZaakdocument_EdcLk01_01.xml  M204 at taal
        haarlem-zrc/stp_maakZaakdocument/maakZaakdocument_EdcLk01_03.xml  M204 at taal
        haarlem-zrc/stp_maakZaakdocument/maakZaakdocument_EdcLk01_05.xml  M204 at taal
        haarlem-zrc/stp_ontkoppelZaakdocument/ontkoppelZaakdocument_Di02.xml  Di02
        haarlem-zrc/stp_overdragenZaak/overdragenZaak_Di01.xml  Di01
        haarlem-zrc/stp_overdragenZaak/overdragenZaak_Du01.xml  Du01
        haarlem-zrc/stp_updateBesluit/updateBesluit_BslLk01_1.xml  besluit
        haarlem-zrc/stp_updateBesluit/updateBesluit_BslLk01_3.xml  besluit
        haarlem-zrc/stp_updateBesluit/updateBesluit_BslLk01_5.xml  besluit
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_01.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_01_real.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_03.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_03_real.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_05.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_05_real.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_07.xml  zaak
        haarlem-zrc/stp_updateZaak/updateZaak_ZakLk01_07_real.xml  zaak
        haarlem-zrc/stp_updateZaakdocument/updateZaakdocument_Di02_01.xml  Di02
        haarlem-zrc/stp_updateZaakdocument/updateZaakdocument_Di02_03.xml  Di02
        haarlem-zrc/stp_updateZaakdocument/updateZaakdocument_Di02_05.xml  Di02
        haarlem-zrc/stp_voegBesluitToe/voegBesluitToe_Di01_01.xml  Di01
        haarlem-zrc/stp_voegBesluitToe/voegBesluitToe_Di01_03.xml  Di01
        haarlem-zrc/stp_voegBesluitToe/voegBesluitToe_Di01_05.xml  Di01
        haarlem-zrc/stp_voegBesluitToe/voegBesluitToe_Di01_07.xml  Di01
        haarlem-zrc/stp_voegBesluitToe/voegBesluitToe_Di01_09.xml  Di01
        haarlem-zrc/stp_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_01.xml  M204 at taal
        haarlem-zrc/stp_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_03.xml  M204 at taal
        haarlem-zrc/stp_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_05.xml  M204 at taal
        haarlem-zrc/stp_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_07.xml  M204 at taal
        haarlem-zrc/stp_voegZaakdocumentToe/voegZaakdocumentToe_EdcLk01_09.xml  M204 at taal
        open-forms/soap-templates/includes/involved_party.xml  piece
        open-forms/soap-templates/includes/security.xml  piece
        open-forms/soap-templates/includes/stuurgegevens.xml  piece
        open-forms/soap-templates/soap_envelope.xml  piece
        open-forms/stuf-bg-request-templates/ChildrenStufBgRequest.xml  persoon asked
        open-forms/stuf-bg-request-templates/PartnersStufBgRequest.xml  persoon asked
        open-forms/stuf-bg-request-templates/StufBgRequest.xml  persoon asked
        open-forms/stuf-bg-responses/StufBgErrorResponse.xml  S010 at Fault
        open-forms/stuf-bg-responses/StufBgNoAnswerResponse.xml  La01
        open-forms/stuf-bg-responses/StufBgNoObjectResponse.xml  La01
        open-forms/stuf-bg-responses/StufBgNotFoundResponse.xml  S010 at Fault
        open-forms/stuf-bg-responses/StufBgResponse.xml  La01
        open-forms/stuf-bg-responses/StufBgResponseGemeenteVanInschrijving.xml  La01
        open-forms/stuf-bg-responses/StufBgResponseMissingSomeData.xml  La01
        open-forms/stuf-bg-responses/StufBgResponseOnvolledigeDatum.xml  La01
        open-forms/stuf-bg-responses/StufBgResponseWithVoorvoegsel.xml  La01
        open-forms/stuf-bg-responses/family-members-component-stuf_bg_2_children.xml  S013 at stuurgegevens/berichtcode
        open-forms/stuf-bg-responses/family-members-component-stuf_bg_family_members.xml  S013 at stuurgegevens/berichtcode
        open-forms/stuf-bg-responses/family-members-component-stuf_bg_one_partner.xml  S013 at stuurgegevens/berichtcode
        open-forms/stuf-bg-responses/family-members-prefill-stuf_bg_children.xml  La01
        open-forms/stuf-bg-responses/family-members-prefill-stuf_bg_children_incomplete_date_of_birth.xml  La01
        open-forms/stuf-bg-responses/family-members-prefill-stuf_bg_one_partner.xml  La01
        open-forms/stuf-zds-request-templates/creeerZaak.xml  zaak
        open-forms/stuf-zds-request-templates/genereerDocumentIdentificatie.xml  Di02
        open-forms/stuf-zds-request-templates/genereerZaakIdentificatie.xml  Di02
        open-forms/stuf-zds-request-templates/includes/bezoekadres.xml  piece
        open-forms/stuf-zds-request-templates/includes/children.xml  piece
        open-forms/stuf-zds-request-templates/includes/extraElementen.xml  piece
        open-forms/stuf-zds-request-templates/includes/heeftAlsAanspreekpunt.xml  piece
        open-forms/stuf-zds-request-templates/includes/partners.xml  piece
        open-forms/stuf-zds-request-templates/includes/verblijfsadres.xml  piece
        open-forms/stuf-zds-request-templates/updateZaak.xml  zaak
        open-forms/stuf-zds-request-templates/voegZaakdocumentToe.xml  document
        open-forms/stuf-zds-responses/creeerZaak.xml  Bv03
        open-forms/stuf-zds-responses/dummy.xml  S010 at dummy
        open-forms/stuf-zds-responses/genereerDocumentIdentificatie.xml  Du02
        open-forms/stuf-zds-responses/genereerZaakIdentificatie.xml  Du02
        open-forms/stuf-zds-responses/soap-error.xml  S010 at Fault
        open-forms/stuf-zds-responses/voegZaakdocumentToe.xml  Bv03
        openzaakbrug/haarlem-voorbeeld/geefLijstZaakdocumenten.xml  zaak asked
        openzaakbrug/haarlem-voorbeeld/geefZaakDetailsRequest.xml  zaak asked
        openzaakbrug/haarlem-voorbeeld/voegZaakdocumentToe.xml  document
        openzaakbrug/suites4sociaaldomein/01-request-genereerZaakIdentificatie_Di02.xml  Di02
        openzaakbrug/suites4sociaaldomein/01-response-genereerZaakIdentificatie_Di02.xml  Du02
        openzaakbrug/suites4sociaaldomein/02-request-zakLk01-Generen-Zaak.xml  zaak
        openzaakbrug/suites4sociaaldomein/02-response-zakLk01-Generen-Zaak.xml  Bv03
        openzaakbrug/suites4sociaaldomein/03-request-zakLk01-601-Statusinformatie-aanvraag.xml  zaak
        openzaakbrug/suites4sociaaldomein/03-response-zakLk01-601-Statusinformatie-aanvraag.xml  Bv03
        openzaakbrug/suites4sociaaldomein/04-request-genereerDocumentIdentificatie_Di02.xml  Di02
        openzaakbrug/suites4sociaaldomein/04-response-genereerDocumentIdentificatie_Di02.xml  Du02
        openzaakbrug/suites4sociaaldomein/05-request-edcLk01-621-Toevoegen-Document-Zaak.xml  document
        openzaakbrug/suites4sociaaldomein/05-response-edcLk01-621-Toevoegen-Document-Zaak.xml  Bv03
        openzaakbrug/suites4sociaaldomein/06-request-zakLk01-609-Wijzigen-Zaakgegevens.xml  zaak
        openzaakbrug/suites4sociaaldomein/06-response-zakLk01-609-Wijzigen-Zaakgegevens.xml  Bv03
        openzaakbrug/suites4sociaaldomein/07-request-zakLv01-622-Opvragen-Documenten-Zaakgegevens.xml  zaak asked
        openzaakbrug/suites4sociaaldomein/07-response-zakLv01-622-Opvragen-Documenten-Zaakgegevens.xml  La01
        openzaakbrug/suites4sociaaldomein/08-request-edcLv01-623-Lezen-Document-Zaak.xml  document asked
        openzaakbrug/suites4sociaaldomein/08-response-edcLv01-623-Lezen-Document-Zaak.xml  La01
        openzaakbrug/suites4sociaaldomein/09-request-zakLk01-605-Koppelen-Besluit-Zaak.xml  zaak
        openzaakbrug/suites4sociaaldomein/09-response-zakLk01-605-Koppelen-Besluit-Zaak.xml  Bv03
        openzaakbrug/suites4sociaaldomein/10-request-zakLk01-601-Statusinformatie-Aanvraag.xml  zaak
        openzaakbrug/suites4sociaaldomein/10-response-zakLk01-601-Statusinformatie-Aanvraag.xml  Bv03
        openzaakbrug/suites4sociaaldomein/11-request-zakLv01-geefZaakdetails.xml  zaak asked
        openzaakbrug/suites4sociaaldomein/11-response-zakLv01-geefZaakdetails.xml  La01
        openzaakbrug/suites4sociaaldomein/12-request-zakLv01.xml  zaak asked
        openzaakbrug/suites4sociaaldomein/12-response-zakLv01.xml  La01
        """
}
