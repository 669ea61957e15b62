#include "harness/observe/imap/command_kind.hpp"

#include "harness/observe/words.hpp"
#include "harness/wire/imap/octets.hpp"

namespace mailspec::observe::imap {
namespace {

using enum command_kind;

struct named {
    std::string_view name;
    command_kind plain;
    command_kind by_uid = other;
};

constexpr named names[] = {
    {"NOOP", noop},
    {"FETCH", fetch, uid_fetch},
    {"STORE", store, uid_store},
    {"SEARCH", search, uid_search},
    {"APPEND", append},
    {"SELECT", select},
    {"EXAMINE", examine},
    {"IDLE", idle},
    {"LOGIN", login},
    {"LOGOUT", logout},
    {"STATUS", status},
    {"LIST", list},
    {"LSUB", lsub},
    {"CAPABILITY", capability},
    {"AUTHENTICATE", authenticate},
    {"CHECK", check},
    {"CLOSE", close},
    {"UNSELECT", unselect},
    {"EXPUNGE", expunge, uid_expunge},
    {"COPY", copy, uid_copy},
    {"MOVE", move, uid_move},
    {"CREATE", create},
    {"DELETE", delete_},
    {"RENAME", rename},
    {"SUBSCRIBE", subscribe},
    {"UNSUBSCRIBE", unsubscribe},
    {"NAMESPACE", namespace_},
    {"ID", id},
    {"ENABLE", enable},
    {"NOTIFY", notify},
    {"STARTTLS", starttls},
};

} // namespace

command_kind take_command(std::string_view& words) {
    auto name = take_until(words, " ");
    const bool by_uid = wire::imap::same_ci(name, "UID");
    if (by_uid)
        name = take_until(words, " ");
    for (const auto& each : names)
        if (wire::imap::same_ci(each.name, name))
            return by_uid ? each.by_uid : each.plain;
    return other;
}

} // namespace mailspec::observe::imap
