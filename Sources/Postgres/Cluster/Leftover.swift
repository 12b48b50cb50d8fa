private import Glibc
private import Threads

/// What a Sluis that was killed may have left in the cluster's folder: a server that is still shutting down,
/// or processes of a server that was itself killed.
struct Leftover: Sendable {
    let clusterFolder: String

    /// The processes that still use the folder: each process of a server has it as its working directory.
    var processes: [Int32] {
        Folder.names(in: "/proc").compactMap(Int32.init).filter { $0 != getpid() && usesFolder($0) }.sorted()
    }

    /// A `postmaster.pid` of a server that is gone would stop a new one when its number now is that of some
    /// other process of the same user, as happens in containers. The lock of the data folder is ours, and
    /// nothing uses the cluster, so the file is of no one.
    func clear() {
        guard processes.isEmpty else { return }
        let file = "\(clusterFolder)/postmaster.pid"
        guard let line = Folder.read(file)?.prefix(while: { !$0.isNewline }), let id = Int32(line), id > 1,
            kill(id, 0) == 0
        else { return }
        unsafe unlink(file)
    }

    func usesFolder(_ id: Int32) -> Bool {
        Folder.linkTarget("/proc/\(id)/cwd") == clusterFolder
            && Folder.read("/proc/\(id)/comm")?.hasPrefix("postgres") == true
    }
}
