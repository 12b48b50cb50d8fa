private import CLinux
private import Diagnostics
private import Glibc

/// Keeps every other process, and every other owner in this one, out of a data folder; freed when it goes out of
/// scope or the process ends in any way.
package struct FileLock: ~Copyable, Sendable {
    private let file: Descriptor

    /// Takes the lock of the file at `path`, which is made when it is not there and stays.
    ///
    /// - Throws: ``SystemFailure`` with code `fileLocked` when someone else holds it.
    package init(path: String) throws(SystemFailure) {
        let number = unsafe sluis_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemFailure(call: "open \(path)") }
        let file = Descriptor(number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK
                ? SystemFailure(.fileLocked, at: path, number: EWOULDBLOCK)
                : SystemFailure(call: "flock \(path)")
        }
        self.file = file
    }

    deinit {
        // Closing alone would leave it to a program that is just being started and has a copy until it runs.
        flock(file.number, LOCK_UN)
    }
}
