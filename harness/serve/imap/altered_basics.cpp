#include "harness/serve/imap/altered_basics.hpp"

#include "harness/rfc/catalogue.hpp"

namespace mailspec::serve::imap {

namespace req = rfc::req;

namespace {

/// Of the form of commands, of strings and states.
std::span<const altered_answer> of_commands() {
    static const altered_answer table[] = {
        {&req::imap_bad_names_command, "...", "T BAD ...", "* BAD ..."},
        {&req::imap_bad_spaces, "...", "T BAD not understood: ...", "T OK as you like"},
        {&req::imap_bad_syntax, "...", "T BAD not understood: ...", "T OK as you like"},
        {&req::imap_string_forms, "STATUS \"...", "T OK ...", "T BAD no quotation marks"},
        {&req::imap_string_forms, "RENAME {...", "T OK ...", "T BAD no literals"},
        {&req::imap_string_empty, "LIST {0}...", "T OK ...", "T BAD not even the empty one"},
        {&req::imap_string_quoted_specials, "SEARCH SUBJECT \"...", "* SEARCH 1", "* SEARCH"},
        {&req::imap_mailbox_nil, "EXAMINE NIL", "T NO ...", "T BAD there is no name"},
        {&req::imap_state_wrong, "...", "T BAD [CLIENTBUG] not in this state", "T OK in any state"},
        {&req::imap_state_before_login, "...", "T BAD [CLIENTBUG] not in this state", "T OK in any state"},
        {&req::imap_state_login_once, "...", "T BAD [CLIENTBUG] not in this state", "T OK in any state"},
        {&req::imap_state_authenticated_again, "...", "T BAD [CLIENTBUG] not in this state", "T OK in any state"},
        {&req::imap_state_always, "CAPABILITY", "T OK ...", "T NO not in this state"},
        {&req::imap_state_after_select, "FETCH...", "T OK ...", "T BAD [CLIENTBUG] not in this state"},
    };
    return table;
}

/// Of numbers, sets, flags and response codes.
std::span<const altered_answer> of_numbers() {
    static const altered_answer table[] = {
        {&req::imap_number_expunged, "EXPUNGE", "* 2 EXPUNGE", "* 2 EXPUNGE\r\n* 4 EXISTS"},
        {&req::imap_number_appended, "FETCH 1:3 (UID)", "* 3 FETCH (UID ...)", "* 3 FETCH (UID 1)"},
        {&req::imap_exists_count, "SELECT ...", "* 3 EXISTS", "* 4 EXISTS"},
        {&req::imap_recent_count, "SELECT ...", "* 2 RECENT", "* 7 RECENT"},
        {&req::imap_set_union, "FETCH 5,1:2 ...", "* 5 FETCH ...", ""},
        {&req::imap_set_union, "FETCH 1,1,...", "* 3 FETCH ...", ""},
        {&req::imap_set_star_number, "FETCH * ...", "* 2 FETCH ...", ""},
        {&req::imap_set_star_empty, "UID FETCH * ...", "T OK ...", "T BAD there is no message"},
        {&req::imap_set_beyond, "...", "T BAD [CLIENTBUG] there is no message...", "T OK there is none"},
        {&req::imap_flags_system, "SELECT ...", "* FLAGS (\\Answered ...", "* FLAGS (..."},
        {&req::imap_permanentflags_kept, "FETCH 1 FLAGS", "* 1 FETCH (FLAGS (...\\Draft ...",
         "* 1 FETCH (FLAGS (......"},
        {&req::imap_recent_unalterable, "FETCH 1 FLAGS", "* 1 FETCH (FLAGS (\\Flagged \\Recent))",
         "* 1 FETCH (FLAGS (\\Flagged))"},
        {&req::imap_code_unseen, "SELECT ...", "* OK [UNSEEN 3] ...", "* OK [UNSEEN 4] ..."},
        {&req::imap_code_read_only, "EXAMINE ...", "T OK [READ-ONLY] ...", "T OK [READ-WRITE] ..."},
        {&req::imap_bye_closes, "NOOP", "T OK ...", "T OK ...\r\n* BYE some day"},
        {&req::imap_code_place, "NOOP", "T OK ...", "T OK [TRYCREATE] ..."},
    };
    return table;
}

/// Of capabilities, logins and mailbox names.
std::span<const altered_answer> of_names() {
    static const altered_answer table[] = {
        {&req::imap_capability_auth, "AUTHENTICATE PLAIN", "+...", "T NO no such mechanism"},
        {&req::imap_capability_imap4_first, "CAPABILITY", "* CAPABILITY IMAP4rev1 ...",
         "* CAPABILITY IMAP4rev1 IMAP4 ..."},
        {&req::imap_extension_unasked, "SEARCH ALL", "* SEARCH ...", "* ESEARCH (TAG \"x\") ALL 1"},
        {&req::imap_login_no_detail, "LOGIN \"nobody...", "T NO ...", "T NO [AUTHENTICATIONFAILED] no such user"},
        {&req::imap_authenticate_no_detail, "AUTHENTICATE PLAIN AG5vYm9ke...", "T NO ...",
         "T NO [AUTHENTICATIONFAILED] no such user"},
        {&req::imap_list_noselect, "SELECT ...", "T NO [CANNOT] this name is no mailbox...", "T OK [READ-WRITE] ..."},
        {&req::imap_list_name_valid, "STATUS ...", "T OK ...", "T NO [NONEXISTENT] no such mailbox"},
        {&req::imap_list_name_reference, "LIST \"mailspec...", "T OK ...", "T BAD no such reference"},
        {&req::imap_list_unmarked, "LIST ...", "* LIST (...", "* LIST (\\Unmarked ..."},
        {&req::imap_list_haschildren_true, "LIST ...", "* LIST (\\HasNoChildren...", "* LIST (\\HasChildren..."},
        {&req::imap_list_nonexistent, "LIST (SUBSCRIBED)...", "* LIST (...", "* LIST (\\NonExistent ..."},
        {&req::imap_create_inbox, "CREATE INBOX", "T NO ...", "T OK ..."},
        {&req::imap_delete_inbox, "DELETE INBOX", "T NO ...", "T OK ..."},
        {&req::imap_rename_to_inbox, "RENAME ... INBOX", "T NO ...", "T OK ..."},
        {&req::imap_mailbox_hierarchy, "LIST ...%", "* LIST ...", ""},
    };
    return table;
}

/// Of IMAP4rev2 and what it took over from extensions.
std::span<const altered_answer> of_rev2() {
    static const altered_answer table[] = {
        {&req::imap_keywords_well_known, "FETCH ... FLAGS", "* ... FETCH (FLAGS (...$Forwarded ...",
         "* ... FETCH (FLAGS (......"},
        {&req::imap_pipelining_uid_search, "UID SEARCH RETURN (MIN) 2", "* ESEARCH (TAG ...) UID MIN ...",
         "* ESEARCH (TAG ...) UID MIN 1"},
        {&req::imap_code_closed, "SELECT ...", "* OK [CLOSED] ...", ""},
        {&req::imap_string_utf8_accepted, "CREATE \"...", "T OK ...", "T BAD not ASCII"},
        {&req::imap_mailbox_utf7_rev2, "LIST ...", "* LIST (...) \"/\" \"...&APw-...\"",
         "* LIST (...) \"/\" \"...\xc3\xbc...\""},
        {&req::imap_mailbox_net_unicode, "CREATE {...", "T BAD ...", "T OK created"},
        {&req::imap_mailbox_net_unicode, "LIST \"\" \"...*\"", "* LIST (...) \"/\" ...",
         "* LIST (...) \"/\" \"...-\xfc"
         "ber\""},
        {&req::imap_mailbox_denormalized, "STATUS {...", "T OK ...", "T NO [NONEXISTENT] no such mailbox"},
        {&req::imap_oldname, "CREATE ...", "...(\"OLDNAME\" (...", "...(\"NEWNAME\" (..."},
        {&req::imap_select_list_oldname, "SELECT ...", "...(\"OLDNAME\" (...", "...(\"NEWNAME\" (..."},
        {&req::imap_rev2_removed_unasked, "FETCH 1 (UID BODY.PEEK[TEXT])", "* 1 FETCH (UID ...",
         "* 1 FETCH (RFC822.TEXT \"x\" UID ..."},
        {&req::imap_list_subscribed_true, "LIST ... RETURN (SUBSCRIBED)", "* LIST (\\HasNoChildren) ...",
         "* LIST (\\Subscribed) ..."},
        {&req::imap_esearch_tag, "SEARCH RETURN ...", "* ESEARCH (TAG ...) MIN ...",
         "* ESEARCH (TAG \"x\") MIN 1 COUNT 2"},
        {&req::imap_esearch_once, "SEARCH RETURN (COUNT) ALL", "* ESEARCH ... COUNT ...",
         "* ESEARCH ... COUNT 2 COUNT 2"},
        {&req::imap_status_name, "STATUS ...", "* STATUS \"mailspec...", "* STATUS \"nailspec..."},
    };
    return table;
}

/// Of what FETCH tells of a message.
std::span<const altered_answer> of_messages() {
    static const altered_answer table[] = {
        {&req::imap_fetch_bodystructure_single, "FETCH 1 BODY", "* 1 FETCH (BODY (\"text\"...",
         "* 1 FETCH (BODY (\"image\"..."},
        {&req::imap_fetch_bodystructure_lines, "FETCH 1 BODYSTRUCTURE", "... 17 3 ...", "... 17 4 ..."},
        {&req::imap_fetch_bodystructure_defaults, "FETCH 1 BODY", "* 1 FETCH (BODY (\"text\"...",
         "* 1 FETCH (BODY (\"image\"..."},
        {&req::imap_fetch_bodystructure_multipart, "FETCH 1 BODY", "...\"alternative\"...", "...\"related\"..."},
        {&req::imap_fetch_bodystructure_message, "FETCH 1 BODY", "... 5))", "... 6))"},
        {&req::imap_fetch_bodystructure_extension, "FETCH 1 BODYSTRUCTURE", "...\"attachment\"...", "...\"inline\"..."},
        {&req::imap_fetch_bodystructure_rfc2231, "FETCH 1 BODYSTRUCTURE", "...(\"name\" \"a rather long name.txt\")...",
         "...(\"name\" \"a rather \")..."},
        {&req::imap_fetch_bodystructure_rfc2231_disposition, "FETCH 1 BODYSTRUCTURE",
         "...(\"filename\" \"a rather long name.txt\")...", "...(\"filename\" \"a rather \")..."},
        {&req::imap_fetch_envelope_absent, "FETCH 1 ENVELOPE", "* 1 FETCH (ENVELOPE (\"...\" NIL ...",
         "* 1 FETCH (ENVELOPE (\"...\" \"none\" ..."},
        {&req::imap_fetch_envelope_no_addresses, "FETCH 1:2 ENVELOPE", "... NIL NIL NIL ...",
         "... ((NIL NIL \"nobody\" \"\")) NIL NIL ..."},
        {&req::imap_fetch_envelope_sender_default, "FETCH 1 ENVELOPE", "...)) ((\"Alice\"...", "...)) ((\"Bob\"..."},
        {&req::imap_fetch_envelope_group, "FETCH 1 ENVELOPE", "...(NIL NIL \"friends\" NIL)...",
         "...(NIL NIL \"friends\" \"example.org\")..."},
        {&req::imap_fetch_envelope_unquoted, "FETCH 1 ENVELOPE", "...\"alice.liddell\"...",
         "...\"\\\"alice.liddell\\\"\"..."},
        {&req::imap_fetch_origin_asked, "FETCH 1 BODY.PEEK[]", "* 1 FETCH (BODY[] ...", "* 1 FETCH (BODY[]<0> ..."},
        {&req::imap_fetch_binary_size_right, "FETCH 1 BINARY.SIZE...", "* 1 FETCH (BINARY.SIZE[1] ...)",
         "* 1 FETCH (BINARY.SIZE[1] 1...)"},
        {&req::imap_fetch_binary_crlf, "FETCH 1 BINARY.PEEK[1]", "one line", "one lin\n"},
        {&req::imap_fetch_binary_unknown_cte, "FETCH 1 BINARY...", "T NO [UNKNOWN-CTE] ...", "T NO ..."},
        {&req::imap_fetch_binary_string, "FETCH 1 BINARY.PEEK[1]", "* 1 FETCH (BINARY[1] {...",
         "* 1 FETCH (BINARY[1] ~{..."},
        {&req::imap_internaldate_delivered, "SEARCH HEADER ... SINCE ...", "* SEARCH ...", "* SEARCH"},
    };
    return table;
}

/// What no grammar has.
std::span<const altered_answer> of_syntax() {
    static const altered_answer table[] = {
        {&req::imap_syntax_atom, "CAPABILITY", "* CAPABILITY IMAP4rev1 ...", "* CAPABILITY IMAP4rev1 X%Y ..."},
        {&req::imap_syntax_literal, "CAPABILITY", "* CAPABILITY IMAP4rev1 ...", "* CAPABILITY IMAP4rev1 X{Y ..."},
        {&req::imap_syntax_literal_plus, "FETCH 1 BODY.PEEK[]", "* 1 FETCH (BODY[] {...}", "* 1 FETCH (BODY[] {...+}"},
        {&req::imap_syntax_literal8, "FETCH 1 BODY.PEEK[]", "* 1 FETCH (BODY[] {...", "* 1 FETCH (BODY[] ~{..."},
        {&req::imap_syntax_string, "FETCH 1 BODY", "...\"7bit\"...", "...7bit..."},
        {&req::imap_syntax_astring, "...CHARSET...", "T NO [BADCHARSET (...", "T NO [BADCHARSET (\\..."},
        {&req::imap_syntax_uid_set, "APPEND...", "T OK [APPENDUID ...] ...", "T OK [APPENDUID ...:*] ..."},
        {&req::imap_syntax_tag, "NOOP", "T OK ...", "(x OK ...\r\nT OK ..."},
        {&req::imap_syntax_list_oldname, "LIST ...", "* LIST (...) \"/\" \"...\"",
         "* LIST (...) \"/\" \"...\" (\"OLDNAME\" \"x\")"},
        {&req::imap_syntax_fetch_binary, "FETCH 1 BINARY.PEEK[1]", "* 1 FETCH (BINARY[1] {...",
         "* 1 FETCH (BINARY[1] x BINARY[1] {..."},
        {&req::imap_syntax_body_text, "FETCH 1 BODY", "...\"7bit\" 8 1))", "...\"7bit\" 8))"},
        {&req::imap_syntax_body_message, "FETCH 1 BODY", "... 5))", "...))"},
        {&req::imap_syntax_body_extension, "FETCH 1 BODYSTRUCTURE", "...))", "... ()))"},
        {&req::imap_syntax_body_extension_undefined, "FETCH 1 BODYSTRUCTURE", "...hello.txt\"))",
         "...hello.txt\" \"more\"))"},
        {&req::imap_syntax_body_disposition, "FETCH 1 BODYSTRUCTURE", "...(\"attachment\" ...",
         "...(\"attachment\") (..."},
        {&req::imap_syntax_body_language, "FETCH 1 BODYSTRUCTURE", "...\"de\"...", "...()..."},
        {&req::imap_syntax_body_not_extensible, "FETCH 1 BODY", "* 1 FETCH (BODY (...))", "* 1 FETCH (BODY (... NIL))"},
        {&req::imap_syntax_flag_undefined, "SELECT ...", "* FLAGS (...", "* FLAGS (\\Undefined ..."},
        {&req::imap_text_utf8_unasked, "NOOP", "T OK ...", "T OK f\xc3\xbcr nichts"},
        {&req::imap_quoted_utf8_unasked, "ID ...", "* ID (\"name\" ...", "* ID (\"name\" \"m\xc3\xa4il\" \"and\" ..."},
    };
    return table;
}

} // namespace

std::vector<altered_answer> with_basics(std::span<const altered_answer> others) {
    std::vector<altered_answer> all(others.begin(), others.end());
    for (auto part : {of_commands(), of_numbers(), of_names(), of_rev2(), of_messages(), of_syntax()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace mailspec::serve::imap
