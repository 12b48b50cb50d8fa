private import Diagnostics
private import Record

// What comes from outside and would harm the others of its batch is refused before it joins one.

extension Entry {
    func check() throws(LedgerFailure) {
        // Together they are one index entry.
        try checkKey([
            tenant, zender.organisatie, zender.applicatie, zender.administratie, referentienummer,
        ])
        for text in [berichtcode, name, entiteittype, tijdstipBericht] { try checkKey([text]) }
        try checkObjects(objects)
        if let creates { try checkObjects([creates.object]) }
        if case .bytes(let bytes) = body, bytes.count > LedgerLimits.piece {
            throw LedgerFailure(.pieceTooLarge, at: "body")
        }
    }
}

extension NewDelivery {
    func check() throws(LedgerFailure) {
        try checkKey([target])
        try checkObjects(objects)
    }
}

extension Document {
    func check() throws(LedgerFailure) {
        try checkObjects([key])
        for text in [uuid, source] { try checkKey([text]) }
        for entry in index { try checkKey([key.resource, entry.path]) }
        for child in children { try checkKey([key.tenant, child.resource, child.uuid]) }
    }
}

private func checkObjects(_ objects: [ObjectKey]) throws(LedgerFailure) {
    guard objects.count <= LedgerLimits.objects else { throw LedgerFailure(.pieceTooLarge, at: "objects") }
    for object in objects { try checkKey([object.tenant, object.resource, object.value]) }
}

/// - Parameter parts: what makes one key together.
private func checkKey(_ parts: [String]) throws(LedgerFailure) {
    var length = 0
    for part in parts {
        length += part.utf8.count
        // No text of Postgres holds a NUL; the separators stand between the parts of keys in the tables.
        guard part.utf8.allSatisfy({ $0 != 0 && $0 != 0x1E && $0 != 0x1F }) else {
            throw LedgerFailure(.keyTooLong)
        }
    }
    guard length <= LedgerLimits.key else { throw LedgerFailure(.keyTooLong) }
}
