#ifndef SLUIS_CLINUX_SHIM_H
#define SLUIS_CLINUX_SHIM_H
#include <sys/epoll.h>
#endif
