#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/message_set.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/writer.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace mailspec::serve::imap {

namespace {

struct transfer {
    mailbox* to = nullptr;
    std::vector<std::uint32_t> uids; ///< of the messages to take, ascending
};

/// Reads "set mailbox"; where that leads nowhere, gives the reply that says so.
std::optional<reply> read_transfer(conversation& c, command& cmd, transfer& out) {
    cmd.args.sp();
    auto set = cmd.args.set();
    cmd.args.sp();
    auto name = cmd.args.mailbox();
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto picked = pick_messages(c, set, cmd.by);
    if (!picked) {
        if (auto* to = find_mailbox(c, name); to && c.view().exists() > 0 && c.breaks(req::imap_copy_atomic))
            to->add(*c.view().at(0), nullptr);
        return reply::bad("CLIENTBUG", "there is no message of that number");
    }
    for (auto index : *picked)
        out.uids.push_back(c.view().uids()[index]);
    out.to = find_mailbox(c, name);
    if (!out.to && c.breaks(req::imap_copy_creates_none))
        out.to = &c.who().create_mailbox(name, c.mail().next_uid_validity());
    if (!out.to || !out.to->selectable)
        return reply::no("TRYCREATE", "no such mailbox");
    if (!may(c, *out.to, "i"))
        return reply::no("NOPERM", "you may put nothing there");
    if (std::ranges::any_of(out.uids, [&](auto uid) { return c.view().was_expunged(uid); }))
        return reply::no("EXPUNGEISSUED", "some of the messages are gone");
    if (out.to->messages().size() + out.uids.size() > mailbox::most_messages)
        return reply::no("OVERQUOTA", "the mailbox is full");
    return std::nullopt;
}

/// Copies the messages and gives the code: COPYUID validity from to (RFC 4315 section 3); empty for none.
std::string copy(conversation& c, const transfer& t, const rfc::requirement& preserves) {
    if (t.uids.empty())
        return {};
    std::vector<std::uint32_t> made;
    for (auto uid : t.uids) {
        auto m = *c.view().at(c.view().number_of(uid) - 1);
        std::erase_if(m.flags, [&](const auto& flag) { return !may_flag(c, *t.to, flag); });
        if (c.breaks(preserves))
            m.flags.clear();
        if (&preserves == &req::imap_move_preserves && c.breaks(req::imap_move_not_deleted))
            m.flags.insert("\\Deleted");
        made.push_back(t.to->add(std::move(m), nullptr));
    }
    if (!tells_uids(c, *t.to))
        return {};
    std::string code = "COPYUID ";
    put_number(code, t.to->uid_validity);
    code += ' ';
    put_set(code, t.uids);
    code += ' ';
    put_set(code, made);
    return code;
}

/// Takes the messages that were moved out of their mailbox.
void remove_moved(conversation& c, std::span<const std::uint32_t> uids) {
    auto& box = c.view().box();
    for (auto uid : uids)
        box.expunge(uid, nullptr);
    if (!c.breaks(req::imap_move_other_messages))
        return;
    const auto left = box.messages();
    for (const auto& m : left)
        if (m.flags.contains("\\Deleted"))
            box.expunge(m.uid, nullptr);
}

} // namespace

reply do_copy(conversation& c, command& cmd) {
    transfer t;
    if (auto r = read_transfer(c, cmd, t))
        return *r;
    auto code = copy(c, t, req::imap_copy_preserves);
    if (c.breaks(req::imap_copy_recent))
        t.to->recent_from = t.to->uid_next;
    if (c.breaks(req::imap_copy))
        for (auto uid : t.uids)
            c.view().set_flags(uid, {"\\Deleted"});
    return reply::ok(std::move(code), "copied");
}

// RFC 6851 section 4.3: COPYUID comes in an untagged OK, before the EXPUNGE responses.
reply do_move(conversation& c, command& cmd) {
    transfer t;
    if (auto r = read_transfer(c, cmd, t)) {
        if (c.breaks(req::imap_move_none_lost))
            remove_moved(c, t.uids);
        return *r;
    }
    if (t.to == &c.view().box() && c.breaks(req::imap_move_same_mailbox))
        return reply::bad("it is there already");
    if (!c.view().writable())
        return reply::no("the mailbox is open for reading only");
    if (!may(c, c.view().box(), "te") && !c.breaks(req::imap_move_rights))
        return reply::no("NOPERM", "you may take nothing away from here");
    auto code = copy(c, t, req::imap_move_preserves);
    if (!code.empty())
        c.out() += "* OK [" + code + "] moved\r\n";
    if (c.breaks(req::imap_move))
        return reply::ok("moved, or so it is said");
    if (!t.uids.empty() && c.breaks(req::imap_move_not_both))
        t.uids.pop_back();
    remove_moved(c, t.uids);
    return reply::ok("moved");
}

} // namespace mailspec::serve::imap
