#pragma once

#include "harness/run/play.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// What an <effect> keeps an eye on: what the sessions of its steps could touch, as far as it may be looked at.
struct watch {
    std::vector<scratch> mailboxes;  ///< everything whose name begins so
    std::set<std::string> inboxes;   ///< roles
    std::vector<party*> maildrops;   ///< of these sessions
    std::set<std::string> receivers; ///< roles of `inboxes` that mail is sent to, or may be: disposable accounts
    party* mailer = nullptr;         ///< the session that sends it
    std::string role, home;          ///< where a <change> belongs that names no mailbox
};

watch what_to_watch(play& of, const scenario::step& at, const scenario::effect& e);

} // namespace mailspec::run
