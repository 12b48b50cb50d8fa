private import Crypto
package import Ledger
private import Mapping
private import Record
package import StUF
package import Threads

extension Entry {
    /// The entry of a bericht as the ledger keeps it.
    ///
    /// - Parameters:
    ///   - header: as far as it was read; its stuurgegevens must be there.
    ///   - content: the reader's content hash.
    ///   - accepted: nil for a bericht that is refused.
    package init(
        _ header: Header, content: [UInt8], _ accepted: Accepted?, refusal: Cause?, judge: Judge,
        received: WallTime, body: Body, contents: [Int64], reply: [UInt8]?
    ) {
        let stuurgegevens = header.stuurgegevens
        let zender = stuurgegevens?.zender
        var referentienummer = stuurgegevens?.referentienummer ?? ""
        // Of a zender that gives one number to several, the content tells them apart.
        if header.zender?.referentienummers == .shared, !referentienummer.isEmpty {
            referentienummer +=
                "#" + content.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        self.init(
            tenant: judge.tenant,
            zender: Zender(
                organisatie: zender?.organisatie ?? "", applicatie: zender?.applicatie ?? "",
                administratie: zender?.administratie ?? ""),
            referentienummer: referentienummer,
            berichtcode: stuurgegevens?.berichtcode.rawValue ?? "",
            name: accepted?.route.operation.name ?? header.root,
            entiteittype: stuurgegevens?.entiteittype ?? "",
            tijdstipBericht: stuurgegevens?.tijdstipBericht ?? "", received: received,
            digest: judge.rulebook.digest, content: content, objects: accepted?.change.objects ?? [],
            kind: accepted?.change.kind, creates: accepted?.creates, body: body, contents: contents,
            outcome: refusal.map { .refused($0) } ?? .accepted, reply: reply)
    }
}

extension Stuurgegevens.Identity {
    /// The identity of our answer to a bericht: it follows from the bericht and the moment it came in, so that the answer
    /// is the same each time it is written.
    package init(answering header: Header, content: [UInt8], received: WallTime) {
        let number = header.stuurgegevens?.referentienummer ?? ""
        let seed = content + Array("\(number) \(received.seconds).\(received.nanoseconds)".utf8)
        self.init(
            referentienummer: UUID.derived(seed: seed, ordinal: 0).description,
            tijdstipBericht: received.tijdstipBericht)
    }
}

extension WallTime {
    /// As berichten give a moment: 17 digits of local time.
    var tijdstipBericht: String {
        Tijdstip.tijdstipBericht(milliseconds: seconds &* 1000 &+ Int64(nanoseconds / 1_000_000))
    }
}
