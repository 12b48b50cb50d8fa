private import Diagnostics
private import Record

/// What comes from outside and would harm the others of its batch is refused before it joins one.
extension Entry {
    func check() throws(LedgerFailure) {
        let texts = [
            tenant, zender.organisatie, zender.applicatie, zender.administratie, referentienummer, berichtcode,
            name, entiteittype, tijdstipBericht,
        ]
        for text in texts { try checkKey(text) }
        try checkObjects(objects + (creates.map { [$0.object] } ?? []))
        if case .bytes(let bytes) = body, bytes.count > LedgerLimits.piece {
            throw LedgerFailure(.pieceTooLarge, at: "body")
        }
    }
}

extension NewDelivery {
    func check() throws(LedgerFailure) {
        try checkKey(target)
        try checkObjects(objects)
    }
}

extension Document {
    func check() throws(LedgerFailure) {
        try checkObjects([key])
        for text in [uuid, source] + index.map(\.path) + children.flatMap({ [$0.resource, $0.uuid] }) {
            try checkKey(text)
        }
    }
}

private func checkObjects(_ objects: [ObjectKey]) throws(LedgerFailure) {
    guard objects.count <= LedgerLimits.objects else { throw LedgerFailure(.pieceTooLarge, at: "objects") }
    for object in objects {
        for text in [object.tenant, object.resource, object.value] { try checkKey(text) }
    }
}

private func checkKey(_ text: String) throws(LedgerFailure) {
    // Postgres has no NUL in a text, and no index entry longer than a third of a page.
    guard text.utf8.count <= LedgerLimits.key, !text.utf8.contains(0) else {
        throw LedgerFailure(.keyTooLong)
    }
}
