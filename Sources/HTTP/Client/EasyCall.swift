private import CCurl
private import Diagnostics

/// One libcurl handle with the call it makes, set up and torn down; owned by the client's thread.
@safe final class EasyCall {
    let handle: UnsafeMutableRawPointer
    let transfer: Transfer
    private var fields: UnsafeMutablePointer<curl_slist>?

    /// Nil when libcurl has no memory, or was built without what a call needs.
    init?(_ job: Job) {
        guard let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = unsafe handle
        transfer = Transfer(job)
        guard setAddress(), setRequest(), setTrust(), setCallbacks() else { return nil }
    }

    /// Not before libcurl's multi handle has let it go.
    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe curl_slist_free_all(fields)
    }

    /// The call has ended: says so to the thread that asked.
    func end(_ result: Int) {
        let code = CURLcode(UInt32(result))
        guard code != CURLE_OK else {
            return transfer.succeed(status: unsafe sluis_curl_status(handle))
        }
        let hint = unsafe curl_easy_strerror(code).map { unsafe String(cString: $0) }
        var meaning = transfer.isTooLarge ? Code.responseTooLarge : Self.meaning(code)
        // What was never written cannot have been done.
        if !transfer.wasSent, meaning == .callTimedOut || meaning == .callBroken {
            meaning = .callUnreachable
        }
        transfer.job.fail(meaning, hint: hint)
    }

    private static func meaning(_ code: CURLcode) -> Code {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: .callUnreachable
        case CURLE_OPERATION_TIMEDOUT: .callTimedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_SSL_ENGINE_NOTFOUND:
            .callTLSRefused
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_BAD_CONTENT_ENCODING:
            .responseInvalid
        case CURLE_URL_MALFORMAT: .callRefused
        default: .callBroken
        }
    }

    // MARK: Options

    private func setAddress() -> Bool {
        let request = transfer.job.request
        return text(CURLOPT_URL, request.url) && text(CURLOPT_PROTOCOLS_STR, "http,https")
            && text(CURLOPT_PROXY, request.trust.proxy ?? "") && text(CURLOPT_NOPROXY, "")
            && number(CURLOPT_FOLLOWLOCATION, 0)
            && number(CURLOPT_NOSIGNAL, 1) && number(CURLOPT_HTTP09_ALLOWED, 0)
            && number(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.time))
            && number(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectTime))
    }

    private func setRequest() -> Bool {
        let request = transfer.job.request
        var lines = request.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // Not asked for: a wait for 100 Continue, and a content type that was not said.
        lines.append("Expect:")
        if request.fields["Content-Type"] == nil { lines.append("Content-Type:") }
        if request.fields["User-Agent"] == nil { lines.append("User-Agent: sluis") }
        for line in lines {
            guard let longer = unsafe curl_slist_append(fields, line) else { return false }
            unsafe fields = longer
        }
        guard unsafe sluis_curl_fields(handle, fields) == CURLE_OK else { return false }
        switch request.method {
        case .get where request.body.isEmpty: return number(CURLOPT_HTTPGET, 1)
        case .head: return number(CURLOPT_NOBODY, 1)
        case .delete where request.body.isEmpty, .options where request.body.isEmpty:
            return text(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        default: return text(CURLOPT_CUSTOMREQUEST, request.method.rawValue) && setBody(request.body)
        }
    }

    private func setBody(_ body: [UInt8]) -> Bool {
        let size = unsafe sluis_curl_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        guard size == CURLE_OK, number(CURLOPT_POST, 1) else { return false }
        let bytes = body.isEmpty ? [0] : body
        return unsafe sluis_curl_bytes(handle, CURLOPT_COPYPOSTFIELDS, bytes) == CURLE_OK
    }

    private func setTrust() -> Bool {
        let trust = transfer.job.request.trust
        // Debian's libcurl also believes the system's folder of certificates, unless it is told not to.
        let isBelieved =
            trust.authoritiesFile.map { text(CURLOPT_CAINFO, $0) && none(CURLOPT_CAPATH) } ?? true
        return isBelieved
            && number(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
            && optional(CURLOPT_SSLCERT, trust.certificateFile)
            && optional(CURLOPT_SSLKEY, trust.keyFile)
    }

    private func setCallbacks() -> Bool {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        return unsafe sluis_curl_take(handle, CURLOPT_WRITEFUNCTION, takeBody) == CURLE_OK
            && sluis_curl_pointer(handle, CURLOPT_WRITEDATA, context) == CURLE_OK
            && sluis_curl_take(handle, CURLOPT_HEADERFUNCTION, takeLine) == CURLE_OK
            && sluis_curl_pointer(handle, CURLOPT_HEADERDATA, context) == CURLE_OK
            && sluis_curl_before_request(handle, beforeRequest) == CURLE_OK
            && sluis_curl_pointer(handle, CURLOPT_PREREQDATA, context) == CURLE_OK
    }

    private func text(_ option: CURLoption, _ value: String) -> Bool {
        unsafe sluis_curl_text(handle, option, value) == CURLE_OK
    }

    private func optional(_ option: CURLoption, _ value: String?) -> Bool {
        value.map { text(option, $0) } ?? true
    }

    private func none(_ option: CURLoption) -> Bool {
        unsafe sluis_curl_pointer(handle, option, nil) == CURLE_OK
    }

    private func number(_ option: CURLoption, _ value: Int) -> Bool {
        unsafe sluis_curl_long(handle, option, value) == CURLE_OK
    }

    /// At least one: 0 would be no limit.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let whole = min(max(seconds, 0), 1_000_000)
        return max(1, Int(whole) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}

// The transfer lives as long as its handle: `EasyCall` owns both.

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = unsafe transfer(context) else { return 0 }
    return unsafe transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}

private func takeLine(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = unsafe transfer(context) else { return 0 }
    return unsafe transfer.takeLine(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
}

private func beforeRequest(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?,
    _ local: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
    unsafe transfer(context)?.maySend() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}
