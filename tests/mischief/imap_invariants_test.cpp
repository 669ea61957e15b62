#include "harness/rfc/catalogue.hpp"

#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

namespace mailspec::mischief_test {
namespace {

namespace req = rfc::req;

/// What the monitor of IMAP sessions finds itself, whatever a scenario expects.
const rfc::requirement* const watched[] = {
    &req::imap_capability_honoured,
    &req::imap_capability_no_starttls,
    &req::imap_close_bye,
    &req::imap_completion_tag,
    &req::imap_continuation_due,
    &req::imap_examine_read_only,
    &req::imap_exists_no_shrink,
    &req::imap_expunge_range,
    &req::imap_expunge_timing,
    &req::imap_fetch_answers,
    &req::imap_fetch_body_halves,
    &req::imap_fetch_bodystructure_agrees,
    &req::imap_fetch_envelope_agrees,
    &req::imap_fetch_size,
    &req::imap_fetch_uid,
    &req::imap_fetch_uid_in_uid_fetch,
    &req::imap_flags_announced,
    &req::imap_greeting,
    &req::imap_list_hasnochildren,
    &req::imap_list_name_ascii,
    &req::imap_list_name_utf7,
    &req::imap_list_noinferiors,
    &req::imap_list_one_delimiter,
    &req::imap_login_disabled,
    &req::imap_logout_bye,
    &req::imap_message_immutable,
    &req::imap_modseq_no_fall,
    &req::imap_number_range,
    &req::imap_permanentflags_known,
    &req::imap_recent_one_session,
    &req::imap_search_agrees,
    &req::imap_uid_constant,
    &req::imap_uid_not_reused,
    &req::imap_uidnext_above,
    &req::imap_uidnext_later,
    &req::imap_uidnext_no_fall,
    &req::imap_uidvalidity_constant,
    &req::imap_uidvalidity_grows,
};

run::plan imap_scenarios() {
    auto plan = bundled_plan(patience::short_tempered);
    std::erase_if(plan.scenarios, [](const run::scenario_ptr& s) { return !s->id.starts_with("imap/"); });
    return plan;
}

TEST(EveryInvariantOfImap, IsFoundByItsMonitor) {
    const auto plan = imap_scenarios();
    for (const auto* breach : watched)
        EXPECT_TRUE(is_found(plan, *breach)) << breach->id;
}

} // namespace
} // namespace mailspec::mischief_test
