#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"
#include "harness/run/snapshot.hpp"
#include "harness/run/watch.hpp"

#include <string>
#include <string_view>

namespace mailspec::run {

/// What an independent session sees of all that is watched.
///
/// It disturbs nothing: mailboxes are opened by EXAMINE, which leaves \Recent to the acting session, and nothing but
/// what changes no flag is fetched. A maildrop has one user at a time: a session that holds it is asked itself.
/// Takes    what was seen before, if anything: of mail that is new since then the octets are fetched, too.
/// Faults   throws `abandoned` where it cannot be seen.
script<snapshot> look(play& of, const watch& at, const snapshot* before);

/// Lets go of the mailbox that the independent session has open, so that it may be deleted or renamed.
script<> look_away(play& of, std::string_view role);

// Its parts, by protocol.

/// All mailboxes whose name begins so: LIST and LSUB once, then EXAMINE and one FETCH for each.
script<> look_at_mailboxes(play& of, const scratch& ours, snapshot& into);
/// EXAMINE and one FETCH, and one more for new mail.
script<> look_at_inbox(play& of, std::string_view role, const snapshot* before, snapshot& into);
/// UIDL and LIST: by the session itself as long as it holds the maildrop, else by a new one.
/// Only the latter fetches what is new.
script<> look_at_maildrop(play& of, party& p, const snapshot* before, snapshot& into);
/// The same for a role whose mail comes there; RETR for new mail.
script<> look_at_post(play& of, std::string_view role, const snapshot* before, snapshot& into);

/// Deletes these messages of the inbox of a disposable account: what a scenario or the harness had sent there.
script<> remove_mail(play& of, std::string_view role, const std::vector<std::string>& ids);
script<> remove_by_imap(play& of, std::string_view role, const std::vector<std::string>& ids);
script<> remove_by_pop3(play& of, std::string_view role, const std::vector<std::string>& ids);

/// The helper that observes as that role by IMAP; logs in the first time.
script<party*> imap_observer(play& of, std::string_view role);

[[noreturn]] void not_observed(const party& p, std::string_view what);

} // namespace mailspec::run
