#pragma once

#include "harness/run/conduct.hpp"
#include "harness/run/dialogue.hpp"

#include <string>
#include <string_view>

namespace mailspec::run {

/// Looks at the octets that a scenario is about to send over IMAP: what a `${...}` came to be, its text could not tell
/// beforehand. One for each session that is logged in to an account whose mail is to be kept.
class guard {
public:
    explicit guard(imap_conduct::ownership is_own) : conduct_(std::move(is_own)) {}

    /// Takes what goes out, the harness's own tag not included. Gives whether all that was seen so far is harmless.
    bool allows(std::string_view octets, exchange::form how);

private:
    void see_raw(std::string_view octets);
    void see_lines(std::string_view octets);

    imap_conduct conduct_;
    std::string line_; ///< what <raw> sent since the last line end
};

} // namespace mailspec::run
