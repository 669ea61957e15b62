#pragma once

#include "harness/observe/imap/capability_set.hpp"
#include "harness/observe/imap/command_log.hpp"
#include "harness/observe/imap/list_watch.hpp"
#include "harness/observe/imap/mailbox_view.hpp"
#include "harness/observe/imap/scenario_view.hpp"

#include <cstdint>
#include <memory>

namespace mailspec::observe::imap {

/// What the rules of one connection share.
///
/// What only some sessions need is made when they do: most of a load's sessions are idle.
struct session_state {
    session_state(scenario_view& of, std::uint32_t as) : scenario(of), session(as), commands(of, as), user(as) {}

    scenario_view& scenario;
    std::uint32_t session;
    command_log commands;
    std::uint64_t user; ///< who is logged in, as a digest; a number of this session's own where it can't be told
    std::unique_ptr<mailbox_view> selected;
    std::unique_ptr<mailbox_view> opening; ///< the one that a SELECT in progress tells of
    std::unique_ptr<list_watch> listing;

    std::uint32_t disturbed = 0; ///< when the command was sent during which messages were removed

    capability_set can;       ///< as announced last
    std::uint32_t can_at = 0; ///< when they were announced; 0: they are not known
    /// What CAPABILITY told last, as a sum of digests (0: nothing), and what was said since that changes none of it.
    struct told_capabilities {
        std::uint64_t sum = 0;
        bool enabled = false;    ///< ENABLE
        bool introduced = false; ///< ID
    };
    told_capabilities told;
    std::uint32_t bye_at = 0; ///< when BYE came that answers no LOGOUT; 0: it did not
    bool greeted = false;
    bool said_bye = false;
    bool logging_out = false;
    bool secured = false;
    bool handshake_due = false; ///< nothing has come since STARTTLS was answered OK
    bool logged_in = false;
    bool has_selected = false;      ///< SELECT or EXAMINE was used
    bool is_rev1 = false;           ///< IMAP4rev1 was announced, when capabilities were last
    bool told_of_removals = false;  ///< at any time: by the last NOTIFY
    bool enabled = false;           ///< ENABLE was used: texts may be told in another form
    bool names_in_utf8 = false;     ///< by ENABLE IMAP4rev2 or UTF8=ACCEPT
    bool unknown_succeeded = false; ///< so was a command that is not known here, LANGUAGE say

    /// The only command in progress since it was sent, if it is one of these, all of it went out and is known.
    const command* only(command_set of) const {
        const auto all = commands.in_progress();
        return all.size() == 1 && !all[0].accompanied && !all[0].cut && all[0].is_whole() && of.has(all[0].what) &&
                       !commands.lost()
                   ? all.data()
                   : nullptr;
    }
    bool runs(command_set of) const {
        for (const auto& each : commands.in_progress())
            if (of.has(each.what))
                return true;
        return false;
    }
    /// True when nobody but this session can have changed what is in its mailbox.
    bool is_alone() const;
};

} // namespace mailspec::observe::imap
