#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"

namespace mailspec::serve {

using namespace std::string_view_literals;
namespace req = rfc::req;

std::span<const altered_answer> pop3_answers() {
    static const altered_answer table[] = {
        {&req::pop3_greeting, "(greeting)", "+OK ...", "-ERR ..."},
        {&req::pop3_noop, "NOOP", "+OK ...", "-ERR not now"},
        {&req::pop3_syntax_status, "NOOP", "+OK ...", "=OK ..."},
        {&req::pop3_syntax_status_upper_case, "NOOP", "+OK ...", "+ok ..."},
        {&req::pop3_syntax_single_line, "NOOP", "+OK ...", "+OK: ..."},
        {&req::pop3_syntax_text, "NOOP", "+OK ...", "+OK \0..."sv},
        {&req::pop3_syntax_response_code, "NOOP", "+OK ...", "+OK [..."},
        {&req::pop3_unsolicited, "NOOP", "+OK ...", "+OK by the way\r\n+OK ..."},
        {&req::tls_pop3_authorization, "STAT", "-ERR ...", "+OK 0 0"},
        {&req::tls_pop3_implicit, "QUIT", "+OK ...", "-ERR not here"},
    };
    return table;
}

} // namespace mailspec::serve
