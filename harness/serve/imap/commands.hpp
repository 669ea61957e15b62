#pragma once

#include "harness/rfc/catalogue.hpp"
#include "harness/serve/imap/arguments.hpp"
#include "harness/serve/imap/conversation.hpp"
#include "harness/serve/imap/reply.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

namespace req = rfc::req;

/// One command on its way: its name taken off, its arguments still to be read.
struct command {
    std::string_view tag;
    arguments args;
    std::string_view line = {}; ///< all of it but the tag, as the client wrote it
    numbering by = numbering::sequence;
};

/// One row of the table of commands.
struct command_entry {
    std::string_view name; ///< "FETCH", "UID FETCH"
    unsigned states;       ///< conversation::state values, or-ed: where it may be used
    news after;            ///< what is told before its tagged response
    reply (*run)(conversation&, command&);
};

/// Every command this server takes, ascending by name.
std::span<const command_entry> command_table();
const command_entry* find_command(std::string_view name);

/// The capabilities of this moment, a space between: what the table below has, by state.
std::string capabilities(const conversation& c);

/// One capability and the commands it promises; the announced ones are made of these rows, and a test holds
/// them against the table of commands.
struct capability_entry {
    std::string_view name;
    enum class shown { always, before_login, before_tls } when;
    std::string_view commands; ///< a space between; "_" for a space inside ("UID_EXPUNGE")
};
std::span<const capability_entry> capability_table();

/// Whether that capability is announced here, by state of the session.
bool is_announced(const conversation& c, std::string_view capability);

/// Whether a capability that is announced here brings that command.
bool is_known(const conversation& c, std::string_view command);

/// The reply to arguments that do not parse.
reply syntax_error(const command& c);

// Any state: commands_any.cpp
reply do_capability(conversation&, command&);
reply do_noop(conversation&, command&);
reply do_logout(conversation&, command&);
reply do_id(conversation&, command&);

// Before login: commands_login.cpp
reply do_starttls(conversation&, command&);
reply do_login(conversation&, command&);
reply do_authenticate(conversation&, command&);

// After login: commands_select.cpp
reply do_select(conversation&, command&);
reply do_examine(conversation&, command&);
reply do_unselect(conversation&, command&);
reply do_close(conversation&, command&);
reply do_check(conversation&, command&);
reply do_enable(conversation&, command&);
reply do_idle(conversation&, command&);

// commands_mailbox.cpp
reply do_create(conversation&, command&);
reply do_delete(conversation&, command&);
reply do_rename(conversation&, command&);
reply do_subscribe(conversation&, command&);
reply do_unsubscribe(conversation&, command&);

// commands_list.cpp
reply do_list(conversation&, command&);
reply do_lsub(conversation&, command&);
/// Appends the LIST response of one mailbox.
void tell_mailbox(conversation& c, const mailbox& box);
/// Appends a LIST with OLDNAME where the command was given that name in another form than the normal one.
void tell_normalized(conversation& c, std::string_view command, std::string_view written);
reply do_namespace(conversation&, command&);
reply do_status(conversation&, command&);

// commands_acl.cpp, commands_metadata.cpp, commands_quota.cpp
reply do_setacl(conversation&, command&);
reply do_deleteacl(conversation&, command&);
reply do_getacl(conversation&, command&);
reply do_listrights(conversation&, command&);
reply do_myrights(conversation&, command&);
reply do_getmetadata(conversation&, command&);
reply do_setmetadata(conversation&, command&);
reply do_getquota(conversation&, command&);
reply do_getquotaroot(conversation&, command&);

// commands_append.cpp, commands_fetch.cpp, commands_store.cpp, commands_copy.cpp, commands_search.cpp
reply do_append(conversation&, command&);
reply do_fetch(conversation&, command&);
reply do_store(conversation&, command&);
reply do_expunge(conversation&, command&);
reply do_copy(conversation&, command&);
reply do_move(conversation&, command&);
reply do_search(conversation&, command&);

} // namespace mailspec::serve::imap
