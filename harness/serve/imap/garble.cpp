#include "harness/serve/imap/garble.hpp"

#include "harness/rfc/catalogue.hpp"

namespace mailspec::serve::imap {

namespace req = rfc::req;
using namespace std::string_view_literals;

std::span<const garbling> garblings() {
    static const garbling table[] = {
        {&req::imap_syntax_crlf, " OK nothing done\r\n", " OK nothing done\n"},
        {&req::imap_syntax_space, " OK nothing done\r\n", "  OK nothing done\r\n"},
        {&req::imap_syntax_nul, " OK nothing done", " OK nothing\0done"sv},
        {&req::imap_syntax_text, " OK nothing done", " OK"},
        {&req::imap_syntax_continuation, "+ idling", "+idling"},
        {&req::imap_syntax_response, "* 1 EXISTS", "* EXISTS 1"},
        {&req::imap_syntax_number, "* 1 EXISTS", "* 9999999999 EXISTS"},
        {&req::imap_syntax_number64, "RFC822.SIZE ", "RFC822.SIZE x"},
        {&req::imap_syntax_nz_number, "FETCH (UID ", "FETCH (UID 0"},
        {&req::imap_syntax_quoted, "\"/\" \"INBOX\"", "\"/\" \"IN\\BOX\""},
        {&req::imap_syntax_parentheses, "* FLAGS (", "* FLAGS (("},
        {&req::imap_syntax_code_badcharset, "(US-ASCII UTF-8)", "()"},
        {&req::imap_syntax_code_permanentflags, "[PERMANENTFLAGS (", "[PERMANENTFLAGS x ("},
        {&req::imap_syntax_code_uidnext, "[UIDNEXT ", "[UIDNEXT 1 "},
        {&req::imap_syntax_code_uidvalidity, "[UIDVALIDITY ", "[UIDVALIDITY 1 "},
        {&req::imap_syntax_code_unseen, "[UNSEEN ", "[UNSEEN 1 "},
        {&req::imap_syntax_code_appenduid, "[APPENDUID ", "[APPENDUID 1 1 "},
        {&req::imap_syntax_code_copyuid, "[COPYUID ", "[COPYUID 1 1 "},
        {&req::imap_syntax_capability, "IMAP4rev", "IMAPrev"},
        {&req::imap_syntax_enabled, "* ENABLED", "* ENABLED (x)"},
        {&req::imap_syntax_id, "* ID (\"name\"", "* ID (\"odd\" \"name\""},
        {&req::imap_syntax_list, ") \"/\" \"", ") \"//\" \""},
        {&req::imap_syntax_list_attributes, "* LIST (", "* LIST (\"x\" "},
        {&req::imap_syntax_list_children, "\\HasNoChildren", "\\HasChildren \\HasNoChildren"},
        {&req::imap_syntax_list_extended, "(\"CHILDINFO\" (", "(\"CHILDINFO\" \"CHILDINFO\" ("},
        {&req::imap_syntax_list_childinfo, "(\"CHILDINFO\" (\"SUBSCRIBED\"))", "(\"CHILDINFO\" (SUBSCRIBED))"},
        {&req::imap_syntax_mailbox, "\"/\" \"INBOX\"", "\"/\" (\"INBOX\")"},
        {&req::imap_syntax_namespace, ")) NIL\r\n", "))\r\n"},
        {&req::imap_syntax_status, "(MESSAGES ", "(MESSAGES MESSAGES "},
        {&req::imap_syntax_search, "* SEARCH", "* SEARCH (x)"},
        {&req::imap_syntax_esearch, "* ESEARCH (TAG", "* ESEARCH (TUG"},
        {&req::imap_syntax_sequence_set, " ALL 1", " ALL x1"},
        {&req::imap_syntax_flag, "FLAGS (", "FLAGS (\"quoted\" "},
        {&req::imap_syntax_flags, "* FLAGS (", "* FLAGS x ("},
        {&req::imap_syntax_fetch, "FETCH (RFC822.SIZE ", "FETCH (RFC822.SIZE RFC822.SIZE "},
        {&req::imap_syntax_fetch_flags, "FETCH (FLAGS (", "FETCH (FLAGS x FLAGS ("},
        {&req::imap_syntax_fetch_internaldate, "INTERNALDATE \"", "INTERNALDATE \"9"},
        {&req::imap_syntax_fetch_section, "BODY[TEXT]", "BODY[TUXT]"},
        {&req::imap_syntax_fetch_section_binary, "BINARY[1]", "BINARY[TEXT]"},
        {&req::imap_syntax_nstring, "BODY[] {", "BODY[] x BODY[] {"},
        {&req::imap_syntax_envelope, "ENVELOPE (", "ENVELOPE (NIL "},
        {&req::imap_syntax_envelope_addresses, "((NIL NIL \"", "\"x\" ((NIL NIL \""},
        {&req::imap_syntax_envelope_address, "((\"", "((NIL \""},
        {&req::imap_syntax_body, " BODY (", " BODY x ("},
        {&req::imap_syntax_body_media, "(\"text\" \"plain\"", "(NIL NIL"},
        {&req::imap_syntax_body_fields, ") NIL NIL \"", ") \""},
        {&req::imap_syntax_body_parameters, "(\"charset\" ", "(\"charset\" \"x\" "},

        // What the built-in server has no use for, said unasked.
        {&req::imap_syntax_acl, "nothing done\r\n", "nothing done\r\n* ACL INBOX alice\r\n"},
        {&req::imap_syntax_astring, "nothing done\r\n", "nothing done\r\n* ACL INBOX \\alice lr\r\n"},
        {&req::imap_syntax_atom, "nothing done\r\n", "nothing done\r\n* X-DATA a%b\r\n"},
        {&req::imap_syntax_body_disposition, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL \"x\"))\r\n"},
        {&req::imap_syntax_body_extension, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL NIL NIL NIL "
         "x))\r\n"},
        {&req::imap_syntax_body_language, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL NIL ()))\r\n"},
        {&req::imap_syntax_body_message, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODYSTRUCTURE (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 1))\r\n"},
        {&req::imap_syntax_body_not_extensible, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODY (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL))\r\n"},
        {&req::imap_syntax_body_text, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (BODYSTRUCTURE (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1))\r\n"},
        {&req::imap_syntax_code_mailboxid, "nothing done\r\n", "nothing done\r\n* OK [MAILBOXID x] so\r\n"},
        {&req::imap_syntax_code_metadata, "nothing done\r\n", "nothing done\r\n* NO [METADATA WHAT] so\r\n"},
        {&req::imap_syntax_code_modseq, "nothing done\r\n", "nothing done\r\n* OK [HIGHESTMODSEQ 0] so\r\n"},
        {&req::imap_syntax_comparator, "nothing done\r\n", "nothing done\r\n* COMPARATOR x ()\r\n"},
        {&req::imap_syntax_fetch_binary, "nothing done\r\n", "nothing done\r\n* 1 FETCH (BINARY[1] (x))\r\n"},
        {&req::imap_syntax_fetch_emailid, "nothing done\r\n", "nothing done\r\n* 1 FETCH (EMAILID x)\r\n"},
        {&req::imap_syntax_fetch_modseq, "nothing done\r\n", "nothing done\r\n* 1 FETCH (MODSEQ 1)\r\n"},
        {&req::imap_syntax_fetch_preview, "nothing done\r\n", "nothing done\r\n* 1 FETCH (PREVIEW (x))\r\n"},
        {&req::imap_syntax_fetch_savedate, "nothing done\r\n", "nothing done\r\n* 1 FETCH (SAVEDATE \"x\")\r\n"},
        {&req::imap_syntax_fetch_threadid, "nothing done\r\n", "nothing done\r\n* 1 FETCH (THREADID x)\r\n"},
        {&req::imap_syntax_id_limits, "nothing done\r\n", "nothing done\r\n* ID (\"name\" \"a\" \"name\" \"b\")\r\n"},
        {&req::imap_syntax_language, "nothing done\r\n", "nothing done\r\n* LANGUAGE ()\r\n"},
        {&req::imap_syntax_list_oldname, "nothing done\r\n",
         "nothing done\r\n* LIST () \"/\" \"INBOX\" (\"OLDNAME\" (\"a\" \"b\"))\r\n"},
        {&req::imap_syntax_listrights, "nothing done\r\n", "nothing done\r\n* LISTRIGHTS INBOX alice\r\n"},
        {&req::imap_syntax_literal, "nothing done\r\n", "nothing done\r\n* X-DATA {x}\r\n"},
        {&req::imap_syntax_literal_plus, "nothing done\r\n", "nothing done\r\n* X-DATA {1+}\r\na\r\n"},
        {&req::imap_syntax_literal8, "nothing done\r\n", "nothing done\r\n* 1 FETCH (BODY[7] ~{3}\r\nabc)\r\n"},
        {&req::imap_syntax_metadata, "nothing done\r\n", "nothing done\r\n* METADATA INBOX ()\r\n"},
        {&req::imap_syntax_myrights, "nothing done\r\n", "nothing done\r\n* MYRIGHTS INBOX\r\n"},
        {&req::imap_syntax_quota, "nothing done\r\n", "nothing done\r\n* QUOTA \"\" (STORAGE 1)\r\n"},
        {&req::imap_syntax_quotaroot, "nothing done\r\n", "nothing done\r\n* QUOTAROOT\r\n"},
        {&req::imap_syntax_sort, "nothing done\r\n", "nothing done\r\n* SORT (x)\r\n"},
        {&req::imap_syntax_status_extension, "nothing done\r\n",
         "nothing done\r\n* STATUS INBOX (HIGHESTMODSEQ (x))\r\n"},
        {&req::imap_syntax_string, "nothing done\r\n", "nothing done\r\n* NAMESPACE ((x \"/\")) NIL NIL\r\n"},
        {&req::imap_syntax_tag, "nothing done\r\n", "nothing done\r\nzz+9 OK so\r\n"},
        {&req::imap_syntax_thread, "nothing done\r\n", "nothing done\r\n* THREAD 1\r\n"},
        {&req::imap_syntax_uid_set, "nothing done\r\n", "nothing done\r\n* OK [COPYUID 1 1 x] so\r\n"},
        {&req::imap_syntax_vanished, "nothing done\r\n", "nothing done\r\n* VANISHED (LATER) 1\r\n"},

        // What must stay true over a whole connection: things told that do not fit what was told before.
        {&req::imap_completion_tag, "nothing done\r\n", "nothing done\r\nzz9 OK once more\r\n"},
        {&req::imap_continuation_due, "nothing done\r\n", "nothing done\r\n+ go on\r\n"},
        {&req::imap_exists_no_shrink, "nothing done\r\n", "nothing done\r\n* 0 EXISTS\r\n"},
        {&req::imap_expunge_range, "* 1 EXPUNGE", "* 99 EXPUNGE"},
        {&req::imap_expunge_timing, "nothing done\r\n", "nothing done\r\n* 1 EXPUNGE\r\n"},
        {&req::imap_number_range, "* 1 FETCH (", "* 99 FETCH ("},
        {&req::imap_uid_constant, "nothing done\r\n", "nothing done\r\n* 1 FETCH (UID 4000000000)\r\n"},
        {&req::imap_uid_not_reused, "nothing done\r\n", "nothing done\r\n* 9 EXISTS\r\n* 9 FETCH (UID 101)\r\n"},
        {&req::imap_uidnext_above, "[UIDNEXT ", "[UIDNEXT 1] not ["},
        {&req::imap_uidnext_later, "[UIDNEXT ", "[UIDNEXT 9"},
        {&req::imap_uidvalidity_constant, "nothing done\r\n", "nothing done\r\n* OK [UIDVALIDITY 4000000000] new\r\n"},
        {&req::imap_modseq_no_fall, "nothing done\r\n",
         "nothing done\r\n* 1 FETCH (MODSEQ (9))\r\n* 1 FETCH (MODSEQ (8))\r\n"},
        {&req::imap_fetch_envelope_agrees, " \"<", " \"<x"},
        {&req::imap_fetch_bodystructure_agrees, "\"7bit\" ", "\"7bit\" 1"},
        {&req::imap_flags_announced, " FETCH (FLAGS (", " FETCH (FLAGS (unheard "},
        {&req::imap_permanentflags_known, "[PERMANENTFLAGS (", "[PERMANENTFLAGS (unheard "},
        {&req::imap_search_agrees, "* SEARCH 1", "* SEARCH"},
        {&req::imap_list_noinferiors, "* LIST (\\HasChildren", "* LIST (\\Noinferiors"},
        {&req::imap_list_hasnochildren, "* LIST (\\HasChildren", "* LIST (\\HasNoChildren"},
        {&req::imap_login_disabled, " OK nothing done", " OK [CAPABILITY IMAP4rev1 LOGINDISABLED] nothing done"},
        {&req::imap_string_splitting, "split", "sp\r\nlit"},
        {&req::imap_list_name_ascii, "\"mailspec-", "\"\xc3\xbcmailspec-"},
        {&req::imap_list_name_utf8, "\"mailspec-", "\"\xff-mailspec-"},
        {&req::imap_list_name_utf7, "\"mailspec-", "\"&x-mailspec-"},
    };
    return table;
}

void replace_all(std::string& in, std::string_view from, std::string_view to) {
    for (auto at = in.find(from); at != in.npos; at = in.find(from, at + to.size()))
        in.replace(at, from.size(), to);
}

void garble(std::string& out, const mischief& breaches) {
    for (const auto& g : garblings())
        if (breaches.breaks(*g.broken))
            replace_all(out, g.from, g.to);
}

} // namespace mailspec::serve::imap
