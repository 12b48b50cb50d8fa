private import CCurl
private import Diagnostics
internal import Threads

/// Makes many calls at once on one thread (libcurl's multi handle).
@safe final class Engine {
    private let multi: UnsafeMutableRawPointer
    private let waker: Waker
    /// By the address of their handles.
    private var calls: [UInt: EasyCall] = [:]

    /// Once in the process; libcurl wants it before other threads.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?(connectionCount: Int, waker: Waker) {
        guard Self.isReady, let multi = unsafe curl_multi_init() else { return nil }
        unsafe self.multi = unsafe multi
        self.waker = waker
        unsafe _ = sluis_curl_multi_long(multi, CURLMOPT_MAXCONNECTS, connectionCount)
    }

    deinit {
        for call in calls.values { unsafe curl_multi_remove_handle(multi, call.handle) }
        calls = [:]
        unsafe curl_multi_cleanup(multi)
    }

    /// Makes the calls that `next` gives until it gives nil; then gives up those under way.
    func run(next: () -> [Job]?) {
        while true {
            waker.reset()
            guard let jobs = next() else { break }
            for job in jobs { start(job) }
            var running: Int32 = 0
            unsafe curl_multi_perform(multi, &running)
            endFinished()
            unsafe sluis_curl_wait(multi, waker.descriptor, 60_000)
        }
        for call in calls.values {
            unsafe curl_multi_remove_handle(multi, call.handle)
            call.transfer.job.fail(.callStopped)
        }
        calls = [:]
    }

    private func start(_ job: Job) {
        guard let call = EasyCall(job) else {
            return job.fail(.callRefused, hint: "libcurl refused an option")
        }
        guard unsafe curl_multi_add_handle(multi, call.handle) == CURLM_OK else {
            return job.fail(.callBroken)
        }
        unsafe calls[UInt(bitPattern: call.handle)] = call
    }

    private func endFinished() {
        var result = CURLE_OK
        while let handle = unsafe sluis_curl_next_ended(multi, &result) {
            unsafe curl_multi_remove_handle(multi, handle)
            calls.removeValue(forKey: UInt(bitPattern: handle))?.end(Int(result.rawValue))
        }
    }
}
