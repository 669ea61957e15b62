#pragma once

#include "harness/serve/mischief.hpp"
#include "harness/wire/protocol.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::serve {

/// A breach that is no more than another answer: what the server does stays right, what it says about it does not.
///
/// `command` and `right` are patterns of a whole line, in which "..." stands for any octets. The n-th "..." of `said`
/// is what the n-th "..." of `right` stood for; where `said` is empty, the line is left out; it may be several lines
/// ("\r\n" between). Of the rows of one requirement, the first that fits a line decides.
struct altered_answer {
    const rfc::requirement* broken;
    /// The command line as the client wrote it, in any case, IMAP without its tag: "RCPT...", "UID FETCH ... FLAGS";
    /// all that a command is answered with belongs to it, also after a challenge. "." is the end of mail data,
    /// "(greeting)" the greeting, "(refused)" a line that is no command, being too long or having a CR or LF within.
    std::string_view command;
    /// One line of the right answer, without its CRLF. Instead of the tag, IMAP has "T": "T OK...", "* SEARCH...".
    std::string_view right;
    std::string_view said; ///< what goes out in its place
    /// Where one table is several protocols' (SMTP, submission, LMTP): the only one that it is for.
    std::optional<wire::protocol> only = {};
};

/// What is said otherwise in imap/, pop3/ and smtp/altered_answers.cpp, in that order.
std::span<const altered_answer> imap_answers();
std::span<const altered_answer> pop3_answers();
std::span<const altered_answer> smtp_answers(); ///< SMTP, submission and LMTP

/// The rows of a table that one session has to obey.
class answer_alterer {
public:
    answer_alterer(std::span<const altered_answer> table, const mischief& breaches, wire::protocol spoken);

    /// True when nothing is ever altered.
    bool empty() const { return rows_.empty(); }

    /// Gives the answer as it goes out. Takes the command, whole lines of its answer, and its tag (empty: none).
    std::string alter(std::string_view command, std::string_view answer, std::string_view tag = {}) const;

private:
    std::optional<std::string> alter_line(std::string_view command, std::string_view line) const;

    std::vector<const altered_answer*> rows_;
};

} // namespace mailspec::serve
