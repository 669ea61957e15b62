#pragma once

#include "harness/wire/imap/octets.hpp"

#include <cstdint>
#include <string_view>

namespace mailspec::observe::imap {

/// The FETCH items that are told with almost every other, and that a server may tell unasked; as bits of a set.
enum class common_item : std::uint8_t { none = 0, flags = 1, uid = 2, modseq = 4 };

constexpr common_item common_item_of(std::string_view name) {
    const auto is = [&](std::string_view item) { return name == item || wire::imap::same_ci(name, item); };
    switch (name.size()) {
    case 3: return is("UID") ? common_item::uid : common_item::none;
    case 5: return is("FLAGS") ? common_item::flags : common_item::none;
    case 6: return is("MODSEQ") ? common_item::modseq : common_item::none;
    default: return common_item::none;
    }
}

} // namespace mailspec::observe::imap
