// A monitor that looks at nothing, in place of the real one: bench_run_client_unwatched is bench_run_client without the
// invariants, to see what they cost.

#include "harness/observe/imap/session_monitor.hpp"

namespace mailspec::observe::imap {

void session_monitor::sent(std::string_view) {}
void session_monitor::received(const wire::imap::response&, std::vector<rfc::finding>&) {}
void session_monitor::logged_in_as(std::string_view) {}
void session_monitor::closed(std::uint64_t, std::vector<rfc::finding>&) {}

} // namespace mailspec::observe::imap
