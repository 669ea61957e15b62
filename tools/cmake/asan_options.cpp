// What AddressSanitizer does in our programs, unless ASAN_OPTIONS says otherwise.

/// GCC 12's interceptor of __tls_get_addr takes the octets before a library's thread-local block for a header of it,
/// and LeakSanitizer crashes at the end of the program where they look like one: "Tracer caught signal 11".
// NOLINTNEXTLINE(bugprone-reserved-identifier): the name that the sanitizer looks for
extern "C" const char* __asan_default_options() { return "intercept_tls_get_addr=0"; }
