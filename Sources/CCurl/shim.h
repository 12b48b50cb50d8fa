#ifndef SLUIS_CCURL_SHIM_H
#define SLUIS_CCURL_SHIM_H
#include <curl/curl.h>
#endif
