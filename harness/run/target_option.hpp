#pragma once

#include "harness/run/target.hpp"

#include <string>
#include <string_view>

namespace mailspec::run {

/// One sentence about what is wrong in a target of the command line; thrown inside target_from_urls() only.
struct bad_url {
    std::string why;
};

/// What one target of the command line says.
struct one_url {
    endpoint door; ///< not of a profile, which has its own
    account who;
    bool disposable_said = false;
    std::string login_with;
};

/// Splits off what stands before the separator; all of it where there is none.
std::string_view take(std::string_view& from, char separator);

/// "%40" as "@".
std::string percent_decode(std::string_view s);

/// The user of a target. Faults: a password after it, which is not repeated; a line break, which would begin a command.
std::string read_user(std::string_view text);

/// What options are for: those of a door do not belong to a profile.
enum class option_scope { url, profile };

/// Reads "disposable=yes&role=bob".
void read_options(std::string_view options, option_scope of, one_url& into);

} // namespace mailspec::run
