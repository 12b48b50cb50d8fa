private import CLinux
private import Diagnostics
internal import Glibc

/// The arguments of one `posix_spawn`, freed when it goes out of scope.
@safe struct Spawn: ~Copyable {
    private var actions = unsafe posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()

    init() {
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
    }

    deinit {
        var actions = unsafe actions
        var attributes = attributes
        unsafe posix_spawn_file_actions_destroy(&actions)
        unsafe posix_spawnattr_destroy(&attributes)
    }

    mutating func add(_ stream: Command.Stream, as number: Int32) throws(SystemFailure) {
        let path: String
        switch stream {
        case .inherit: return
        case .nothing: path = "/dev/null"
        case .file(let name): path = name
        }
        let flags = number == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_APPEND
        try check(unsafe posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600), "addopen")
    }

    /// Makes `descriptor` the program's stream.
    mutating func add(_ descriptor: Int32, as number: Int32) throws(SystemFailure) {
        try check(unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number), "adddup2")
    }

    mutating func run(_ command: Command) throws(SystemFailure) -> Int32 {
        if let directory = command.workingDirectory {
            try check(unsafe sluis_add_chdir(&actions, directory), "addchdir")
        }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var usual = sigset_t()
        unsafe sigemptyset(&usual)
        unsafe sigaddset(&usual, SIGPIPE)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let group = command.ownGroup ? POSIX_SPAWN_SETPGROUP : 0
        let flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group)
        unsafe posix_spawnattr_setflags(&attributes, flags)
        return try spawn(command)
    }

    private mutating func spawn(_ command: Command) throws(SystemFailure) -> Int32 {
        let texts = [command.program] + command.arguments
        let settings = command.environment.map {
            $0.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        }
        guard !(texts + (settings ?? [])).contains(where: { $0.utf8.contains(0) }) else {
            throw SystemFailure(.systemCallFailed, at: "posix_spawn", hint: "an argument holds a NUL")
        }
        var arguments = CStrings(texts)
        var environment = settings.map(CStrings.init)
        var id: pid_t = 0
        let own = unsafe environ
        let result =
            if let given = environment {
                unsafe posix_spawnp(
                    &id, command.program, &actions, &attributes, arguments.pointers, given.pointers)
            } else {
                unsafe posix_spawnp(&id, command.program, &actions, &attributes, arguments.pointers, own)
            }
        arguments.free()
        environment?.free()
        guard result == 0 else {
            throw SystemFailure(
                call: "start \(command.program)", errno: result,
                code: result == ENOENT ? .programNotFound : nil)
        }
        return id
    }

    private func check(_ result: Int32, _ call: String) throws(SystemFailure) {
        guard result == 0 else { throw SystemFailure(call: "posix_spawn \(call)", errno: result) }
    }
}

/// A NULL-terminated array of C strings, as `posix_spawn` wants it.
@safe private struct CStrings {
    private(set) var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) {
        unsafe pointers = texts.map { unsafe strdup($0) } + [nil]
    }

    mutating func free() {
        for index in unsafe pointers.indices { unsafe Glibc.free(pointers[index]) }
        unsafe pointers = []
    }
}
