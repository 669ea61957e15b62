#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/special_use.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/mail/utf7.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t most_mailboxes = 10'000;
constexpr std::size_t longest_name = 255;

/// Whether a character is composed of a letter and a mark, for which Net-Unicode may have one character.
bool is_denormalized(std::string_view utf7) {
    const auto name = wire::mail::utf7_decode(utf7);
    return name && (name->find('\xcc') != name->npos || name->find('\xcd') != name->npos);
}

/// Says why the name cannot be a mailbox's; empty: it can.
std::string_view unfit(const conversation& c, std::string_view name) {
    if (name.empty() || name.size() > longest_name)
        return "a mailbox name has 1 to 255 octets";
    if (name.starts_with('/') || name.ends_with('/') || name.find("//") != name.npos)
        return "a part of the name is empty";
    if (std::ranges::any_of(name, [](char each) {
            const auto octet = static_cast<unsigned char>(each);
            return octet < 0x20 || octet == 0x7f || each == '*' || each == '%';
        }))
        return "a character that no mailbox name may have";
    if (c.is_rev2() && is_denormalized(name))
        return "not Net-Unicode";
    const bool ascii = wire::imap::is_ascii(name);
    if (c.breaks(ascii ? req::imap_create_utf7_verified : req::imap_create_eight_bit))
        return {};
    return wire::mail::is_utf7(name) ? std::string_view{} : "not modified UTF-7";
}

/// Why nobody here makes, deletes or renames other users' mailboxes.
reply not_of_others() { return reply::no("NOPERM", "mailboxes of others are theirs to make and delete"); }

bool has_children(account& who, std::string_view name) {
    auto prefix = std::string(name) + "/";
    auto it = who.mailboxes.lower_bound(prefix);
    return it != who.mailboxes.end() && it->first.starts_with(prefix);
}

void make_parents(conversation& c, std::string_view name) {
    for (auto slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1))
        if (auto parent = name.substr(0, slash); !c.who().find_mailbox(parent))
            c.who().create_mailbox(std::string(parent), c.mail().next_uid_validity());
}

/// INBOX is one name in any case, also where it is the first part of a longer one.
std::string with_inbox(std::string name) {
    if (same(std::string_view(name).substr(0, 6), "INBOX/"))
        name.replace(0, 5, "INBOX");
    return name;
}

/// RENAME of INBOX moves its messages and leaves it empty (RFC 3501 section 6.3.5).
void move_inbox(conversation& c, std::string to) {
    auto& inbox = c.who().inbox();
    auto& target = c.who().create_mailbox(std::move(to), c.mail().next_uid_validity());
    auto messages = inbox.messages();
    for (auto& m : messages) {
        auto uid = m.uid;
        target.add(std::move(m), nullptr);
        if (!c.breaks(req::imap_rename_inbox))
            inbox.expunge(uid, nullptr);
    }
}

/// "(USE (\Drafts \Sent))" (RFC 6154 section 3): the uses, a space between; nothing where no such parameter came.
std::optional<std::string> read_uses(arguments& args) {
    if (!args.take(' '))
        return std::nullopt;
    args.expect('(');
    if (!args.keyword("USE"))
        args.fail("a parameter of CREATE that does not exist");
    args.sp();
    args.expect('(');
    std::string uses;
    for (bool first = true; !args.failed() && !args.next_is(')'); first = false) {
        if (!first)
            args.sp();
        args.expect('\\');
        uses.append(first ? "\\" : " \\").append(args.atom());
    }
    args.expect(')');
    args.expect(')');
    return uses;
}

bool reuses_uids(const conversation& c) {
    return c.breaks(req::imap_uid_new_mailbox) || c.breaks(req::imap_rename_uid_not_reused);
}

/// Where the breach of that says so, a new mailbox is subscribed, and announced without a word of it.
void subscribe_unasked(conversation& c, const mailbox& box) {
    if (!c.breaks(req::imap_create_announced_subscribed))
        return;
    c.who().subscriptions.insert(box.name);
    c.out() += "* LIST () \"/\" \"" + box.name + "\"\r\n";
}

std::vector<std::string> names_below(account& who, std::string_view name) {
    std::vector<std::string> below;
    auto prefix = std::string(name) + "/";
    for (auto it = who.mailboxes.lower_bound(prefix); it != who.mailboxes.end() && it->first.starts_with(prefix); ++it)
        below.push_back(it->first);
    return below;
}

void rename_below(account& who, std::string_view from, const std::string& to) {
    for (const auto& name : names_below(who, from))
        who.rename_mailbox(name, to + name.substr(from.size()));
}

} // namespace

