package import Calling
internal import Diagnostics
internal import JSON
package import Ledger
internal import Record
package import Resources
package import Threads

/// The APIs that routes send to: all of them are one target, in one order per object.
///
/// What is new is made, root first and then its children, each call noted before and after; everything else is read and
/// changed where it differs. Either can be cut off anywhere and goes on where it was.
package final class APITarget: Target {
    package static let name = "api"
    package var name: String { Self.name }

    /// What can be chosen.
    package struct Settings: Sendable {
        /// How long a delivery is claimed from each of its steps on: longer than one call can take.
        package var lease = Duration.seconds(300)
        /// The largest content of a document that is sent in one call: it is held in memory, a third larger.
        package var contentByteCount: Int64 = 64 << 20
        /// How old what a catalogue answered may be.
        package var typeAge = Duration.seconds(900)

        package init() {}
    }

    let calls: APICalls
    let log: any StepLog & Inbox
    let origins: Origins
    let library: ResourceLibrary
    /// The APIs that berichten write to; what others answer is kept for a while.
    let written: Set<String>
    let types: TypeCache
    let settings: Settings
    let time: TimeSource

    /// - Parameters:
    ///   - log: keeps the calls, and has the contents of documents.
    ///   - made: the resources that berichten make themselves: `zaken:Zaak`.
    ///   - origins: says which element of a bericht a property comes from.
    package init(
        _ clients: [APIClient], log: any StepLog & Inbox, library: ResourceLibrary, made: Set<String>,
        origins: @escaping Origins, settings: Settings, time: TimeSource
    ) {
        calls = APICalls(clients)
        self.log = log
        self.origins = origins
        self.library = library
        written = Set(made.map { String($0.prefix { $0 != ":" }) })
        self.settings = settings
        self.time = time
        types = TypeCache(age: settings.typeAge, time: time)
    }

    package func deliver(_ consignments: [Consignment]) -> [Effect] {
        consignments.map { consignment in
            guard let key = consignment.change.objects.first, let resource = library.resource(key.resource)
            else {
                return .failed(
                    DeliveryFailure(.changeUnreadable, at: consignment.change.objects.first?.resource))
            }
            do throws(ErrandFailure) {
                var errand = Errand(self, consignment, key, resource)
                return try errand.run()
            } catch {
                return error.isForPerson ? .parked(error) : .failed(error)
            }
        }
    }
}

/// Why an errand did not come to its end: the failure of whichever room found it.
struct ErrandFailure: Failure {
    let code: Code
    let place: String?
    let hint: String?
    let rule: SourceLocation?
    let isPassing: Bool
    /// Nobody can say whether it took effect.
    var isForPerson = false

    init(_ failure: any Failure, at place: String? = nil, isPassing: Bool? = nil) {
        code = failure.code
        self.place = place ?? failure.place
        hint = failure.hint
        rule = failure.rule
        self.isPassing = isPassing ?? failure.isPassing
    }

    /// A call that was refused for a property, with the element that it came from.
    init(_ failure: CallingFailure, of call: String, from origin: Origin) {
        code = failure.code
        place = origin.place
        rule = origin.rule
        hint = [call, failure.hint].compactMap(\.self).joined(separator: ": ")
        isPassing = failure.isPassing
    }

    init(_ code: Code, at place: String? = nil, hint: String? = nil, isForPerson: Bool = false) {
        self.code = code
        self.place = place
        self.hint = hint
        rule = nil
        isPassing = false
        self.isForPerson = isForPerson
    }
}
