#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// What one provider's servers are known to do otherwise than the reference server, which plays them with it.
///
/// Data only; provider.cpp has the rows, with a public source for each. What is not known stays the reference
/// server's own.
struct provider {
    /// What one protocol says; empty: our own.
    struct words {
        std::string_view greeting;  ///< IMAP after "* OK ", a leading "[CAPABILITY]" filled in; POP3 after "+OK "; SMTP
                                    ///< after "220 "
        std::string_view refusal;   ///< of a login: IMAP after "NO ", POP3 after "-ERR ", SMTP the whole line
        std::string_view announces; ///< IMAP: capabilities besides IMAP4rev1 and STARTTLS; else SASL mechanisms
    };
    /// Ways of their own.
    enum way : unsigned {
        id_before_select = 1,    ///< SELECT and EXAMINE only after ID
        only_tokens = 2,         ///< no password logs in, whatever is announced
        auth_in_two_lines = 4,   ///< POP3: no initial response in the AUTH command
        rfc822_without_data = 8, ///< FETCH RFC822 gets OK, without that item
        auth_with_equals = 16,   ///< SMTP: EHLO says AUTH=PLAIN LOGIN too
        capability_untagged = 32 ///< IMAP: after login it is told before the tagged response, not in it
    };
    std::string_view name, domain; ///< as its profile is named; of its users
    words imap, pop3, smtp;
    unsigned ways = 0;
    std::string_view folders; ///< "\Sent Sent - Work": a use, or -, before each name; empty: ours

    bool has(way w) const { return (ways & w) != 0; }

    /// Whether the blank-separated list holds the word, or is empty, which means all.
    static bool lists(std::string_view list, std::string_view word);

    /// The names of those lists that are also ours, in our order.
    static std::string of_ours(std::string_view list, std::string_view ours);

    /// Takes a SASL mechanism: whether an exchange of it is begun.
    bool takes(const words& of, std::string_view mechanism) const;
    /// Whether what such an exchange shows can be right: a password may never be.
    bool lets_in(std::string_view mechanism) const;

    /// Whether SMTP replies carry enhanced status codes, as far as its refusal of a login shows.
    bool gives_enhanced_codes() const {
        constexpr std::size_t code = 4; // behind "535 "
        return smtp.refusal.size() <= code || (smtp.refusal[code] >= '2' && smtp.refusal[code] <= '5');
    }

    /// The reference server, as itself.
    static const provider& none();

    /// All that can be played, ascending by name.
    static std::span<const provider> all();

    /// Null: none of that name.
    static const provider* find(std::string_view name);
};

} // namespace mailspec::serve
