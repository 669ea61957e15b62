#pragma once

#include "harness/observe/imap/command.hpp"
#include "harness/observe/imap/report.hpp"
#include "harness/observe/imap/session_state.hpp"
#include "harness/wire/imap/response.hpp"

#include <cstdint>
#include <span>

namespace mailspec::observe::imap {

/// A set of response kinds as bits.
class kind_set {
public:
    constexpr kind_set() = default;
    template <typename... Kinds> constexpr explicit kind_set(Kinds... all) : bits_((bit(all) | ... | 0u)) {}
    constexpr bool has(wire::imap::response_kind k) const { return (bits_ & bit(k)) != 0; }

private:
    static constexpr std::uint64_t bit(wire::imap::response_kind k) {
        return std::uint64_t{1} << static_cast<unsigned>(k);
    }
    std::uint64_t bits_ = 0;
};

/// What is looked at when an untagged response of these kinds comes.
struct data_rule {
    enum class place : std::uint8_t {
        anywhere,
        opening, ///< while a SELECT or EXAMINE is in progress
        selected ///< otherwise, where a mailbox is selected
    } where{};
    kind_set when;
    void (*look)(session_state&, const wire::imap::response&, report&) = nullptr;
};

/// What is looked at when one of these commands is completed; it still counts as in progress then.
struct completion_rule {
    command_set when;
    void (*look)(session_state&, const command&, const wire::imap::response&, report&);
};

/// Those that look at responses of that kind, in the order in which they are to look.
std::span<const data_rule> data_rules_of(wire::imap::response_kind kind);
/// All of them, in that order.
std::span<const completion_rule> completion_rules();

} // namespace mailspec::observe::imap
