#ifndef SLUIS_CCURL_SHIM_H
#define SLUIS_CCURL_SHIM_H
#include <curl/curl.h>

/* All of these are variadic in C. */
static inline CURLcode sluis_curl_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode sluis_curl_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode sluis_curl_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode sluis_curl_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode sluis_curl_bytes(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode sluis_curl_fields(CURL *easy, struct curl_slist *list) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}
typedef size_t (*sluis_curl_sink)(char *, size_t, size_t, void *);
static inline CURLcode sluis_curl_take(CURL *easy, CURLoption option, sluis_curl_sink sink) {
    return curl_easy_setopt(easy, option, sink);
}
typedef int (*sluis_curl_before)(void *, char *, char *, int, int);
static inline CURLcode sluis_curl_before_request(CURL *easy, sluis_curl_before before) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before);
}
static inline long sluis_curl_status(CURL *easy) {
    long value = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &value);
    return value;
}
static inline CURLMcode sluis_curl_multi_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/* The union inside CURLMsg: the handle of the next call that has ended, NULL when there is none. */
static inline CURL *sluis_curl_next_ended(CURLM *multi, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
/* Waits for the calls, or until fd can be read. */
static inline CURLMcode sluis_curl_wait(CURLM *multi, int fd, int milliseconds) {
    struct curl_waitfd extra = {.fd = fd, .events = CURL_WAIT_POLLIN};
    return curl_multi_poll(multi, &extra, 1, milliseconds, NULL);
}
#endif
