#include "harness/observe/imap/session_state.hpp"

#include "harness/wire/imap/octets.hpp"

namespace mailspec::observe::imap {

bool session_state::is_alone() const {
    return selected && scenario.is_only_writer(session) && !wire::imap::same_ci(selected->name, "INBOX");
}

} // namespace mailspec::observe::imap
