#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/writer.hpp"

#include <optional>

// Who may do what with a mailbox: RFC 4314.

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t most_entries = 100;

/// Reads the mailbox name; null where there is none that the user may administer.
mailbox* read_mailbox(conversation& c, command& cmd) {
    cmd.args.sp();
    auto* box = find_mailbox(c, cmd.args.mailbox());
    return box && may(c, *box, "a") ? box : nullptr;
}

reply no_such_mailbox() { return reply::no("NONEXISTENT", "no such mailbox"); }

/// The rights as they are told, those of RFC 2086 with them (section 2.1.1).
std::string told(std::string rights) {
    if (rights.find_first_of("te") != rights.npos)
        rights += 'd';
    if (rights.find_first_of("kx") != rights.npos)
        rights += 'c';
    return rights;
}

/// The rights that are asked for: those of RFC 2086 as what they stand for, each once. Nothing: there is no such right.
std::optional<std::string> read_rights(std::string_view asked) {
    std::string wanted;
    for (const char right : asked) {
        if (right == 'd')
            wanted += "te";
        else if (right == 'c')
            wanted += "kx";
        else if (all_rights.find(right) != all_rights.npos)
            wanted += right;
        else
            return std::nullopt;
    }
    std::string out;
    for (const char right : all_rights)
        if (wanted.find(right) != wanted.npos)
            out += right;
    return out;
}

/// What that identifier has after it is granted these rights, or after they are added or taken away.
std::string modified(std::string_view has, char how, std::string_view rights) {
    std::string out;
    for (const char right : rights_of_others) {
        const bool had = has.find(right) != has.npos, named = rights.find(right) != rights.npos;
        if (how == '+' ? had || named : how == '-' ? had && !named : named)
            out += right;
    }
    return out;
}

/// Whether nobody is called so: empty, or a negative right, of which there are none here.
bool is_odd(std::string_view identifier) { return identifier.empty() || identifier.starts_with('-'); }

/// Whose rights on which mailbox.
struct entry {
    mailbox* box = nullptr;
    std::string who;
};

/// Reads "mailbox identifier"; where that leads nowhere, gives the reply that says so.
std::optional<reply> read_entry(conversation& c, command& cmd, entry& out) {
    out.box = read_mailbox(c, cmd);
    cmd.args.sp();
    out.who = cmd.args.astring();
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (is_odd(out.who))
        return reply::bad("nobody is called so");
    if (!out.box)
        return no_such_mailbox();
    return std::nullopt;
}

/// Begins an untagged response about a mailbox.
void put_about(conversation& c, std::string_view response, const mailbox& box) {
    c.out().append("* ").append(response).append(" ");
    put_string(c.out(), c.shown_name(name_of(c, box)));
}

} // namespace

reply do_setacl(conversation& c, command& cmd) {
    auto* box = read_mailbox(c, cmd);
    cmd.args.sp();
    const auto who = cmd.args.astring();
    cmd.args.sp();
    auto change = cmd.args.astring();
    if (!cmd.args.done())
        return syntax_error(cmd);
    const char how = change.starts_with('+') || change.starts_with('-') ? change.front() : '=';
    const auto rights = read_rights(std::string_view(change).substr(how == '=' ? 0 : 1));
    if (!rights || is_odd(who))
        return reply::bad(rights ? "nobody is called so" : "a right that does not exist");
    if (!box)
        return no_such_mailbox();
    if (who == box->owner->user)
        return reply::no("CANNOT", "the owner has all rights");
    if (!box->rights.contains(who) && box->rights.size() >= most_entries)
        return reply::no("LIMIT", "too many entries");
    auto& has = box->rights[who];
    has = modified(has, how, *rights);
    return reply::ok("granted");
}

reply do_deleteacl(conversation& c, command& cmd) {
    entry e;
    if (auto no = read_entry(c, cmd, e))
        return *no;
    e.box->rights.erase(e.who);
    return reply::ok("granted no more");
}

reply do_getacl(conversation& c, command& cmd) {
    const auto* box = read_mailbox(c, cmd);
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!box)
        return no_such_mailbox();
    put_about(c, "ACL", *box);
    auto all = box->rights;
    all[box->owner->user] = all_rights;
    for (const auto& [who, rights] : all) {
        put_string(c.out() += ' ', who);
        put_string(c.out() += ' ', told(rights));
    }
    c.out() += "\r\n";
    return reply::ok("that is who may");
}

reply do_listrights(conversation& c, command& cmd) {
    entry e;
    if (auto no = read_entry(c, cmd, e))
        return *no;
    put_about(c, "LISTRIGHTS", *e.box);
    put_string(c.out() += ' ', e.who);
    const bool is_owner = e.who == e.box->owner->user;
    put_string(c.out() += ' ', is_owner ? told(std::string(all_rights)) : std::string());
    for (const char right : is_owner ? std::string() : told(std::string(rights_of_others)))
        (c.out() += ' ') += right;
    c.out() += "\r\n";
    return reply::ok("that is what can be granted");
}

reply do_myrights(conversation& c, command& cmd) {
    cmd.args.sp();
    const auto* box = find_mailbox(c, cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!box)
        return no_such_mailbox();
    std::string rights;
    for (const char right : all_rights)
        if (may(c, *box, {&right, 1}))
            rights += right;
    put_about(c, "MYRIGHTS", *box);
    put_string(c.out() += ' ', told(rights));
    c.out() += "\r\n";
    return reply::ok("that is what you may do");
}

} // namespace mailspec::serve::imap
