#include "harness/rfc/catalogue.hpp"
#include "harness/serve/altered_answer.hpp"

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
        {&req::imap_login_no_detail, "LOGIN \"nobody...", "T NO ...", "T NO [AUTHENTICATIONFAILED] no such user"},
        {&req::imap_logout_bye, "LOGOUT", "* BYE ...", ""},
        {&req::imap_namespace, "NAMESPACE", "* NAMESPACE ...", ""},
        {&req::imap_noop_succeeds, "NOOP", "T OK ...", "T NO not now"},
        {&req::imap_select_read_write, "SELECT ...", "T OK [READ-WRITE] ...", "T OK ..."},
    };
    return table;
}

} // namespace mailspec::serve
