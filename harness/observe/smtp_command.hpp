#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mailspec::observe {

/// Extensions whose parameters MAIL may carry, and others that a monitor minds; as bits.
enum class smtp_extension : std::uint16_t {
    none = 0,
    size = 1,
    eight_bit = 2,
    binary = 4,
    utf8 = 8,
    auth = 16,
    dsn = 32,
    starttls = 64,
    enhanced_codes = 128
};
using smtp_extensions = std::uint16_t;

constexpr smtp_extensions bit(smtp_extension e) { return static_cast<smtp_extensions>(e); }

/// Takes the keyword of an EHLO line, in any case.
smtp_extension read_extension(std::string_view keyword);

/// An SMTP or LMTP command as far as a monitor needs to know it.
struct smtp_command {
    enum class verb : std::uint8_t {
        other,
        helo,
        ehlo, ///< or LHLO
        mail, ///< or SEND, SOML, SAML, which begin a transaction too
        rcpt,
        data,
        bdat,
        rset,
        noop,
        vrfy,
        quit,
        starttls,
        auth,
        response, ///< a line that answers a challenge
        message   ///< the mail data, with its final dot
    } what = verb::other;
    enum class path_kind : std::uint8_t { some, null } path = path_kind::some; ///< null: <>
    smtp_extensions needs = 0; ///< what the parameters of MAIL or RCPT need; 0: none, or they are not well-formed
    std::uint32_t replies = 1; ///< LMTP answers a message once for each recipient
};

/// Takes a command line without its line end.
/// Source: RFC 5321 section 4.1, RFC 3030, RFC 3207, RFC 4954, RFC 2033 section 4.1.
smtp_command read_smtp_command(std::string_view line);

/// "MAIL": for sentences.
std::string_view name_of(smtp_command::verb v);

/// "SIZE and 8BITMIME": the extensions, as EHLO names them.
std::string show_extensions(smtp_extensions all);

} // namespace mailspec::observe
