private import Diagnostics
private import Threads

/// A thread that does one thing for a test and then stays until this object goes.
///
/// What is started on it, and ends with the thread that started it, lives as long as this.
package final class LastingThread<Value: Sendable>: Sendable {
    /// What `body` gave.
    package let result: Result<Value, any Error>
    private let end = OneShot<Bool>()
    private let thread: Thread

    package init(_ name: String, _ body: @escaping @Sendable () throws -> Value) throws {
        let answer = OneShot<Result<Value, any Error>>()
        let end = end
        thread = try Thread.start("test-\(name)") {
            answer.fulfil(Result(catching: body))
            _ = end.wait()
        }
        result = answer.wait() ?? .failure(SystemFailure(.systemCallFailed, at: "test-\(name)"))
    }

    deinit {
        end.fulfil(true)
        thread.join()
    }
}
