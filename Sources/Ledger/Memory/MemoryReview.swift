import Record
import Threads

extension MemoryState {
    func berichten(in state: BerichtState?, before: Int64?, limit: Int) -> [BerichtLine] {
        berichten.keys
            .filter { $0 < before ?? .max }
            .sorted(by: >)
            .compactMap { line($0) }
            .filter { state == nil || $0.state == state }
            .prefix(max(limit, 0)).map(\.self)
    }

    func deliveries(_ choice: DeliveryChoice, before: Int64?, limit: Int) -> [DeliveryLine] {
        outgoing.values
            .filter { $0.delivery.id < before ?? .max }
            .filter { choice.state == nil || $0.state == choice.state }
            .filter { choice.target == nil || $0.delivery.target == choice.target }
            .filter { choice.code == nil || $0.cause?.code == choice.code }
            .filter { choice.sequence == nil || $0.delivery.sequence == choice.sequence }
            .sorted { $0.delivery.id > $1.delivery.id }
            .prefix(max(limit, 0))
            .map(\.line)
    }

    func history(_ sequence: Int64) -> BerichtHistory? {
        guard let line = line(sequence) else { return nil }
        return BerichtHistory(
            bericht: line, first: berichten[sequence]?.first,
            deliveries: deliveries(of: sequence).map(\.line),
            attempts: attempts.filter { $0.sequence == sequence }.map(\.line))
    }

    private func line(_ sequence: Int64) -> BerichtLine? {
        guard let bericht = berichten[sequence] else { return nil }
        let entry = bericht.entry
        return BerichtLine(
            sequence: sequence, zender: entry.zender, referentienummer: entry.referentienummer,
            berichtcode: entry.berichtcode, name: entry.name, received: entry.received,
            state: bericht.first.flatMap { berichten[$0]?.state } ?? bericht.state, cause: bericht.cause)
    }
}

extension MemoryState.Outgoing {
    var line: DeliveryLine {
        DeliveryLine(
            id: delivery.id, sequence: delivery.sequence, target: delivery.target, state: state,
            attempt: delivery.attempt, due: due, cause: cause)
    }
}
