#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"

namespace mailspec::serve {

namespace req = rfc::req;

std::span<const altered_answer> smtp_answers() {
    static const altered_answer table[] = {
        {&req::lmtp_lhlo, "LHLO...", "250-...", ""},
        {&req::lmtp_lhlo, "LHLO...", "250 ...", "502 not today"},
        {&req::smtp_data_only_354, "NOOP...", "250 ...", "354 nothing done"},
        {&req::smtp_ehlo, "EHLO...", "250-...", ""},
        {&req::smtp_ehlo, "EHLO...", "250 ...", "502 not today"},
        {&req::smtp_greeting, "(greeting)", "220 ...", "250 ..."},
        {&req::smtp_noop, "NOOP...", "250 ...", "500 5.5.1 not now"},
        {&req::smtp_one_reply, "NOOP...", "250 ...", "250 2.0.0 by the way\r\n250 ..."},
        {&req::smtp_quit, "QUIT", "221 ...", "250 ..."},
        {&req::smtp_relay_550, "RCPT...", "550 5.7.1 ...", "554 5.7.1 ..."},
        {&req::smtp_rset, "RSET", "250 ...", "500 5.5.1 not today"},
        {&req::smtp_syntax_bare_code, "NOOP...", "250 ...", "250"},
        {&req::smtp_syntax_enhanced_class, "NOOP...", "250 2.0.0 ...", "250 5.0.0 ..."},
        {&req::smtp_syntax_enhanced_every_line, "NOOP...", "250 ...", "250-2.1.0 nothing\r\n250 ..."},
        {&req::smtp_syntax_first_digit, "NOOP...", "250 ...", "650 nothing done"},
        {&req::smtp_syntax_reply_code, "NOOP...", "250 ...", "OK ..."},
        {&req::smtp_syntax_reply_line, "NOOP...", "250 ...", "250:nothing done"},
        {&req::smtp_syntax_same_code, "NOOP...", "250 ...", "251-nothing\r\n250 ..."},
        {&req::smtp_syntax_text, "NOOP", "250 2.0.0 ...", "250 2.0.0 \x01..."},
        {&req::smtp_unknown_command, "...", "500 5.5.1 unknown command", "250 2.0.0 whatever that is"},
        {&req::smtp_vrfy, "VRFY...", "...", "500 5.5.1 unknown command"},
    };
    return table;
}

} // namespace mailspec::serve
