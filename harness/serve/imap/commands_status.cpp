#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/status_items.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

std::uint64_t status_of(const mailbox& box, std::string_view item) {
    const auto& all = box.messages();
    if (item == "MESSAGES")
        return all.size();
    if (item == "UIDNEXT")
        return box.uid_next;
    if (item == "UIDVALIDITY")
        return box.uid_validity;
    std::uint64_t sum = 0;
    for (const auto& m : all) {
        if (item == "SIZE")
            sum += m.octets->size();
        else if (item == "DELETED")
            sum += m.flags.contains("\\Deleted");
        else if (item == "RECENT")
            sum += m.uid >= box.recent_from;
        else
            sum += !m.flags.contains("\\Seen");
    }
    return sum;
}

std::uint64_t spoilt_status(const conversation& c, const mailbox& box, std::string_view item) {
    const bool falls = (c.breaks(req::imap_uidnext_no_fall) && item == "UIDNEXT") ||
                       (c.breaks(req::imap_uidvalidity_grows) && item == "UIDVALIDITY");
    return falls ? 1 : status_of(box, item) + (c.breaks(req::imap_status) ? 1 : 0);
}

} // namespace

std::vector<std::string> read_status_items(arguments& args) {
    static constexpr std::string_view known[] = {"MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY",
                                                 "UNSEEN",   "SIZE",   "DELETED"};
    std::vector<std::string> items;
    args.expect('(');
    do {
        auto item = in_capitals(args.atom());
        if (std::ranges::find(known, item) == std::ranges::end(known))
            args.fail("a status item that does not exist");
        if (std::ranges::find(items, item) == items.end())
            items.push_back(std::move(item));
    } while (args.take(' '));
    args.expect(')');
    return items;
}

void put_status(conversation& c, const mailbox& box, std::string_view name, const std::vector<std::string>& items) {
    c.out() += "* STATUS ";
    put_string(c.out(), c.shown_name(name));
    c.out() += " (";
    for (const auto& item : items) {
        c.out() += item;
        c.out() += ' ';
        put_number(c.out(), spoilt_status(c, box, item));
        c.out() += ' ';
    }
    c.out().back() = ')';
    c.out() += "\r\n";
}

reply do_status(conversation& c, command& cmd) {
    cmd.args.sp();
    auto name = c.breaks(req::imap_inbox_any_case) ? cmd.args.astring() : cmd.args.mailbox();
    cmd.args.sp();
    auto items = read_status_items(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto* box = find_mailbox(c, name);
    const bool other_case = box && box->name == "INBOX" && name != "INBOX";
    const bool selected = c.has_view() && &c.view().box() == box;
    if (selected && c.breaks(req::imap_status_selected))
        return reply::no("CANNOT", "that is the one that is selected");
    if (!box || !box->selectable || other_case)
        return reply::no("NONEXISTENT", "no such mailbox");
    if (!may(c, *box, "r"))
        return reply::no("NOPERM", "you may not look into that mailbox");
    put_status(c, *box, name, items);
    if (c.breaks(req::imap_status_no_effect))
        c.deselect();
    return reply::ok("the status");
}

} // namespace mailspec::serve::imap
