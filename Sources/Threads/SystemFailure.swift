package import Diagnostics
private import Glibc

/// What the operating system refused.
package struct SystemFailure: Failure, Equatable {
    package var code: Code
    /// The call and what it was about: `bind 127.0.0.1:8080`.
    package var place: String?
    /// The system's own words: `Address already in use`.
    package var hint: String?
    /// The C error number; 0 when the failure is not one of a system call.
    package var number: Int32

    package init(_ code: Code, at place: String, hint: String? = nil, number: Int32 = 0) {
        self.code = code
        self.place = place
        self.hint = hint
        self.number = number
    }

    /// The failure of the call that just returned an error, with the present `errno` unless another is given.
    init(call place: String, errno number: Int32 = errno, code: Code? = nil) {
        let text = unsafe strerror(number).map { unsafe String(cString: $0) }
        self.init(code ?? Self.code(of: number), at: place, hint: text, number: number)
    }

    package var isPassing: Bool { code == .connectionRefused || code == .addressInUse }

    private static func code(of number: Int32) -> Code {
        switch number {
        case EADDRINUSE: .addressInUse
        case EADDRNOTAVAIL, EAFNOSUPPORT: .addressInvalid
        case ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH: .connectionRefused
        default: .systemCallFailed
        }
    }
}