reply do_create(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = with_inbox(cmd.args.mailbox());
    const auto uses = is_announced(c, "CREATE-SPECIAL-USE") ? read_uses(cmd.args) : std::nullopt;
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (name.size() > 1 && name.ends_with('/')) {
        if (c.breaks(req::imap_create_trailing_delimiter))
            return reply::ok("created, or so it is said");
        name.pop_back();
    }
    if (name.starts_with(others_prefix))
        return not_of_others();
    if (auto why = unfit(c, name); !why.empty())
        return reply::no("CANNOT", std::string(why));
    auto* box = c.who().find_mailbox(name);
    if (box && box->selectable)
        return reply::no("ALREADYEXISTS", "there is one of that name");
    if (c.who().mailboxes.size() >= most_mailboxes)
        return reply::no("LIMIT", "too many mailboxes");
    const bool can_be = can_have(uses.value_or(""));
    if (!can_be && !c.breaks(req::imap_special_use_create_makes_none))
        return reply::no("USEATTR", "a use that no mailbox can have here");
    if (c.breaks(req::imap_create) || (uses && c.breaks(req::imap_special_use_create)))
        return reply::ok("created, or so it is said");
    if (!c.breaks(req::imap_create_superiors) && !c.breaks(req::imap_list_nonexistent_parent))
        make_parents(c, name);
    if (box)
        box->selectable = true;
    else
        box = &c.who().create_mailbox(std::move(name), reuses_uids(c) ? 1 : c.mail().next_uid_validity());
    if (uses)
        box->special_use = *uses;
    subscribe_unasked(c, *box);
    return can_be ? reply::ok("created") : reply::no("USEATTR", "a use that no mailbox can have here");
}

reply do_delete(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = with_inbox(cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto* box = find_mailbox(c, name);
    if (!box)
        return reply::no("NONEXISTENT", "no such mailbox");
    if (box->owner != &c.who())
        return not_of_others();
    if (name == "INBOX")
        return reply::no("CANNOT", "INBOX stays");
    bool parent = has_children(c.who(), name);
    if (parent && !box->selectable)
        return reply::no("HASCHILDREN", "there are mailboxes below it");
    if (c.breaks(req::imap_delete))
        return reply::ok("deleted, or so it is said");
    if (c.breaks(req::imap_delete_messages)) {
        box->selectable = false; // until it is created again
        return reply::ok("deleted");
    }
    if (c.has_view() && !c.view().gone() && &c.view().box() == box)
        c.deselect();
    c.who().delete_mailbox(name);
    if (c.breaks(req::imap_delete_inferiors))
        for (const auto& below : names_below(c.who(), name))
            c.who().delete_mailbox(below);
    if (c.breaks(req::imap_subscribe_kept))
        c.who().subscriptions.erase(name);
    if (parent)
        c.who().create_mailbox(std::move(name), c.mail().next_uid_validity()).selectable =
            c.breaks(req::imap_delete_noselect);
    if (c.breaks(req::imap_close_bye))
        c.log_out(); // the connection ends, and nobody says so
    return reply::ok("deleted");
}

reply do_rename(conversation& c, command& cmd) {
    cmd.args.sp();
    auto from = with_inbox(cmd.args.mailbox());
    cmd.args.sp();
    auto to = with_inbox(cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (to.size() > 1 && to.ends_with('/'))
        to.pop_back();
    if (!find_mailbox(c, from))
        return reply::no("NONEXISTENT", "no such mailbox");
    if (from.starts_with(others_prefix) || to.starts_with(others_prefix))
        return not_of_others();
    if (c.who().find_mailbox(to)) {
        if (c.breaks(req::imap_status_no_change))
            c.who().create_mailbox(to + "-too", c.mail().next_uid_validity());
        return reply::no("ALREADYEXISTS", "there is one of that name");
    }
    if (auto why = unfit(c, to); !why.empty())
        return reply::no("CANNOT", std::string(why));
    if (to.starts_with(from + "/"))
        return reply::no("CANNOT", "a mailbox cannot go below itself");
    if (c.breaks(req::imap_rename))
        return reply::ok("renamed, or so it is said");
    if (c.breaks(req::imap_subscribe_kept))
        c.who().subscriptions.erase(from);
    if (!c.breaks(req::imap_rename_superiors))
        make_parents(c, to);
    if (from == "INBOX") {
        if (c.breaks(req::imap_rename_inbox_inferiors))
            rename_below(c.who(), from, to);
        move_inbox(c, std::move(to));
    } else {
        c.who().rename_mailbox(from, to);
        if (!c.breaks(req::imap_rename_inferiors))
            rename_below(c.who(), from, to);
    }
    return reply::ok("renamed");
}

reply do_subscribe(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = with_inbox(cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (auto why = unfit(c, name); !why.empty())
        return reply::no("CANNOT", std::string(why));
    if (c.who().subscriptions.size() >= most_mailboxes)
        return reply::no("LIMIT", "too many subscriptions");
    if (c.who().subscriptions.contains(name) && c.breaks(req::imap_subscribe_again))
        return reply::bad("subscribed already");
    if (!c.breaks(req::imap_subscribe))
        c.who().subscriptions.insert(std::move(name));
    return reply::ok("subscribed");
}

reply do_unsubscribe(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = with_inbox(cmd.args.mailbox());
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!c.who().subscriptions.contains(name) && c.breaks(req::imap_unsubscribe_unsubscribed))
        return reply::bad("not subscribed");
    if (!c.breaks(req::imap_unsubscribe))
        c.who().subscriptions.erase(name);
    return reply::ok("unsubscribed");
}

} // namespace mailspec::serve::imap
