#ifndef SLUIS_CLIBXML2_SHIM_H
#define SLUIS_CLIBXML2_SHIM_H
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

/* The callback is variadic, which Swift cannot write. */
static void sluis_xml_ignore(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/* libxml2 otherwise prints to standard error what it cannot report to a parser's own callback. */
static inline void sluis_xml_silence(void) { xmlSetGenericErrorFunc(NULL, sluis_xml_ignore); }

/* Makes a push parser ready for another document. xmlCtxtResetPush leaves two fields as they were or takes UTF-8 for
   granted; a new parser has 0 in both, which for charset means: find it out. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
static inline int sluis_xml_start_anew(xmlParserCtxtPtr parser) {
    int status = xmlCtxtResetPush(parser, NULL, 0, NULL, NULL);
    parser->charset = XML_CHAR_ENCODING_NONE;
    parser->progressive = 0;
    return status;
}
#pragma GCC diagnostic pop
#endif
