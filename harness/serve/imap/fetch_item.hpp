#pragma once

#include "harness/serve/imap/arguments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailspec::serve::imap {

/// One data item that FETCH asks for.
/// Source: RFC 3501 section 6.4.5; RFC 3516 section 4.2 (BINARY).
struct fetch_item {
    enum class kind {
        flags,
        internal_date,
        size,
        uid,
        envelope,
        body,
        body_structure,
        section,
        binary,
        binary_size,
        rfc822,
        rfc822_header,
        rfc822_text
    };
    struct range {
        std::uint32_t first = 0, count = 0;
    };
    kind what = kind::flags;
    bool sets_seen = false;
    std::string section; ///< what stands between the brackets
    std::optional<range> partial;
    std::string name; ///< as the response has it: "BODY[HEADER]<0>"
};

/// Reads one item, or a list of them, or a macro.
std::vector<fetch_item> read_fetch_items(arguments& args);

} // namespace mailspec::serve::imap
