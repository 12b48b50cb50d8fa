#ifndef SLUIS_CLINUX_SHIM_H
#define SLUIS_CLINUX_SHIM_H
#include <fcntl.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

/* accept4 is a GNU extension whose address argument is a union that Swift cannot pass. */
extern int accept4(int, struct sockaddr *, socklen_t *, int);
static inline int sluis_accept(int listener, void *peer, socklen_t *size) {
    return accept4(listener, (struct sockaddr *)peer, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
static inline int sluis_bind(int fd, const void *address, socklen_t size) {
    return bind(fd, (const struct sockaddr *)address, size);
}
static inline int sluis_connect(int fd, const void *address, socklen_t size) {
    return connect(fd, (const struct sockaddr *)address, size);
}
static inline int sluis_local_address(int fd, void *address, socklen_t *size) {
    return getsockname(fd, (struct sockaddr *)address, size);
}

/* GNU extensions, declared only with _GNU_SOURCE, which would clash with Swift's Glibc module. */
extern int pipe2(int[2], int);
static inline int sluis_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);
static inline int sluis_add_chdir(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

/* Variadic in C. */
static inline int sluis_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int sluis_name_thread(const char *name) { return prctl(PR_SET_NAME, name); }

/* The union inside epoll_event. */
static inline int sluis_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, operation, fd, &event);
}

/* The exit status macros. */
static inline int sluis_has_exited(int status) { return WIFEXITED(status); }
static inline int sluis_exit_status(int status) { return WEXITSTATUS(status); }
static inline int sluis_death_signal(int status) { return WTERMSIG(status); }

/* Asks only: no mode is set. */
static inline int sluis_clock_is_synchronised(void) {
    struct timex clock = {.modes = 0};
    int state = adjtimex(&clock);
    return state >= 0 && state != TIME_ERROR;
}

static inline void sluis_ignore(int signal_number) { signal(signal_number, SIG_IGN); }
#endif
