#include "harness/serve/imap/extension_answers.hpp"

#include "harness/rfc/catalogue.hpp"

#include <iterator>

namespace mailspec::serve::imap {

namespace req = rfc::req;

namespace {

constexpr std::string_view both_modseqs = "* 1 FETCH (MODSEQ (5))\r\n* 2 FETCH (MODSEQ (7))\r\nT OK fetched";
constexpr std::string_view highest_modseq = "* STATUS somewhere (HIGHESTMODSEQ 5)\r\nT OK the status";

} // namespace

std::vector<altered_answer> with_extensions(std::span<const altered_answer> rows) {
    static const altered_answer table[] = {
        // LITERAL+
        {&req::imap_literal_plus_everywhere, "STATUS {...+}...", "T OK ...", "T BAD no literal here"},
        {&req::imap_literal_plus_everywhere, "LOGIN {...+}...", "T OK ...", "T BAD no literal here"},
        {&req::imap_literal_plus_literal8, "APPEND ... ~{...+}...", "T OK ...", "T BAD no literal here"},
        {&req::imap_literal_plus_no_continuation, "APPEND ...+}...", "T OK ...", "+ go ahead\r\nT OK ..."},
        // SASL-IR
        {&req::imap_sasl_ir_bad_base64, "AUTHENTICATE PLAIN ...", "T BAD not base64", "+ go ahead"},
        {&req::imap_sasl_ir_longest, "AUTHENTICATE PLAIN ...", "T NO ...", "T BAD too long"},
        {&req::imap_sasl_ir_optional, "AUTHENTICATE PLAIN", "+ ...", "T BAD an initial response is missing"},
        {&req::imap_sasl_ir_server_first, "AUTHENTICATE CRAM-MD5 ...", "T BAD ...", "T NO ..."},
        // ID
        {&req::imap_id_arguments, "ID (\"name\" ...NIL)", "T OK ...", "T BAD a value is missing"},
        {&req::imap_id_bad_arguments, "ID", "T BAD ...", "T OK nobody, then"},
        {&req::imap_id_date, "ID NIL", "* ID (...)", "* ID (\"date\" \"last spring\" ...)"},
        {&req::imap_syntax_id_limits, "ID NIL", "* ID (...)", "* ID (... \"Name\" \"once more\")"},
        {&req::imap_id_largest, "ID (\"f01\" ...)", "T OK ...", "T BAD too much"},
        // ENABLE
        {&req::imap_enable_again, "ENABLE X-MAILSPEC-UNKNOWN", "T OK ...", "T BAD once is enough"},
        {&req::imap_enable_bad_arguments, "ENABLE", "T BAD ...", "T OK nothing enabled"},
        {&req::imap_enable_not_for_it, "ENABLE ENABLE...", "T OK ...", "T BAD not to be enabled"},
        {&req::imap_enable_only_enabled, "ENABLE ...UNKNOWN", "* ENABLED", "* ENABLED X-MAILSPEC-UNKNOWN"},
        {&req::imap_enable_only_this_time, "ENABLE ...UNKNOWN", "* ENABLED", "* ENABLED CONDSTORE"},
        {&req::imap_enable_state, "ENABLE CONDSTORE", "T OK ...", "T BAD not in this state"},
        {&req::imap_enable_unknown, "ENABLE X-MAILSPEC-ONE ...", "T OK ...", "T BAD unknown"},
        // IDLE
        {&req::imap_idle_done, "IDLE", "T OK ...", "T BAD ..."},
        {&req::imap_idle_no_argument, "IDLE ...", "T BAD ...", "T OK fine"},
        {&req::imap_idle_not_before_login, "IDLE", "T BAD [CLIENTBUG] ...", "T OK fine"},
        {&req::imap_idle_until_done, "IDLE", "+ ...", "+ ...\r\nT OK that was it"},
        // NAMESPACE
        {&req::imap_namespace_delimiter, "NAMESPACE", "* NAMESPACE ((\"\" \"/\"))...", "* NAMESPACE ((\"\" \"^\"))..."},
        {&req::imap_namespace_extension_names, "NAMESPACE", "* NAMESPACE ((\"\" \"/\"))...",
         "* NAMESPACE ((\"\" \"/\" \"COLOUR\" (\"green\")))..."},
        {&req::imap_namespace_inbox, "NAMESPACE", "* NAMESPACE ...", "* NAMESPACE NIL NIL ((\"\" \"/\"))"},
        {&req::imap_namespace_no_argument, "NAMESPACE ...", "T BAD ...", "T OK fine"},
        {&req::imap_namespace_not_before_login, "NAMESPACE", "T BAD ...",
         "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\nT OK fine"},
        {&req::imap_namespace_prefix, "LIST \"\" \"%\"", "* LIST (...) \"/\" \"mailspec-...\"", ""},
        {&req::imap_namespace_utf7, "NAMESPACE", "* NAMESPACE (...)) NIL",
         "* NAMESPACE (...)) ((\"gemeinsam f&r alle/\" \"/\"))"},
        {&req::imap_namespace_others_user_name, "LIST \"\" \"user/*...", "* LIST (...) \"/\" \"user/...",
         "* LIST (...) \"/\" \"user/of-..."},
        // ACL
        {&req::imap_select_read_only, "SELECT ...user/...", "T OK [READ-ONLY] ...", "T OK ..."},
        // UNSELECT
        {&req::imap_unselect_no_argument, "UNSELECT ...", "T BAD ...", "T OK fine"},
        {&req::imap_unselect_not_selected, "UNSELECT", "T BAD ...", "T OK fine"},
        // UIDPLUS and MULTIAPPEND; new mailboxes of this server begin with UID 101
        {&req::imap_multiappend_appenduid, "APPEND...", "T OK [APPENDUID ... 102:103] ...",
         "T OK [APPENDUID ... 101:102] ..."},
        {&req::imap_multiappend_cancel, "APPEND...", "T NO [CANNOT] ...", "T OK ..."},
        {&req::imap_multiappend_literal_plus, "APPEND ...+}...+}...", "T OK ...", "T BAD one at a time"},
        {&req::imap_uidplus_appenduid_right, "APPEND...", "T OK [APPENDUID ... ...] ...",
         "T OK [APPENDUID ... ...9] ..."},
        {&req::imap_uidplus_appenduid_single, "APPEND...", "T OK [APPENDUID ... 101] ...",
         "T OK [APPENDUID ... 101:101] ..."},
        {&req::imap_uidplus_copyuid, "COPY...", "T OK [COPYUID ...] ...", "T OK ..."},
        {&req::imap_uidplus_copyuid, "UID COPY...", "T OK [COPYUID ...] ...", "T OK ..."},
        {&req::imap_uidplus_copyuid_no_more, "UID COPY...", "T OK [COPYUID ... 101,103 ...] ...",
         "T OK [COPYUID ... 101:103 ...] ..."},
        {&req::imap_uidplus_copyuid_no_more, "UID COPY...", "T OK copied", "T OK [COPYUID 1 1 1] copied"},
        {&req::imap_uidplus_copyuid_order, "COPY...", "T OK [COPYUID ... 101,103 101:102] ...",
         "T OK [COPYUID ... 101,103 102,101] ..."},
        {&req::imap_uidplus_copyuid_right, "...COPY...", "T OK [COPYUID ... ... ...] ...",
         "T OK [COPYUID ... ... ...9] ..."},
        {&req::imap_uidplus_copyuid_right, "UID MOVE...", "* OK [COPYUID ... ... ...] ...",
         "* OK [COPYUID ... ... ...9] ..."},
        {&req::imap_uidplus_sticky, "SELECT ...", "* OK [UIDNEXT ...",
         "* NO [UIDNOTSTICKY] for now\r\n* OK [UIDNEXT ..."},
        {&req::imap_uidplus_tagged, "APPEND...", "T OK [APPENDUID ...] ...",
         "* OK [APPENDUID ...] here it is\r\nT OK ..."},
        {&req::imap_uidplus_uid_expunge_bad_arguments, "UID EXPUNGE", "T BAD ...", "T OK ..."},
        {&req::imap_uidplus_uid_expunge_told, "UID EXPUNGE ...", "* ... EXPUNGE", ""},
        {&req::imap_uidplus_uidnotsticky, "SELECT ...", "* OK [UIDNEXT ...",
         "* OK [UIDNOTSTICKY] for now\r\n* OK [UIDNEXT ..."},
        // MOVE
        {&req::imap_move_bad_arguments, "MOVE 1", "T BAD ...", "T OK moved"},
        {&req::imap_move_copyuid, "UID MOVE ...", "* OK [COPYUID ...] ...", ""},
        {&req::imap_move_copyuid_first, "MOVE ...", "* OK [COPYUID ...] ...", ""},
        {&req::imap_move_expunge_told, "MOVE ...", "* ... EXPUNGE", ""},
        {&req::imap_move_new_uid, "FETCH 2 (UID ...", "* 2 FETCH (UID 102 ...", "* 2 FETCH (UID 101 ..."},
        {&req::imap_move_no_fetch, "MOVE ...", "* OK [COPYUID ...",
         "* 1 FETCH (FLAGS (\\Deleted))\r\n* OK [COPYUID ..."},
        {&req::imap_move_read_only, "UID MOVE ...", "T NO ...", "T OK moved"},
        {&req::imap_move_trycreate, "MOVE ...", "T NO [TRYCREATE] ...", "T NO ..."},
        {&req::imap_move_uid, "UID MOVE ...", "T OK ...", "T BAD no such command"},
        // ESEARCH
        {&req::imap_esearch_all, "SEARCH RETURN (ALL) ...", "* ESEARCH (TAG ...) ALL 1,3:4",
         "* ESEARCH (TAG ...) ALL 1:4"},
        {&req::imap_esearch_count, "SEARCH RETURN (COUNT) ...", "* ESEARCH (TAG ...) COUNT 0", "* ESEARCH (TAG ...)"},
        {&req::imap_esearch_count, "SEARCH RETURN (COUNT) ...", "* ESEARCH (TAG ...) COUNT 2",
         "* ESEARCH (TAG ...) COUNT 3"},
        {&req::imap_esearch_max, "SEARCH RETURN (MAX) ...", "* ESEARCH (TAG ...) MAX 3", "* ESEARCH (TAG ...) MAX 4"},
        {&req::imap_esearch_min, "SEARCH RETURN (MIN) ...", "* ESEARCH (TAG ...) MIN 2", "* ESEARCH (TAG ...) MIN 1"},
        {&req::imap_esearch_no_match, "SEARCH RETURN (MIN) DELETED", "* ESEARCH (TAG ...)",
         "* ESEARCH (TAG ...) MIN 1"},
        {&req::imap_esearch_no_match_told, "SEARCH RETURN (...) DELETED", "* ESEARCH ...", ""},
        {&req::imap_esearch_no_options, "SEARCH RETURN () ...", "* ESEARCH (TAG ...) ALL ...", "* ESEARCH (TAG ...)"},
        {&req::imap_esearch_uid, "UID SEARCH RETURN ...", "* ESEARCH (TAG ...) UID...", "* ESEARCH (TAG ...)..."},
        // SPECIAL-USE
        {&req::imap_special_use_create_refused, "CREATE ... (USE ...", "T NO [USEATTR] ...", "T OK ..."},
        {&req::imap_special_use_metadata, "GETMETADATA ... /private/specialuse",
         "* METADATA ... (/private/specialuse ...)", "* METADATA ... (/private/specialuse NIL)"},
        {&req::imap_special_use_create_useattr, "CREATE ... (USE ...", "T NO [USEATTR] ...", "T NO ..."},
        // STATUS=SIZE
        {&req::imap_status_size_list, "LIST ... RETURN (STATUS ...", "* STATUS ...", ""},
        {&req::imap_syntax_status_extension, "STATUS ...", "* STATUS ... (...)", "* STATUS ... (HIGHESTMODSEQ x ...)"},
        {&req::imap_status_size, "STATUS ...", "* STATUS ...SIZE ...)", "* STATUS ...)"},

        // Extensions that only their breach announces: promised_by_breach
        {&req::imap_enable_effect, "ENABLE CONDSTORE", "* ENABLED", "* ENABLED CONDSTORE"},
        {&req::imap_esearch_modseq, "FETCH 1:2 (MODSEQ)", "T BAD ...", both_modseqs},
        {&req::imap_esearch_modseq, "SEARCH RETURN (MIN) ...", "T BAD ...", "* ESEARCH MIN 1\r\nT OK searched"},
        {&req::imap_esearch_modseq_right, "FETCH 1:2 (MODSEQ)", "T BAD ...", both_modseqs},
        {&req::imap_esearch_modseq_right, "SEARCH RETURN (MIN) ...", "T BAD ...",
         "* ESEARCH MIN 1 MODSEQ 7\r\nT OK searched"},
        {&req::imap_move_modseq, "STATUS ...", "T BAD ...", highest_modseq},
        {&req::imap_move_modseq, "FETCH 2 (MODSEQ)", "T BAD ...", "* 2 FETCH (MODSEQ (9))\r\nT OK fetched"},
        {&req::imap_move_modseq_remembered, "SELECT ...", "* OK [UIDNEXT ...",
         "* OK [HIGHESTMODSEQ 5] so far\r\n* OK [UIDNEXT ..."},
        {&req::imap_move_modseq_remembered, "SELECT ... (QRESYNC ...", "T BAD ...", "T OK [READ-WRITE] selected"},
        {&req::imap_move_modseq_target, "FETCH 2 (MODSEQ)", "T BAD ...", "* 2 FETCH (MODSEQ (5))\r\nT OK fetched"},
        {&req::imap_move_modseq_target, "STATUS ...", "T BAD ...", highest_modseq},
    };
    std::vector<altered_answer> all(rows.begin(), rows.end());
    all.insert(all.end(), std::begin(table), std::end(table));
    return all;
}

} // namespace mailspec::serve::imap
