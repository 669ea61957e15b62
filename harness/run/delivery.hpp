#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"

#include <string_view>

namespace mailspec::run {

/// One mail of the harness's own.
struct own_mail {
    std::string from, to; ///< paths: "<alice@host>"
    std::string_view octets;
    std::string_view purpose; ///< for sentences: "while the maildrop was prepared"
};

/// Hands it over in one transaction; throws `abandoned` where it is refused.
script<> hand_over(party& p, const own_mail& mail);

} // namespace mailspec::run
