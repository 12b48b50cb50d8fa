#ifndef SLUIS_COPENSSL_SHIM_H
#define SLUIS_COPENSSL_SHIM_H
#include <openssl/evp.h>
#endif
