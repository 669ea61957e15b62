#pragma once

#include "harness/serve/imap/conversation.hpp"
#include "harness/serve/imap/fetch_item.hpp"

#include <optional>
#include <string>

namespace mailspec::serve::imap {

/// Which octets of a message answer to BODY[section]<partial>.
struct asked_section {
    std::string section;
    std::optional<fetch_item::range> partial;
};

/// What was asked for, or what a breach gives in its place.
asked_section spoilt_section(const conversation& c, const stored_message& m, const fetch_item& item);

} // namespace mailspec::serve::imap
