#ifndef SLUIS_CLIBXML2_SHIM_H
#define SLUIS_CLIBXML2_SHIM_H
#include <libxml/parser.h>
#endif
