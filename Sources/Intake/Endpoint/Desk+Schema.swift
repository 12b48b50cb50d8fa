internal import Diagnostics
internal import Ledger
internal import Mapping
internal import StUF
internal import Telemetry

// Whether a bericht is as the official schema says; its mapping looks at what it says itself.
extension Desk {
    /// - Throws: `S028` where the route refuses what is not.
    func check(_ reading: Reading, _ route: Route) throws(StUFFailure) {
        guard route.schema != .off, let finding = try finding(reading, route.operation.service) else {
            return
        }
        if route.schema == .refuse { throw finding }
        observer.observe(
            .berichtUnschematic(
                referentienummer: reading.referentienummer, berichtcode: reading.berichtcode,
                place: finding.place ?? ""))
    }

    /// The whole bericht is at hand, or its pieces are in the ledger: then this thread is a reader's, which may wait.
    private func finding(_ reading: Reading, _ service: String) throws(StUFFailure) -> StUFFailure? {
        guard var check = try settings.schemas?.check(of: service) else { return nil }
        switch reading.body {
        case .bytes(let bytes): check.feed(bytes[...])
        case .upload(let upload):
            do throws(LedgerFailure) {
                var piece = 0
                while let bytes = try ledger.content(upload, piece: piece) {
                    check.feed(bytes[...])
                    piece += 1
                }
            } catch {
                throw StUFFailure(error.code, at: error.place, isPassing: error.isPassing)
            }
        }
        return check.finish()
    }
}
