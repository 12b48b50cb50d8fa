internal import Crypto
internal import JSON

/// The content of documents, and their locks (source-apis.md, 1.6).
extension Desk {
    /// The bytes that base64 with or without line breaks stands for; nil when it is none.
    private static func decoded(_ text: String) -> [UInt8]? {
        let plain = text.filter { !$0.isWhitespace }.replacing("+", with: "-").replacing("/", with: "_")
        let body = plain.prefix { $0 != "=" }
        guard plain.utf8.count % 4 == 0, plain.dropFirst(body.count).allSatisfy({ $0 == "=" }) else {
            return nil
        }
        return Base64URL.bytes(body)
    }

    func checkContent(_ said: Value, _ checker: inout Checker) {
        guard let text = said["inhoud"]?.text, !text.isEmpty else { return }
        guard let content = Self.decoded(text) else { return checker.fault("inhoud", "invalid") }
        if let size = said["bestandsomvang"]?.integer, size != content.count {
            checker.fault("nonFieldErrors", "file-size")
        }
    }

    /// Keeps the content apart; without content and with a size the parts of an upload are waited for.
    func keepContent(_ resource: inout Resource, _ said: Value, isNew: Bool) throws(StubsFailure) {
        let text = said["inhoud"]?.text ?? ""
        let size = resource.document["bestandsomvang"]?.integer ?? 0
        if !text.isEmpty || isNew {
            let content = Self.decoded(text) ?? []
            try session.put(content: content, of: resource.uuid)
            if !text.isEmpty { resource.document["bestandsomvang"] = .number("\(content.count)") }
        }
        let version = isNew ? 1 : (resource.document["versie"]?.integer ?? 0) + 1
        resource.document["versie"] = .number("\(version)")
        resource.document["beginRegistratie"] = .string(Moments.text(Moments.microseconds(now)))
        let url = url(resource).text ?? ""
        resource.document["inhoud"] = .string("\(url)/download?versie=\(version)")
        guard isNew else { return }
        let isAwaited = text.isEmpty && size > 0
        resource.document["locked"] = .bool(isAwaited)
        resource.document["bestandsdelen"] = []
        guard isAwaited else { return }
        let part = UUID.random().description
        resource.document["_lock"] = .string(UUID.random().description)
        resource.document["bestandsdelen"] = [
            [
                "url": .string("\(base)/documenten/api/v1/bestandsdelen/\(part)"), "volgnummer": .number("1"),
                "omvang": .number("\(size)"), "voltooid": false,
            ]
        ]
    }

    func checkLock(_ resource: Resource, _ said: Value) throws(StubsFailure) {
        guard resource.document["locked"] == true else {
            throw Refusal.invalid("nonFieldErrors", "unlocked").failure
        }
        guard let lock = said["lock"], lock != "" else {
            throw Refusal.invalid("lock", "missing-lock-id").failure
        }
        guard lock == resource.document["_lock"] else {
            throw Refusal.invalid("nonFieldErrors", "incorrect-lock-id").failure
        }
    }

    func lock(_ resource: Resource) throws(StubsFailure) -> Reply {
        guard resource.document["locked"] != true else {
            throw Refusal.invalid("nonFieldErrors", "existing-lock").failure
        }
        var changed = resource
        let lock = Value.string(UUID.random().description)
        changed.document["locked"] = true
        changed.document["_lock"] = lock
        try session.put(changed)
        return Reply(200, .object([.init("lock", lock)]))
    }

    func unlock(_ resource: Resource, _ said: Value?) throws(StubsFailure) -> Reply {
        let given = said?["lock"]?.text ?? ""
        if given.isEmpty {
            guard caller.may("documenten.geforceerd-unlock") else { throw Refusal.forbidden.failure }
        } else {
            guard said?["lock"] == resource.document["_lock"] else {
                throw Refusal.invalid("nonFieldErrors", "incorrect-lock-id").failure
            }
            let isComplete = (resource.document["bestandsdelen"]?.items ?? []).allSatisfy {
                $0["voltooid"] == true
            }
            guard isComplete else { throw Refusal.invalid("nonFieldErrors", "incomplete-upload").failure }
        }
        var changed = resource
        changed.document["locked"] = false
        changed.document["_lock"] = nil
        try session.put(changed)
        return Reply(204)
    }
}
