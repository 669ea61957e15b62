#pragma once

#include "harness/wire/imap/response.hpp"

#include <string_view>

namespace mailspec::wire::imap {

/// The kind that a response's name stands for, in any case; `other` when it is unknown.
response_kind kind_of(std::string_view name);

/// True when a number stands in front of the name: "12 EXISTS".
constexpr bool has_number(response_kind k) {
    using enum response_kind;
    return k == exists || k == recent || k == expunge || k == fetch;
}

/// True when that number counts messages from one.
constexpr bool needs_nz_number(response_kind k) { return k == response_kind::expunge || k == response_kind::fetch; }

} // namespace mailspec::wire::imap
