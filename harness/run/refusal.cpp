#include "harness/run/refusal.hpp"

#include <algorithm>
#include <array>

namespace mailspec::run {
namespace {

template <std::size_t N> bool begins_with_any(std::string_view said, const std::array<std::string_view, N>& upper) {
    return std::any_of(upper.begin(), upper.end(),
                       [&](std::string_view each) { return is_command(said.substr(0, each.size()), each); });
}

template <std::size_t N> bool is_any(std::string_view asked, const std::array<std::string_view, N>& upper) {
    return std::any_of(upper.begin(), upper.end(), [&](std::string_view each) { return is_command(asked, each); });
}

/// Whom and what it takes is the server's own affair: "an SMTP server may refuse to accept mail for any operational or
/// technical reason that makes sense to the site providing the server" (RFC 5321 section 7.9). 50z is not about mail
/// but about commands, except that 504 may come to EHLO (section 4.3.2).
bool is_policy(std::string_view said, std::string_view asked) {
    constexpr std::array<std::string_view, 3> hellos{"EHLO", "HELO", "LHLO"};
    constexpr std::array<std::string_view, 4> mails{"MAIL", "RCPT", "DATA", "THE MESSAGE"};
    const bool hello = is_any(asked, hellos);
    if (said.size() < 3 || said[0] != '5' || !(hello || is_any(asked, mails)))
        return false;
    return said[1] != '0' || (hello && said[2] == '4');
}

/// 4yz: "the error condition is temporary" (RFC 5321 section 4.2.1), greylisting say. 530 wants TLS (RFC 3207 section
/// 4) or a login first, 534 and 538 another way to log in (RFC 4954 section 6). 535: the password may well be wrong.
bool smtp_may(std::string_view said, std::string_view asked, std::string_view expected) {
    if (said.starts_with('4'))
        return !expected.starts_with('4');
    constexpr std::array<std::string_view, 3> demands{"530", "534", "538"};
    if (begins_with_any(said, demands))
        return !expected.starts_with(said.substr(0, 3));
    if (said.starts_with("535"))
        return expected.starts_with("235");
    return is_policy(said, asked) && !expected.starts_with('5');
}

/// RFC 2449 section 8.1: who has logged in a moment ago may have to wait, or find his maildrop still locked. RFC 3206:
/// the server may be in trouble. And after each authentication command "if the maildrop cannot be opened for some
/// reason (for example, a lock can not be acquired, the client is denied access to the appropriate maildrop, or the
/// maildrop cannot be parsed), the POP3 server responds with a negative status indicator" (RFC 1939 section 4).
bool pop3_may(std::string_view said, std::string_view asked, std::string_view expected) {
    constexpr std::array<std::string_view, 3> codes{"-ERR [IN-USE]", "-ERR [LOGIN-DELAY]", "-ERR [SYS/TEMP]"};
    constexpr std::array<std::string_view, 3> pop3_logins{"PASS", "APOP", "AUTH"};
    if (is_any(asked, pop3_logins) && is_command(said.substr(0, 4), "-ERR"))
        return expected.starts_with("+OK");
    return begins_with_any(said, codes) && !expected.starts_with("-ERR");
}

/// RFC 3501 lets a server answer NO to any command that changes something, whatever the reason: "create failure: can't
/// create mailbox with that name" (section 6.3.3), "store error: can't store data" (6.4.6). So do RFC 2177 to IDLE and
/// RFC 6851 to MOVE.
constexpr std::array<std::string_view, 11> changes{"APPEND", "COPY",   "CREATE", "DELETE",    "EXPUNGE",    "IDLE",
                                                   "MOVE",   "RENAME", "STORE",  "SUBSCRIBE", "UNSUBSCRIBE"};

/// Nor does any sentence say when a server may not give NO to one that asks where RFC 3501 lists NO as its result, but
/// those that a scenario proves with <never>NO</never>: "list failure: can't list that reference or name" (section
/// 6.3.8), "search error: can't search that [CHARSET] or criteria" (6.4.4), "fetch error: can't fetch that data"
/// (6.4.5). So RFC 2342 to NAMESPACE, RFC 5256 to SORT and THREAD, RFC 9051 to STARTTLS.
constexpr std::array<std::string_view, 11> questions{"EXAMINE", "FETCH", "LIST",     "LSUB",   "NAMESPACE", "SEARCH",
                                                     "SELECT",  "SORT",  "STARTTLS", "STATUS", "THREAD"};

/// "login failure: user name or password rejected" (RFC 3501 section 6.2.3); too many sessions of a user, say. That a
/// mechanism is not taken at all is another thing.
constexpr std::array<std::string_view, 2> logins{"AUTHENTICATE", "LOGIN"};

bool imap_may(std::string_view said, std::string_view asked, std::string_view expected) {
    said.remove_prefix(std::min(said.find(' '), said.size())); // the tag
    // RFC 5530 section 3: out of order, in use, over a limit or over quota.
    constexpr std::array<std::string_view, 4> codes{" NO [UNAVAILABLE]", " NO [INUSE]", " NO [LIMIT]",
                                                    " NO [OVERQUOTA]"};
    if (begins_with_any(said, codes))
        return true;
    if (!is_command(said.substr(0, 4), " NO ") || expected.starts_with("NO"))
        return false;
    if (asked.size() > 4 && is_command(asked.substr(0, 4), "UID "))
        asked.remove_prefix(4);
    return is_any(asked, changes) || (is_any(asked, questions) && !expected.starts_with("BAD")) ||
           (is_any(asked, logins) && expected.starts_with("OK"));
}

} // namespace

bool refused_rightly(const play& of, const party& p, std::string_view expected) {
    const auto said = p.talk->decisive();
    if (!explain(of.against.notes, said).empty())
        return true;
    const std::string_view asked = p.over.asked;
    switch (p.over.door.protocol) {
    case wire::protocol::smtp:
    case wire::protocol::submission:
    case wire::protocol::lmtp: return smtp_may(said, asked, expected);
    case wire::protocol::pop3: return pop3_may(said, asked, expected);
    case wire::protocol::imap: return imap_may(said, asked, expected);
    case wire::protocol::managesieve: return false;
    }
    return false;
}

} // namespace mailspec::run
