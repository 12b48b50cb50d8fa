#ifndef SLUIS_COPENSSL_SHIM_H
#define SLUIS_COPENSSL_SHIM_H
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

/* OSSL_PARAM_construct_utf8_string wants a writable string, and OSSL_MAC_PARAM_DIGEST is a macro. */
static inline int sluis_hmac_sha256_start(EVP_MAC_CTX *context, const unsigned char *key, size_t count) {
    char digest[] = "SHA256";
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, count, parameters);
}
#endif
