/// Codes of what the operating system refuses: sockets, files, threads and processes.
extension Code {
    package static let systemCallFailed = Code(
        "T101", "systemCallFailed",
        meaning: "The operating system refused a call that should always work.",
        remedy: "Look at the named call and error: limits on open files or processes, memory, rights.")
    package static let addressInUse = Code(
        "T102", "addressInUse",
        meaning: "Another process already listens on the configured address and port.",
        remedy: "Stop the other process, or listen elsewhere with --listen ADDRESS:PORT.")
    package static let addressInvalid = Code(
        "T103", "addressInvalid",
        meaning:
            "The address cannot be listened on or connected to: it is no numeric address of this machine.",
        remedy: "Write it as 127.0.0.1:8080 or [::1]:8080, with an address that this machine has.")
    package static let connectionRefused = Code(
        "T104", "connectionRefused",
        meaning: "Nobody listens at the address, or it could not be reached in time.",
        remedy: "Check that the other process runs and that the address and the network are right.")
    package static let fileLocked = Code(
        "T105", "fileLocked",
        meaning: "Another process holds the lock of this folder.",
        remedy:
            "Only one process may use a data folder. Stop the other one, or choose another with --data DIR.")
    package static let programNotFound = Code(
        "T106", "programNotFound",
        meaning: "A program that Sluis starts is not on this machine.",
        remedy: "Install the Debian package that holds it; sluis doctor names what is missing.")

    static let system: [Code] = [
        systemCallFailed, addressInUse, addressInvalid, connectionRefused, fileLocked, programNotFound,
    ]
}
