#pragma once

#include "harness/serve/imap/arguments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailspec::serve::imap {

/// What is between the brackets of BODY[...].
/// Source: RFC 3501 section 6.4.5, section 9 (section-spec).
struct section_spec {
    enum class text { all, header, header_fields, header_fields_not, text, mime };
    std::vector<std::uint32_t> part; ///< 1.2: {1, 2}
    text what = text::all;
    std::vector<std::string> fields;
};

/// One data item that FETCH asks for.
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
        rfc822,
        rfc822_header,
        rfc822_text
    };
    struct range {
        std::uint32_t first = 0, count = 0;
    };
    kind what = kind::flags;
    bool sets_seen = false;
    section_spec section;
    std::optional<range> partial;
    std::string name; ///< as the response has it: "BODY[HEADER]<0>"
};

/// Reads one item, or a list of them, or a macro.
std::vector<fetch_item> read_fetch_items(arguments& args);

} // namespace mailspec::serve::imap
