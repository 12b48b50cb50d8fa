internal import Diagnostics
internal import Intake
internal import Mapping
internal import Model
internal import Resources
internal import Tables

/// The rows of one case through the mapping of their table: up, and from there down again.
struct RowRun {
    let rulebook: Rulebook
    /// Where its files lie; results name it `mappings`.
    let folder: String

    /// For each row the resource that it is and the row that this comes back as, by file name; or why it is none.
    func results(of fixture: FixtureCase) throws(ReplayFailure) -> [String: String] {
        var results: [String: String] = [:]
        for row in fixture.rows {
            let (mapping, form) = try mapping(of: row, in: fixture)
            do {
                let (up, down) = try documents(row.bytes, mapping, form)
                results["\(row.number)-up.json"] = PlainForm.json(up)
                results["\(row.number)-down.json"] = PlainForm.json(down)
            } catch let failure as any Failure {
                results["\(row.number)-refused.txt"] = PlainForm.rulePlaces("\(failure)\n", folder: folder)
            } catch {
                throw ReplayFailure(.replayStalled, at: fixture.name)
            }
        }
        return results
    }

    private func mapping(
        of row: FixtureCase.RowFile, in fixture: FixtureCase
    ) throws(ReplayFailure) -> (CompiledMapping, TableForm) {
        let table = "\(fixture.name.prefix { $0 != "/" }):\(row.table)"
        guard let mapping = rulebook.mappings.mappings.first(where: { $0.legacy.qualifiedName == table }),
            let form = TableForm(mapping.legacy)
        else { throw ReplayFailure(.fixtureIncomplete, at: fixture.folder, "no mapping is of \(table)") }
        return (mapping, form)
    }

    private func documents(
        _ bytes: [UInt8], _ mapping: CompiledMapping, _ form: TableForm
    ) throws -> (up: [UInt8], down: [UInt8]) {
        let context = Context(
            zender: .init(), ontvanger: .init(), ontvangen: "2026-01-05T10:00:00Z", isNew: true)
        let read = try RowDocument.read(bytes, of: form)
        if let unknown = read.unknown.first {
            throw TablesFailure(.rowMalformed, at: unknown, hint: "no such column")
        }
        let record = try form.record(of: read.row, mapping.legacyLayout)
        let up = try mapping.lift(record, context: context).record
        let down = try mapping.lower(up, context: context).record
        return (
            GraphDocument.write(up, of: Shape(mapping.api), isPretty: true),
            RowDocument.write(try form.row(of: down), of: form)
        )
    }
}
