private import Diagnostics
package import Threads

/// Calls other servers over HTTP; connections are kept and used again. One thread owns libcurl, any thread may call.
///
/// Made before other threads start: libcurl's set-up is not safe beside them.
package final class Client: Sendable {
    private let jobs: Monitor<Jobs>
    private let waker: Waker
    private let thread: Thread

    private struct Jobs: Sendable {
        /// As many as threads are calling: each waits for its own.
        var waiting: [Job] = []
        var isStopped = false
    }

    /// - Parameter connectionCount: kept open, in all; more are made when needed and closed afterwards.
    package init(connectionCount: Int = 32) throws(SystemFailure) {
        let jobs = Monitor(Jobs())
        let waker = try Waker()
        guard let engine = Engine(connectionCount: connectionCount, waker: waker) else {
            throw SystemFailure(.systemCallFailed, at: "curl_multi_init")
        }
        self.jobs = jobs
        self.waker = waker
        thread = try Thread.start("http-client") {
            engine.run {
                jobs.withLock { jobs in
                    defer { jobs.waiting = [] }
                    return jobs.isStopped ? nil : jobs.waiting
                }
            }
            for job in jobs.withLock({ $0.waiting }) { job.fail(.callStopped) }
        }
    }

    /// Makes the call and waits for the answer, whatever its status. Redirects are not followed.
    ///
    /// - Throws: ``HTTPFailure``. `callUnreachable` and `callRefused` mean that nothing was sent; with the others it
    ///   is not known whether the other side did what was asked.
    package func call(_ request: Request) throws(HTTPFailure) -> Response {
        let job = Job(request: request)
        if !request.isCallable {
            job.fail(.callRefused)
        } else if jobs.withLock({ jobs in
            if !jobs.isStopped { jobs.waiting.append(job) }
            return jobs.isStopped
        }) {
            job.fail(.callStopped)
        } else {
            waker.wake()
        }
        switch job.result.wait() {
        case .success(let response): return response
        case .failure(let failure): throw failure
        case nil: throw HTTPFailure(.callStopped)
        }
    }

    /// Gives up the calls under way with `callStopped` and ends the thread.
    package func stop() {
        jobs.update { $0.isStopped = true }
        waker.wake()
        thread.join()
    }
}
