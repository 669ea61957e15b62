#pragma once

#include "harness/run/declared.hpp"
#include "harness/run/play.hpp"
#include "harness/run/script.hpp"
#include "harness/run/snapshot.hpp"
#include "harness/run/watch.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// A mail that the harness sends behind the steps of an <effect>, the same way, to all who are watched: once it has
/// arrived, what had not arrived before it is held not to come.
struct canary {
    std::string mark; ///< a header field that only it bears
    party* by = nullptr;
};
script<canary> send_canary(play& of, const watch& at);

/// What <data> sends: in the block that is judged, and elsewhere in the scenario, from where it may come late.
struct sent_mail {
    std::vector<std::string> now, elsewhere;
};

/// New mail in the watched inboxes, sorted.
struct post {
    snapshot judged;                                     ///< what was seen, without canaries and foreign mail
    std::set<std::string> canaries;                      ///< roles that have got theirs
    std::map<std::string, std::vector<std::string>> own; ///< by role: ids of canaries and mail of this scenario
    std::size_t unknown = 0;                             ///< mails that nobody here seems to have sent
};

/// Takes    what was seen, and before the block; what was sent. The block's is a mail that is one of its own, or bears
///          the scenario's token and is not one of another block; what others sent is late.
post sort_post(const play& of, const watch& at, snapshot seen, const snapshot& before, const canary& c,
               const sent_mail& sent);

/// What came beside the mail of this scenario, and was left out.
struct strays {
    std::size_t unknown = 0; ///< mails that nobody here seems to have sent
    bool mixed = false;      ///< another such mail was kept: what was declared to come may be either
};

/// Leaves out of inboxes and maildrops what is new there beyond what is declared to come and not this scenario's by its
/// token: others may send mail at any time, and a canary may be late.
strays drop_strays(const play& of, snapshot& seen, const snapshot& before, std::span<const declared> changes,
                   const sent_mail& sent);

} // namespace mailspec::run
