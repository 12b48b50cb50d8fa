import Record
import StUF
import Threads

extension Stuurgegevens {
    /// Of a bericht that `sluis map` makes: what the command line says, and defaults for the rest.
    init(_ arguments: Arguments, entiteittype: String) throws(CommandFailure) {
        if let tijdstip = arguments.tijdstip {
            guard (8...17).contains(tijdstip.count), tijdstip.allSatisfy({ ("0"..."9").contains($0) }) else {
                throw .usage("`--tijdstip` takes 8 to 17 digits: 20200309070104", of: .map)
            }
        }
        self.init(
            .lk01, zender: try Self.system(arguments.zender ?? "SLUIS", "zender"),
            ontvanger: try Self.system(arguments.ontvanger ?? "ONTVANGER", "ontvanger"),
            referentienummer: arguments.referentienummer ?? "sluis-map",
            tijdstipBericht: arguments.tijdstip ?? Moment.now.stuf, entiteittype: entiteittype)
    }

    /// Reads `[ORGANISATIE/]APPLICATIE[/ADMINISTRATIE]`.
    private static func system(_ text: String, _ option: String) throws(CommandFailure) -> Systeem {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }), (1...3).contains(parts.count) else {
            throw .usage("`--\(option)` takes APPLICATIE or ORGANISATIE/APPLICATIE[/ADMINISTRATIE]", of: .map)
        }
        guard parts.count > 1 else { return Systeem(applicatie: parts[0]) }
        return Systeem(
            organisatie: parts[0], applicatie: parts[1], administratie: parts.count > 2 ? parts[2] : nil)
    }
}

/// The present moment as both sides write it.
struct Moment {
    let time: WallTime

    static var now: Moment { Moment(time: .now) }

    /// `20200309070104000`, local.
    var stuf: String {
        Tijdstip.tijdstipBericht(milliseconds: time.seconds &* 1_000 &+ Int64(time.nanoseconds / 1_000_000))
    }

    /// `2020-03-09T06:01:04Z`.
    var canonical: String {
        let civil = LocalTime.Civil(seconds: Int(time.seconds))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(civil.year)-\(two(civil.month))-\(two(civil.day))"
            + "T\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second))Z"
    }
}
