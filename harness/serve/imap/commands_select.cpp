#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/writer.hpp"

namespace mailspec::serve::imap {

namespace {

constexpr std::string_view unsafe_login = " Unsafe Login. Please contact kefu@188.com for help";

std::uint32_t first_unseen(mailbox_view& view) {
    for (std::uint32_t i = 0; i < view.exists(); ++i)
        if (!view.at(i)->flags.contains("\\Seen"))
            return i + 1;
    return 0;
}

void put_line(conversation& c, std::string_view before, std::uint64_t n, std::string_view after) {
    c.out() += before;
    put_number(c.out(), n);
    c.out() += after;
    c.out() += "\r\n";
}

void put_mailbox_data(conversation& c) {
    auto& view = c.view();
    auto& box = view.box();
    if (!c.breaks(req::imap_select_untagged_data))
        c.announce_flags();
    put_line(c, "* ", view.exists(), " EXISTS");
    if (!c.is_rev2())
        put_line(c, "* ", view.recent_count(), " RECENT");
    if (auto n = c.is_rev2() ? 0 : first_unseen(view))
        put_line(c, "* OK [UNSEEN ", n, "] the first unseen message");
    if (!c.breaks(req::imap_select_uidvalidity))
        put_line(c, "* OK [UIDVALIDITY ", box.uid_validity, "] UIDs are valid");
    put_line(c, "* OK [UIDNEXT ", box.uid_next, "] the next UID");
    if (c.is_rev2())
        tell_mailbox(c, box);
}

void expunge_all_deleted(mailbox_view& view) {
    std::vector<std::uint32_t> going;
    for (const auto& m : view.box().messages())
        if (m.flags.contains("\\Deleted"))
            going.push_back(m.uid);
    for (auto uid : going)
        view.box().expunge(uid, &view);
}

reply open(conversation& c, command& cmd, mailbox_view::access how) {
    cmd.args.sp();
    auto name = cmd.args.mailbox();
    if (!cmd.args.done())
        return syntax_error(cmd);
    const bool stays = c.has_view() && c.breaks(req::imap_select_switches);
    if (c.has_view() && c.view().writable() && c.breaks(req::imap_close_implicit))
        expunge_all_deleted(c.view());
    if (c.is_rev2() && c.has_view())
        c.out() += "* OK [CLOSED] the mailbox that was selected is no more\r\n";
    if (!stays && !c.breaks(req::imap_select_failed_deselects))
        c.deselect();
    if (c.plays().has(provider::id_before_select) && !c.is_introduced())
        return reply::no(how == mailbox_view::access::read_only ? "EXAMINE" + std::string(unsafe_login)
                                                                : "SELECT" + std::string(unsafe_login));
    if (c.breaks(req::imap_id_no_refusal) && c.is_introduced())
        return reply::no("clients of that name are not served");
    auto* box = find_mailbox(c, name);
    if (!box && c.breaks(req::imap_select_nonexistent))
        box = &c.who().create_mailbox(name, c.mail().next_uid_validity());
    if (!box)
        return reply::no("NONEXISTENT", "no such mailbox");
    if (!box->selectable)
        return reply::no("CANNOT", "this name is no mailbox, only a place for others below it");
    if (!may(c, *box, "r"))
        return reply::no("NOPERM", "you may not look into that mailbox");
    if (!may_change(c, *box))
        how = mailbox_view::access::read_only;
    bool read_only = how == mailbox_view::access::read_only;
    if (!read_only && c.breaks(req::imap_uid_persistent))
        ++box->uid_validity;
    if (!stays)
        c.select(*box, c.breaks(req::imap_examine_read_only) ? mailbox_view::access::read_write : how);
    put_mailbox_data(c);
    if (read_only)
        return reply::ok("READ-ONLY", "selected");
    return reply::ok("READ-WRITE", "selected");
}

} // namespace

reply do_select(conversation& c, command& cmd) { return open(c, cmd, mailbox_view::access::read_write); }

reply do_examine(conversation& c, command& cmd) { return open(c, cmd, mailbox_view::access::read_only); }

reply do_unselect(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (c.breaks(req::imap_unselect))
        expunge_all_deleted(c.view());
    if (!c.breaks(req::imap_unselect_state))
        c.deselect();
    return reply::ok("unselected");
}

reply do_close(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    const bool expunges = c.view().writable() && may(c, c.view().box(), "e");
    if (expunges ? !c.breaks(req::imap_close) : c.breaks(req::imap_close_read_only))
        expunge_all_deleted(c.view());
    if (c.breaks(req::imap_close_expunges_silently))
        c.out() += "* 1 EXPUNGE\r\n";
    c.deselect();
    return reply::ok("closed");
}

reply do_check(conversation&, command& cmd) { return cmd.args.done() ? reply::ok("checked") : syntax_error(cmd); }

// RFC 5161 section 3.1: names that are not known, or cannot be enabled, are passed over.
reply do_enable(conversation& c, command& cmd) {
    bool rev2 = false;
    do {
        cmd.args.sp();
        rev2 |= same(cmd.args.atom(), "IMAP4rev2");
    } while (cmd.args.next_is(' '));
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (!c.breaks(req::imap_enable))
        c.out() += rev2 ? "* ENABLED IMAP4rev2\r\n" : "* ENABLED\r\n";
    if (rev2)
        c.enable_rev2();
    c.note_enabled();
    return reply::ok("enabled what can be");
}

reply do_idle(conversation& c, command& cmd) {
    if (!cmd.args.done())
        return syntax_error(cmd);
    if (c.breaks(req::imap_idle))
        return reply::bad("no time to idle");
    c.out() += "+ idling\r\n";
    c.set_idling(conversation::idling::yes);
    c.tell(news::all, numbering::sequence);
    c.await_line([&c](std::string_view line) {
        c.set_idling(conversation::idling::no);
        return same(line, "DONE") ? reply::ok("no longer idle") : reply::bad("only DONE ends IDLE");
    });
    return reply::later();
}

} // namespace mailspec::serve::imap
