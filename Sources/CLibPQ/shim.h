#ifndef SLUIS_CLIBPQ_SHIM_H
#define SLUIS_CLIBPQ_SHIM_H
#include <libpq-fe.h>
#endif
