#pragma once

#include "harness/wire/protocol.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::run {

/// What a server announces on one line: IMAP capabilities, EHLO keywords, CAPA tags, ManageSieve capabilities.
class capabilities {
public:
    bool known() const { return known_; }
    /// Forgets all, and is known from now on: announcements follow.
    void begin();
    void forget();
    unsigned times_announced() const { return announced_; }
    /// "UIDPLUS"; "AUTH" with parameters "PLAIN LOGIN", each of which is then announced as AUTH=PLAIN too.
    void add(std::string_view keyword, std::string_view parameters = {});
    /// Without regard to case; "AUTH PLAIN" asks the same as "AUTH=PLAIN".
    bool has(std::string_view wanted) const;
    /// The mechanisms announced after that keyword: "AUTH" in IMAP and SMTP, "SASL" in POP3 and ManageSieve.
    std::vector<std::string> under(std::string_view keyword) const;
    /// In one line, as announced; commas stand around what has parameters.
    std::string show() const;

private:
    bool known_ = false;
    bool shown_parameters_ = false; ///< of the one shown last
    unsigned announced_ = 0;
    std::vector<std::string> upper_;
    std::string shown_;
};

/// A wish such as "imap:UIDPLUS", "!IMAP4rev2", "pop3:!TOP": split into its parts.
struct capability_wish {
    std::string_view protocol; ///< empty: not said
    std::string_view name;
    bool negated = false;
};
capability_wish read_wish(std::string_view source);

} // namespace mailspec::run
