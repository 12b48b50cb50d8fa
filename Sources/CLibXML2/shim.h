#ifndef SLUIS_CLIBXML2_SHIM_H
#define SLUIS_CLIBXML2_SHIM_H
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

/* The callback is variadic, which Swift cannot write. */
static void sluis_xml_ignore(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/* libxml2 otherwise prints to standard error what it cannot report to a parser's own callback. */
static inline void sluis_xml_silence(void) { xmlSetGenericErrorFunc(NULL, sluis_xml_ignore); }
#endif
