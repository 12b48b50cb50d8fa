import Diagnostics
import Record
import Resources
import Testing

@Suite("Merging a change") struct MergeTests {
    private func apply(
        _ change: Change, to stored: Stored?
    ) throws -> (json: String, changed: [String], merged: Merged) {
        let merged = try Merge(Zaken.zaak).apply(change, to: stored)
        return (merged.stored.map { Zaken.json($0.record) } ?? "", merged.changed, merged)
    }

    private func refusal(_ change: Change, to stored: Stored?) -> ResourcesFailure? {
        do throws(ResourcesFailure) {
            _ = try Merge(Zaken.zaak).apply(change, to: stored)
            return nil
        } catch {
            return error
        }
    }

    @Test("makes an object that was not there, as it was said")
    func create() throws {
        let json = Zaken.minimal(#""kenmerken":[{"kenmerk":"1","bron":"a"}]"#)
        let (made, changed, _) = try apply(try Zaken.change(.added, json), to: nil)
        #expect(try Zaken.record(made) == Zaken.record(json))
        #expect(changed == ["."])
    }

    @Test("touches nothing that was not said, and says what became different")
    func partial() throws {
        let stored = try Zaken.stored(
            #""omschrijving":"a","toelichting":"b","verlenging":{"reden":"r","duur":"P5D"}"#)
        let change = try Zaken.change(
            .changed, #"{"omschrijving":"c","toelichting":"b","verlenging":{"duur":"P6D"}}"#)
        let (json, changed, _) = try apply(change, to: stored)
        #expect(changed == ["omschrijving", "verlenging.duur"])
        let whole = Zaken.minimal(
            #""omschrijving":"c","toelichting":"b","verlenging":{"reden":"r","duur":"P6D"}"#)
        #expect(try Zaken.record(json) == Zaken.record(whole))
    }

    @Test("changes nothing when all is so already, however it is said to be empty")
    func same() throws {
        let rollen = #""rollen":[\#(Zaken.rol("Initiator", bsn: "999990019"))]"#
        let stored = try Zaken.stored(#""omschrijving":"a",\#(rollen)"#)
        for json in [
            #"{"omschrijving":"a"}"#, #"{"toelichting":""}"#, #"{"verlenging":null}"#, #"{"kenmerken":[]}"#,
            "{}", "{\(rollen)}",
        ] {
            let (_, changed, merged) = try apply(try Zaken.change(.changed, json), to: stored)
            #expect(changed == [], "\(json)")
            #expect(merged.stored?.record == stored.record)
            #expect(merged.stored?.children == stored.children)
        }
    }

    @Test("clears what is said to have no value, a group with all its members")
    func clears() throws {
        let kenmerken = #""kenmerken":[{"kenmerk":"1","bron":"a"}]"#
        let stored = try Zaken.stored(
            #""toelichting":"b","verlenging":{"reden":"r","duur":"P5D"},\#(kenmerken)"#)
        let change = try Zaken.change(.changed, #"{"toelichting":null,"verlenging":null,"kenmerken":[]}"#)
        let (json, changed, _) = try apply(change, to: stored)
        #expect(changed == ["toelichting", "verlenging", "kenmerken"])
        #expect(json.contains(#""toelichting":"""#))
        #expect(json.contains(#""verlenging":null,"kenmerken":[]"#))
    }

    @Test("replaces a list without match rule as a whole")
    func lists() throws {
        let stored = try Zaken.stored(#""kenmerken":[{"kenmerk":"1","bron":"a"},{"kenmerk":"2","bron":"b"}]"#)
        let change = try Zaken.change(.changed, #"{"kenmerken":[{"kenmerk":"2","bron":"c"}]}"#)
        let (json, changed, _) = try apply(change, to: stored)
        #expect(changed == ["kenmerken"])
        #expect(json.contains(#""kenmerken":[{"kenmerk":"2","bron":"c"}]"#))
    }

    @Test("forgets what was read through a link that now points elsewhere")
    func links() throws {
        let named = try Zaken.change(
            .changed, #"{"zaaktype":{"identificatie":"B1026","omschrijving":"Een"}}"#)
        let first = try apply(named, to: try Zaken.stored())
        #expect(first.changed == ["zaaktype.omschrijving"])
        let moved = try Zaken.change(.changed, #"{"zaaktype":{"identificatie":"B2000"}}"#)
        let second = try apply(moved, to: first.merged.stored)
        #expect(second.json.contains(#""zaaktype":{"identificatie":"B2000"}"#))
    }

    @Test("removes an object, and one that is not there without a word")
    func removes() throws {
        let first = try apply(try Zaken.change(.removed, nil), to: try Zaken.stored())
        #expect(first.merged.stored == nil)
        #expect(first.changed == ["."])
        #expect(try apply(try Zaken.change(.removed, nil), to: nil).changed == [])
    }

    @Test("takes the size of a content from the content")
    func size() throws {
        let resource = Zaken.resource("documenten:EnkelvoudigInformatieObject")
        var record = try Zaken.record(
            #"{"identificatie":"D1","bronorganisatie":"001005650","creatiedatum":"2020-03-09","titel":"t","#
                + #""auteur":"a","taal":"nld","informatieobjecttype":{"omschrijving":"x"}}"#, resource)
        record.set(
            try #require(resource.shape.node("inhoud")), to: Record.Content(id: 3, byteCount: 20_480))
        let change = Change(
            objects: [], kind: .added, before: nil, after: record, origin: "r", source: "GWS", position: 1)
        let merged = try Merge(resource).apply(change, to: nil)
        let json = Zaken.json(try #require(merged.stored).record, resource)
        #expect(json.contains(#""inhoud":{"byteCount":20480},"bestandsomvang":20480"#))
    }

    @Test(
        "refuses what the API would refuse",
        arguments: [
            (Change.Kind.added, #"{"identificatie":"Z1"}"#, false, Code.requiredByAPI, "bronorganisatie"),
            (.added, Zaken.minimal(#""omschrijving":"other""#), true, .objectIsThere, "zaken:Zaak"),
            (.changed, #"{"omschrijving":"x"}"#, false, .objectIsNotThere, "zaken:Zaak"),
            (.corrected, #"{"omschrijving":"x"}"#, false, .objectIsNotThere, "zaken:Zaak"),
            (.changed, #"{"startdatum":null}"#, true, .requiredByAPI, "startdatum"),
            (.changed, #"{"zaaktype":null}"#, true, .requiredByAPI, "zaaktype"),
            (.changed, #"{"verlenging":{"reden":"x"}}"#, true, .requiredByAPI, "verlenging.duur"),
            (.changed, #"{"opschorting":{"reden":"x"}}"#, true, .requiredByAPI, "opschorting.indicatie"),
            (.changed, #"{"identificatie":"Z2"}"#, true, .keyChanged, "identificatie"),
            (
                .changed, #"{"rollen":[{"roltype":{"omschrijving":"Initiator"},"roltoelichting":"x"}]}"#,
                true, .requiredByAPI, "rollen.betrokkeneType"
            ),
            (
                .changed,
                #"{"rollen":[{"betrokkeneType":"natuurlijk_persoon","roltype":{"omschrijving":"I"},"#
                    + #""betrokkeneIdentificatie":{"inpBsn":"999990019","verblijfsadres":"#
                    + #"{"aoaIdentificatie":"1","wplWoonplaatsNaam":"w","gorOpenbareRuimteNaam":"g"}}}]}"#,
                true, .requiredByAPI, "rollen.betrokkeneIdentificatie.verblijfsadres.aoaHuisnummer"
            ),
        ])
    func refuses(_ row: (kind: Change.Kind, json: String, isStored: Bool, code: Code, place: String)) throws {
        let change = try Zaken.change(row.kind, row.json)
        let failure = refusal(change, to: row.isStored ? try Zaken.stored() : nil)
        #expect(failure?.code == row.code)
        #expect(failure?.place == row.place)
    }

    @Test("makes the same object again without a word")
    func again() throws {
        let stored = try Zaken.stored(#""rollen":[\#(Zaken.rol("Initiator", bsn: "999990019"))]"#)
        let marked = Zaken.rol("Initiator", bsn: "999990019", mark: "toevoegen")
        let change = try Zaken.change(.added, Zaken.minimal(#""rollen":[\#(marked)]"#))
        #expect(try apply(change, to: stored).changed == [])
    }

    @Test("makes a whole of a snapshot, and drops the items it does not name")
    func snapshot() throws {
        let first = Zaken.rol("Initiator", bsn: "999990019")
        let second = Zaken.rol("Behandelaar", bsn: "999993653")
        let stored = try Zaken.stored(#""toelichting":"b","rollen":[\#(first),\#(second)]"#)
        let change = try Zaken.change(.snapshot, Zaken.minimal(#""rollen":[\#(second)]"#))
        let (json, changed, merged) = try apply(change, to: stored)
        #expect(changed == ["rollen"])
        #expect(json.contains(#""rollen":[\#(second)]"#))
        #expect(merged.stored?.children == [stored.children[1]])
        #expect(try apply(change, to: nil).changed == ["."])
    }
}
