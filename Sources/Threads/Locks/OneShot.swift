/// A value that one thread gives once and others wait for.
package final class OneShot<Value: Sendable>: Sendable {
    private let value = Monitor<Value?>(nil)

    package init() {}

    /// Gives the value. The first one stays.
    ///
    /// - Returns: false when there was one already.
    @discardableResult
    package func fulfil(_ new: Value) -> Bool {
        value.update { value in
            guard value == nil else { return false }
            value = new
            return true
        }
    }

    /// The value; nil when it was not given before the deadline. Without a deadline it waits for ever.
    package func wait(until deadline: Instant? = nil) -> Value? {
        value.wait(until: deadline) { $0 }
    }
}

/// Carries a value that cannot be copied through a closure or a queue; whoever takes it first has it.
package final class Handover<Value: ~Copyable & Sendable>: Sendable {
    private let value: Monitor<Value?>

    package init(_ value: consuming Value) {
        self.value = Monitor(value)
    }

    /// The value, once; nil ever after.
    package func take() -> Value? {
        value.withLock { $0.take() }
    }
}
