private import Glibc

/// How many files and sockets this process may have open at once.
package enum OpenFiles {
    /// The most that the system allows this process; the limit in force may be lower until it is raised.
    package static var most: UInt { limit.rlim_max }
    /// The limit in force.
    package static var limitInForce: UInt { limit.rlim_cur }

    /// Raises the limit in force to the most that the system allows; what is started later inherits it.
    ///
    /// Systems give 1 024 at first, for old programs that call `select`. Nothing here does.
    package static func raiseLimit() {
        var raised = limit
        raised.rlim_cur = raised.rlim_max
        // Refused (a container's policy): then the limit stays, and `sluis doctor` says so.
        _ = unsafe setrlimit(resource, &raised)
    }

    private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }

    private static var limit: rlimit {
        var limit = rlimit()
        // A plain C call that fills the struct on this stack frame.
        _ = unsafe getrlimit(resource, &limit)
        return limit
    }
}
