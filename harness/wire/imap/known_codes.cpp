#include "harness/wire/imap/known_codes.hpp"

#include "harness/wire/imap/octets.hpp"

#include <algorithm>
#include <array>

namespace mailspec::wire::imap {

bool is_known_code(std::string_view name) {
    static constexpr std::array<std::string_view, 11> names = {
        "BADCHARSET", "CAPABILITY",    "PERMANENTFLAGS", "UIDNEXT", "UIDVALIDITY", "UNSEEN",
        "APPENDUID",  "HIGHESTMODSEQ", "MODIFIED",       "COPYUID", "MAILBOXID"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return same_ci(name, n); });
}

} // namespace mailspec::wire::imap
