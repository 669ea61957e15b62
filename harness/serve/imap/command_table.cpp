#include "harness/serve/imap/commands.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

constexpr unsigned not_authenticated = 1, authenticated = 2, selected = 4;
constexpr unsigned any = not_authenticated | authenticated | selected;
constexpr unsigned logged_in = authenticated | selected;

constexpr command_entry table[] = {
    {"APPEND", logged_in, news::all, do_append},
    {"AUTHENTICATE", not_authenticated, news::none, do_authenticate},
    {"CAPABILITY", any, news::all, do_capability},
    {"CHECK", selected, news::all, do_check},
    {"CLOSE", selected, news::none, do_close},
    {"COPY", selected, news::all, do_copy},
    {"CREATE", logged_in, news::all, do_create},
    {"DELETE", logged_in, news::all, do_delete},
    {"DELETEACL", logged_in, news::all, do_deleteacl},
    {"ENABLE", logged_in, news::all, do_enable},
    {"EXAMINE", logged_in, news::none, do_examine},
    {"EXPUNGE", selected, news::all, do_expunge},
    {"FETCH", selected, news::no_expunge, do_fetch},
    {"GETACL", logged_in, news::all, do_getacl},
    {"GETMETADATA", logged_in, news::all, do_getmetadata},
    {"GETQUOTA", logged_in, news::all, do_getquota},
    {"GETQUOTAROOT", logged_in, news::all, do_getquotaroot},
    {"ID", any, news::all, do_id},
    {"IDLE", logged_in, news::all, do_idle},
    {"LIST", logged_in, news::all, do_list},
    {"LISTRIGHTS", logged_in, news::all, do_listrights},
    {"LOGIN", not_authenticated, news::none, do_login},
    {"LOGOUT", any, news::none, do_logout},
    {"LSUB", logged_in, news::all, do_lsub},
    {"MOVE", selected, news::all, do_move},
    {"MYRIGHTS", logged_in, news::all, do_myrights},
    {"NAMESPACE", logged_in, news::all, do_namespace},
    {"NOOP", any, news::all, do_noop},
    {"RENAME", logged_in, news::all, do_rename},
    {"SEARCH", selected, news::no_expunge, do_search},
    {"SELECT", logged_in, news::none, do_select},
    {"SETACL", logged_in, news::all, do_setacl},
    {"SETMETADATA", logged_in, news::all, do_setmetadata},
    {"STARTTLS", not_authenticated, news::none, do_starttls},
    {"STATUS", logged_in, news::all, do_status},
    {"STORE", selected, news::no_expunge, do_store},
    {"SUBSCRIBE", logged_in, news::all, do_subscribe},
    {"UID COPY", selected, news::all, do_copy},
    {"UID EXPUNGE", selected, news::all, do_expunge},
    {"UID FETCH", selected, news::no_expunge, do_fetch},
    {"UID MOVE", selected, news::all, do_move},
    {"UID SEARCH", selected, news::no_expunge, do_search},
    {"UID STORE", selected, news::no_expunge, do_store},
    {"UNSELECT", selected, news::none, do_unselect},
    {"UNSUBSCRIBE", logged_in, news::all, do_unsubscribe},
};

} // namespace

std::span<const command_entry> command_table() { return table; }

const command_entry* find_command(std::string_view name) {
    auto it = std::ranges::lower_bound(table, name, {}, &command_entry::name);
    return it != std::ranges::end(table) && it->name == name ? it : nullptr;
}

} // namespace mailspec::serve::imap
