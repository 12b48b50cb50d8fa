/// Berichten about one zaak, as a sender numbers them: the first makes it, each next one changes its omschrijving.
struct Story: Sendable {
    let identificatie: String

    /// The referentienummer of the bericht with that number.
    func referentienummer(_ number: Int) -> String { "\(identificatie)-\(number)" }

    /// What the zaak says when that bericht was the last.
    func omschrijving(_ number: Int) -> String { "stand \(number)" }

    func bericht(_ number: Int) -> [UInt8] {
        let isNew = number == 0
        let start = isNew ? "<ZKN:startdatum>20240101</ZKN:startdatum>" : ""
        let type =
            isNew
            ? """
            <ZKN:isVan StUF:entiteittype="ZAKZKT" StUF:verwerkingssoort="T"><ZKN:gerelateerde \
            StUF:entiteittype="ZKT" StUF:verwerkingssoort="I"><ZKN:code>B0001</ZKN:code></ZKN:gerelateerde></ZKN:isVan>
            """ : ""
        return Array(
            """
            <ZKN:zakLk01 xmlns:ZKN="http://www.egem.nl/StUF/sector/zkn/0310" \
            xmlns:StUF="http://www.egem.nl/StUF/StUF0301"><ZKN:stuurgegevens>\
            <StUF:berichtcode>Lk01</StUF:berichtcode>\
            <StUF:zender><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>OUD</StUF:applicatie></StUF:zender>\
            <StUF:ontvanger><StUF:organisatie>1900</StUF:organisatie><StUF:applicatie>SLUIS</StUF:applicatie>\
            </StUF:ontvanger><StUF:referentienummer>\(referentienummer(number))</StUF:referentienummer>\
            <StUF:tijdstipBericht>\(20_240_102_093_015_000 + number)</StUF:tijdstipBericht>\
            <StUF:entiteittype>ZAK</StUF:entiteittype></ZKN:stuurgegevens>\
            <ZKN:parameters><StUF:mutatiesoort>\(isNew ? "T" : "W")</StUF:mutatiesoort>\
            <StUF:indicatorOvername>V</StUF:indicatorOvername></ZKN:parameters>\
            <ZKN:object StUF:entiteittype="ZAK" StUF:verwerkingssoort="\(isNew ? "T" : "W")">\
            <ZKN:identificatie>\(identificatie)</ZKN:identificatie>\
            <ZKN:omschrijving>\(omschrijving(number))</ZKN:omschrijving>\(start)\(type)</ZKN:object></ZKN:zakLk01>
            """.utf8)
    }
}
