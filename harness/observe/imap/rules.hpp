#pragma once

#include "harness/observe/imap/fetched.hpp"
#include "harness/observe/imap/rule.hpp"

namespace mailspec::observe::imap {

// What each rule looks at is told by its name, what it demands by the requirements it cites. Those that only take
// down what others need say so.

// selection.cpp: begins and ends what is known of a mailbox
void open_mailbox(session_state& s, const wire::imap::response& r, report& report);
void end_selection(session_state& s, const command& c, const wire::imap::response& r, report& report);
void check_selected_codes(session_state& s, const wire::imap::response& r, report& report);
void leave_mailbox(session_state& s, const command& c, const wire::imap::response& r, report& report);

// exists_rules.cpp
void check_size(session_state& s, const wire::imap::response& r, report& report);
void check_removal(session_state& s, const wire::imap::response& r, report& report);
void check_number(session_state& s, const fetched& f);
void check_numbers_told(session_state& s, const command& c, const wire::imap::response& r, report& report);

// uid_rules.cpp: where the item was told
void check_uid(session_state& s, const fetched& f, report& report);
void check_modseq(const fetched& f, report& report);

// uidnext_rules.cpp
void check_status(session_state& s, const wire::imap::response& r, report& report);
void check_new_uid(session_state& s, const command& c, const wire::imap::response& r, report& report);
/// Of a mailbox in general: UIDVALIDITY and UIDNEXT as told in answer to a command sent at that time.
/// Gives null where a mailbox has had more UIDVALIDITYs than are kept.
incarnation* note_validity(session_state& s, mailbox_record& of, std::uint32_t value, std::uint32_t sent,
                           report& report);
void note_uidnext(incarnation& of, std::uint32_t value, std::uint32_t sent, std::uint32_t now, report& report);

// fact_rules.cpp: where has_facts
void check_facts(session_state& s, const fetched& f, report& report);

// flag_rules.cpp: check_flags where FLAGS was told
void check_flags(session_state& s, const fetched& f, report& report);
void note_flags(session_state& s, const wire::imap::response& r, report& report);
void check_flags_known(session_state& s, const command& c, const wire::imap::response& r, report& report);

// fetch_rules.cpp
/// All that is looked at when FETCH data comes.
void look_at_fetch(session_state& s, const wire::imap::response& r, report& report);
void end_fetch(session_state& s, const command& c, const wire::imap::response& r, report& report);

// search_rules.cpp
void watch_search(session_state& s, const wire::imap::response& r, report& report);
void end_search(session_state& s, const command& c, const wire::imap::response& r, report& report);

// list_rules.cpp
void check_list(session_state& s, const wire::imap::response& r, report& report);
void end_list(session_state& s, const command& c, const wire::imap::response& r, report& report);

// capability_rules.cpp
void note_capabilities(session_state& s, const wire::imap::response& r, report& report);
void check_capability_kept(session_state& s, const command& c, const wire::imap::response& r, report& report);
void note_state(session_state& s, const command& c, const wire::imap::response& r, report& report);

// extension_rules.cpp
void check_namespaces(session_state& s, const wire::imap::response& r, report& report);
void check_idle_end(session_state& s, const command& c, const wire::imap::response& r, report& report);
/// ENABLE and ID change nothing of what CAPABILITY tells.
void check_capabilities_stay(session_state& s, const wire::imap::response& r, report& report);
void note_what_may_change(session_state& s, const command& c, const wire::imap::response& r, report& report);

// command_rules.cpp
void check_bye(session_state& s, const wire::imap::response& r, report& report);
void check_after_bye(session_state& s, const command& c, const wire::imap::response& r, report& report);
void check_logout(session_state& s, const command& c, const wire::imap::response& r, report& report);

// response_rules.cpp: of any response
void check_code_place(session_state& s, const command& c, const wire::imap::response& r, report& report);
void check_ascii(const session_state& s, const wire::imap::response& r, report& report);

} // namespace mailspec::observe::imap
