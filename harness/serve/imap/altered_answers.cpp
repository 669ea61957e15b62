#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"
#include "harness/serve/imap/altered_basics.hpp"
#include "harness/serve/imap/altered_commands.hpp"
#include "harness/serve/imap/extension_answers.hpp"

namespace mailspec::serve {

namespace req = rfc::req;

std::span<const altered_answer> imap_answers() {
    static const altered_answer table[] = {
        {&req::imap_append_trycreate, "APPEND...", "T NO [TRYCREATE] ...", "T NO ..."},
        {&req::imap_bad_unknown_command, "...", "T BAD no such command", "T OK as you like"},
        {&req::imap_capability_answer, "CAPABILITY", "* CAPABILITY...", ""},
        {&req::imap_copy_trycreate, "COPY...", "T NO [TRYCREATE] ...", "T NO ..."},
        {&req::imap_copy_trycreate, "UID COPY...", "T NO [TRYCREATE] ...", "T NO ..."},
        {&req::imap_greeting, "(greeting)", "* OK ...", "* BAD ..."},
        {&req::imap_id_answer, "ID ...", "* ID ...", ""},
        {&req::imap_logout_bye, "LOGOUT", "* BYE ...", ""},
        {&req::imap_namespace, "NAMESPACE", "* NAMESPACE ...", ""},
        {&req::imap_noop_succeeds, "NOOP", "T OK ...", "T NO not now"},
        {&req::imap_select_read_write, "SELECT ...", "T OK [READ-WRITE] ...", "T OK ..."},
        {&req::imap_starttls_announced, "(greeting)", "* OK [CAPABILITY... STARTTLS...", "* OK [CAPABILITY......"},
        {&req::imap_starttls_announced, "CAPABILITY", "* CAPABILITY... STARTTLS...", "* CAPABILITY......"},
        {&req::imap_starttls_bad_arguments, "STARTTLS ...", "T BAD ...", "T NO ..."},
        {&req::imap_starttls_wrong_state, "STARTTLS", "T BAD ...", "T OK ..."},
        {&req::sasl_cram_md5_challenge, "AUTHENTICATE CRAM-MD5", "+ ...", "+ MTIzNDU2"},
        {&req::sasl_cram_md5_challenge_changes, "AUTHENTICATE CRAM-MD5", "+ ...", "+ PDEuMUBtYWlsc3BlYy50ZXN0Pg=="},
        {&req::sasl_cram_md5_refuses_wrong_digest, "AUTHENTICATE CRAM-MD5", "T NO ...", "T OK ..."},
        {&req::sasl_plain_verifies_identity, "AUTHENTICATE PLAIN", "T NO ...", "T OK ..."},
        {&req::tls_imap_implicit, "CAPABILITY", "T OK ...", "T BAD not here"},
        {&req::tls_imap_state, "LIST...", "T BAD ...", "T OK ..."},
    };
    static const auto all = imap::with_basics(imap::with_commands(imap::with_extensions(table)));
    return all;
}

} // namespace mailspec::serve
