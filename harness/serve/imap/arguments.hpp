#pragma once

#include "harness/serve/imap/sequence_set.hpp"
#include "harness/wire/ascii.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// A date with time and zone, as APPEND takes it.
struct date_time {
    std::chrono::sys_seconds when{};
    int zone_minutes = 0;
};

/// Reads the arguments of one command, from left to right.
///
/// Source   RFC 3501 section 9.
/// Faults   The first octet out of place makes it fail, for good: from then on each member gives an empty value
///          and moves no more, so that a command reads all it wants and asks done() once.
class arguments {
public:
    /// Takes a whole command as command_reader gave it, literals inline. Life: views into it are given out.
    explicit arguments(std::string_view command) : left_(command) {}

    bool failed() const { return !why_.empty(); }
    std::string_view why() const { return why_; } ///< a clause for people
    void fail(std::string_view why);

    /// True when nothing failed and nothing is left; else it fails.
    bool done();

    bool at_end() const { return left_.empty(); }
    bool next_is(char c) const { return !failed() && left_.starts_with(c); }
    bool take(char c); ///< takes it if it is next
    void expect(char c);
    void sp() { expect(' '); }

    std::string_view tag();
    std::string_view atom();
    /// Takes the atom if it is next, in any case, and a delimiter or the end follows.
    bool keyword(std::string_view name);
    /// Digits, letters, dots and hyphens: the names of FETCH items and SEARCH keys.
    std::string_view name();

    std::string string();
    std::string astring();
    std::optional<std::string> nstring();
    std::string mailbox(); ///< INBOX in capitals; modified UTF-7
    std::string list_mailbox();
    /// The last mailbox name that did not come in normal form, as it came.
    const std::optional<std::string>& written() const { return written_; }
    void names_are_utf8() { utf8_names_ = true; } ///< mailbox names come as IMAP4rev2 has them
    std::string_view literal();                   ///< the octets themselves; literal8 too

    std::uint32_t number();
    std::uint32_t nz_number();
    sequence_set set();
    /// A flag: "\Seen" in the case of the standard, a keyword as it came. \Recent and unknown "\" flags fail.
    std::string flag();
    std::set<std::string, std::less<>> flag_list();
    std::chrono::sys_days date(); ///< 1-Feb-1994, perhaps quoted
    date_time moment();           ///< " 1-Feb-1994 10:00:00 +0100", quoted

    std::string_view rest() const { return left_; }

private:
    std::string_view take_while(bool (*wanted)(char));
    std::string quoted();
    std::string in_utf7(std::string name);
    std::uint32_t digits(std::size_t least, std::size_t most);
    unsigned month();

    std::string_view left_;
    std::string why_;
    bool utf8_names_ = false;
    std::optional<std::string> written_;
};

/// Compares without regard to ASCII case.
bool same(std::string_view a, std::string_view b);

using wire::in_capitals;

/// The octets an atom may hold.
bool is_atom_char(char c);

} // namespace mailspec::serve::imap
