#include "harness/rfc/catalogue.hpp"

#include "tests/mischief/trial.hpp"

#include <gtest/gtest.h>

namespace mailspec::mischief_test {
namespace {

namespace req = rfc::req;

/// What the monitors of POP3 and SMTP sessions find themselves, whatever a scenario expects.
const rfc::requirement* const watched[] = {
    &req::pop3_capa_both_states,
    &req::pop3_capa_line_length,
    &req::pop3_capa_truthful,
    &req::pop3_dele,
    &req::pop3_list,
    &req::pop3_list_stuffing_not_counted,
    &req::pop3_list_without_deleted,
    &req::pop3_message_numbers,
    &req::pop3_stat,
    &req::pop3_stat_without_deleted,
    &req::pop3_uidl_characters,
    &req::pop3_uidl_persists,
    &req::pop3_uidl_unique,
    &req::pop3_uidl_without_deleted,
    &req::pop3_unsolicited,
    &req::pop3_wrong_state,
    &req::smtp_data_only_354,
    &req::smtp_enhanced_codes,
    &req::smtp_announced_parameters,
    &req::smtp_one_reply,
    &req::smtp_rcpt_needs_mail,
    &req::smtp_rset_clears,
    &req::smtp_starttls_forgets,
    &req::smtp_starttls_not_again,
};

run::plan line_scenarios() {
    auto plan = bundled_plan(patience::short_tempered);
    std::erase_if(plan.scenarios, [](const run::scenario_ptr& s) { return s->id.starts_with("imap/"); });
    return plan;
}

TEST(EveryInvariantOfLines, IsFoundByItsMonitor) {
    const auto plan = line_scenarios();
    for (const auto* breach : watched)
        EXPECT_TRUE(is_found(plan, *breach)) << breach->id;
}

} // namespace
} // namespace mailspec::mischief_test
