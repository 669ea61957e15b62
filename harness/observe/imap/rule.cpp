#include "harness/observe/imap/rule.hpp"

#include "harness/observe/imap/rules.hpp"

#include <array>

namespace mailspec::observe::imap {
namespace {

using wire::imap::response_kind;

constexpr auto data_rules = [] {
    using enum response_kind;
    using enum data_rule::place;
    return std::to_array<data_rule>({
        {anywhere, kind_set(bye, preauth), check_bye},
        {anywhere, kind_set(capability, ok), note_capabilities},
        {anywhere, kind_set(capability), check_capabilities_stay},
        {anywhere, kind_set(namespace_), check_namespaces},
        {anywhere, kind_set(list, lsub, xlist), check_list},
        {anywhere, kind_set(status), check_status},
        {anywhere, kind_set(flags, ok), note_flags},
        {opening, kind_set(exists, expunge, ok), open_mailbox},
        {selected, kind_set(exists), check_size},
        {selected, kind_set(expunge, vanished), check_removal},
        {selected, kind_set(ok), check_selected_codes},
        {selected, kind_set(fetch), look_at_fetch},
        {selected, kind_set(search, esearch), watch_search},
    });
}();

/// The rules of one kind, together: most responses concern few rules.
struct rules_of_kind {
    std::array<data_rule, 5> rules{};
    std::size_t count = 0;
};

constexpr auto by_kind = [] {
    std::array<rules_of_kind, static_cast<std::size_t>(response_kind::other) + 1> all{};
    for (std::size_t kind = 0; kind < all.size(); ++kind)
        for (const auto& each : data_rules)
            if (each.when.has(static_cast<response_kind>(kind)))
                all[kind].rules.at(all[kind].count++) = each;
    return all;
}();

} // namespace

std::span<const data_rule> data_rules_of(response_kind kind) {
    const auto& those = by_kind[static_cast<std::size_t>(kind)];
    return {those.rules.data(), those.count};
}

std::span<const completion_rule> completion_rules() {
    using enum command_kind;
    static constexpr completion_rule all[] = {
        {command_set(logout), check_logout},
        {command_set(login, namespace_, unselect, idle, id, enable, move, uid_move, uid_expunge, search, uid_search),
         check_capability_kept},
        {command_set::all_of_them(), note_state},
        {command_set::all_of_them(), note_what_may_change},
        {command_set(idle), check_idle_end},
        {command_set::all_of_them(), check_code_place},
        {command_set::all_of_them(), check_after_bye},
        {command_set(append, copy, uid_copy, move, uid_move), check_new_uid},
        {command_set(fetch, uid_fetch), end_fetch},
        {command_set(search, uid_search), end_search},
        {command_set(list), end_list},
        {command_set(select, examine), end_selection},
        {command_set::all_of_them(), check_numbers_told},
        {command_set::all_of_them(), check_flags_known},
        {command_set(close, unselect, logout), leave_mailbox},
    };
    return all;
}

} // namespace mailspec::observe::imap
