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
        {&req::pop3_apop_timestamp, "(greeting)", "+OK ...<...>", "+OK ...<now>"},
        {&req::pop3_apop_timestamp_changes, "(greeting)", "+OK ...<...>", "+OK ...<1.1@mailspec.test>"},
        {&req::pop3_auth_announced_mechanisms, "AUTH CRAM-MD5", "+ ...", "-ERR unknown mechanism"},
        {&req::pop3_auth_bad_base64, "AUTH PLAIN", "-ERR not base64", "+OK whatever that is"},
        {&req::pop3_auth_base64_padding, "AUTH PLAIN =AAA", "-ERR not base64", "+ "},
        {&req::pop3_auth_cancel, "AUTH ...", "-ERR cancelled", "+OK cancelled"},
        {&req::pop3_auth_empty_after_saslprep, "AUTH PLAIN wq0A...", "-ERR ...", "+OK ..."},
        {&req::pop3_auth_empty_challenge, "AUTH PLAIN", "+ ", "+ Z28gYWhlYWQ="},
        {&req::pop3_auth_empty_initial_response, "AUTH PLAIN =", "-ERR ...", "+ "},
        {&req::pop3_auth_initial_response, "AUTH PLAIN AGFsaWNl...", "+OK ...", "+ "},
        {&req::pop3_auth_initial_response_refused, "AUTH CRAM-MD5 ...", "-ERR ...", "+ PDEuMUBtYWlsc3BlYy50ZXN0Pg=="},
        {&req::pop3_auth_not_again, "AUTH ...", "-ERR already logged in", "+ "},
        {&req::pop3_auth_refuses_wrong_password, "AUTH PLAIN AGFsaWNl...", "-ERR ...", "+OK ..."},
        {&req::pop3_auth_saslprep, "AUTH PLAIN YWxpY2XCrQ...", "+OK ...", "-ERR wrong user name or password"},
        {&req::pop3_auth_unsupported_mechanism, "AUTH X...", "-ERR unknown mechanism", "+ "},
        {&req::pop3_capa_line_syntax, "CAPA", "UIDL", "UIDL "},
        {&req::pop3_implementation_tokens, "CAPA", "IMPLEMENTATION ...", "IMPLEMENTATION"},
        {&req::pop3_list_empty, "LIST", "+OK no messages", "-ERR no messages"},
        {&req::pop3_list_nothing_more, "LIST", "1 ...", "1 ... octets"},
        {&req::pop3_list_one, "LIST 2", "+OK 2 ...", "+OK here it is"},
        {&req::pop3_login_refuses_wrong_password, "PASS ...", "-ERR wrong ...", "+OK come in"},
        {&req::pop3_minimal_commands, "RSET", "+OK ...", "-ERR unknown command"},
        {&req::pop3_numbers_decimal, "LIST 10", "+OK 10 ...", "+OK A ..."},
        {&req::pop3_pass_after_user, "PASS ...", "-ERR send USER first", "+OK come in"},
        {&req::pop3_quit_before_login, "QUIT", "+OK bye", "-ERR log in first"},
        {&req::pop3_resp_codes_announced, "CAPA", "RESP-CODES", ""},
        {&req::pop3_resp_codes_in_use, "NOOP", "+OK ...", "+OK [IN-USE] ..."},
        {&req::pop3_resp_codes_login_delay, "NOOP", "+OK ...", "+OK [LOGIN-DELAY] ..."},
        {&req::pop3_stat_nothing_more, "STAT", "+OK 1 ...", "+OK 1 ... octets"},
        {&req::pop3_stls_capa, "CAPA", "+OK ...", "-ERR unknown command"},
        {&req::pop3_stls_capa, "CAPA", "...", ""},
        {&req::pop3_stls_stays_unauthenticated, "STAT", "-ERR log in first", "+OK 0 0"},
        {&req::pop3_stls_wrong_state, "STLS", "-ERR already logged in", "+OK begin TLS negotiation"},
        {&req::pop3_syntax_error, "DELE", "-ERR ...", "+OK message deleted"},
        {&req::pop3_syntax_error, "DELE one", "-ERR ...", "+OK message deleted"},
        {&req::pop3_syntax_error, "USER", "-ERR ...", "+OK send the password"},
        {&req::pop3_syntax_termination, "LIST", ".", ".\r\n."},
        {&req::pop3_top_no_such_message, "TOP ...", "-ERR no such message", "+OK top of message follows\r\n."},
        {&req::pop3_uidl_no_such_message, "UIDL ...", "-ERR no such message", "+OK 0 0"},
        {&req::pop3_uidl_one, "UIDL 2", "+OK 2 ...", "+OK 2 x..."},
        {&req::sasl_cram_md5_challenge, "AUTH CRAM-MD5", "+ ...", "+ MTIzNDU2"},
        {&req::sasl_cram_md5_challenge_changes, "AUTH CRAM-MD5", "+ ...", "+ PDEuMUBtYWlsc3BlYy50ZXN0Pg=="},
        {&req::sasl_cram_md5_refuses_wrong_digest, "AUTH CRAM-MD5", "-ERR wrong ...", "+OK ..."},
        {&req::sasl_plain_same_identity, "AUTH PLAIN YWxpY2UAYWxpY2UA...", "+OK ...", "-ERR wrong ..."},
        {&req::sasl_plain_verifies_identity, "AUTH PLAIN bWFpbHNwZWMtbm9ib2R5...", "-ERR wrong ...", "+OK ..."},
        {&req::tls_pop3_authorization, "STAT", "-ERR ...", "+OK 0 0"},
        {&req::tls_pop3_implicit, "QUIT", "+OK ...", "-ERR not here"},
    };
    return table;
}

} // namespace mailspec::serve
