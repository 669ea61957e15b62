#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/message_set.hpp"
#include "harness/serve/imap/sharing.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

using flag_set = std::set<std::string, std::less<>>;

struct change {
    enum class kind { replace, add, remove } how = kind::replace;
    bool silent = false;
    flag_set flags;
};

change read_change(arguments& args) {
    change out;
    if (args.take('+'))
        out.how = change::kind::add;
    else if (args.take('-'))
        out.how = change::kind::remove;
    if (args.keyword("FLAGS.SILENT"))
        out.silent = true;
    else if (!args.keyword("FLAGS"))
        args.fail("a STORE item that does not exist");
    args.sp();
    if (args.next_is('(')) {
        out.flags = args.flag_list();
        return out;
    }
    do
        out.flags.insert(args.flag());
    while (args.take(' '));
    return out;
}

/// What a breach makes of the change.
void spoil(const conversation& c, change& ch) {
    const bool unheeded = (ch.how == change::kind::remove && c.breaks(req::imap_store_remove)) ||
                          (ch.silent && c.breaks(req::imap_store_silent_changes));
    if (ch.how == change::kind::replace && c.breaks(req::imap_store_replace))
        ch.how = change::kind::add;
    if (unheeded) {
        ch.how = change::kind::add;
        ch.flags.clear();
    }
}

/// The flags as they are after the change; those that the user may not change stay as they are.
flag_set changed(const conversation& c, const mailbox& box, const flag_set& now, const change& ch) {
    auto out = now;
    if (ch.how == change::kind::replace)
        std::erase_if(out, [&](const auto& flag) { return may_flag(c, box, flag); });
    for (const auto& f : ch.flags) {
        if (ch.how == change::kind::remove)
            out.erase(f);
        else
            out.insert(f);
    }
    return out;
}

void expunge_deleted(conversation& c, const command& cmd, const std::vector<std::uint32_t>& uids) {
    auto& box = c.view().box();
    const bool all = cmd.by == numbering::uid && c.breaks(req::imap_uidplus_uid_expunge_not_deleted);
    for (auto uid : uids)
        if (auto* m = box.find(uid); m && (all || m->flags.contains("\\Deleted")))
            box.expunge(uid, nullptr);
}

/// What no STORE may touch, and only another session sees.
void disturb(conversation& c, mailbox& box, std::uint32_t uid) {
    if (c.breaks(req::imap_uidnext))
        ++box.uid_next;
    if (c.breaks(req::imap_uid_persistent))
        ++box.uid_validity;
    if (c.breaks(req::imap_uidvalidity_grows))
        --box.uid_validity;
    if (auto* m = box.find(uid); m && c.breaks(req::imap_message_immutable))
        m->internal_date += std::chrono::seconds(1);
}

/// The breach: a flag that is set for one is set for all, and for the next message.
void mark_others(conversation& c, std::uint32_t index, const change& ch) {
    auto& view = c.view();
    const auto flags = changed(c, view.box(), view.at(index)->flags, ch);
    for (const auto& [name, other] : c.mail().accounts())
        if (other.get() != &c.who())
            for (const auto& m : other->inbox().messages())
                other->inbox().set_flags(m.uid, flags, nullptr);
    if (index + 1 < view.exists())
        view.set_flags(view.uids()[index + 1], changed(c, view.box(), view.at(index + 1)->flags, ch));
}

/// Takes out what the user may not change; gives why nothing is left to do, or nothing.
std::optional<reply> restrict(const conversation& c, const mailbox& box, change& ch) {
    const bool any = !ch.flags.empty();
    std::erase_if(ch.flags, [&](const auto& flag) { return !may_flag(c, box, flag); });
    if ((any && ch.flags.empty()) || !may_change(c, box))
        return reply::no("NOPERM", "you may not change these flags");
    const auto is_new = [&](const auto& flag) { return !flag.starts_with('\\') && !c.keywords().contains(flag); };
    const auto more = static_cast<std::size_t>(std::ranges::count_if(ch.flags, is_new));
    if (ch.how != change::kind::remove && c.keywords().size() + more > conversation::most_keywords)
        return reply::no("LIMIT", "too many keywords");
    return std::nullopt;
}

} // namespace

reply do_store(conversation& c, command& cmd) {
    cmd.args.sp();
    auto set = cmd.args.set();
    cmd.args.sp();
    auto ch = read_change(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    spoil(c, ch);
    auto& view = c.view();
    auto picked = pick_messages(c, set, cmd.by);
    if (!picked)
        return reply::bad("CLIENTBUG", "there is no message of that number");
    if (!view.writable() && !c.breaks(req::imap_flags_session_only))
        return reply::no("the mailbox is open for reading only");
    if (c.breaks(req::imap_permanentflags_new_keywords))
        std::erase_if(ch.flags, [](const std::string& f) { return !f.starts_with('\\'); });
    if (auto no = restrict(c, view.box(), ch))
        return *no;
    if (ch.how != change::kind::remove && !picked->empty())
        c.announce_keywords(ch.flags);
    bool missed = false;
    for (auto index : *picked) {
        auto uid = view.uids()[index];
        if (view.was_expunged(uid)) {
            missed = true;
            continue;
        }
        if (!c.breaks(req::imap_store_flags))
            view.set_flags(uid, changed(c, view.box(), view.at(index)->flags, ch));
        if (c.breaks(req::imap_store_other_messages))
            mark_others(c, index, ch);
        disturb(c, view.box(), uid);
        if (!ch.silent)
            c.tell_flags(uid, cmd.by);
    }
    return missed ? reply::no("EXPUNGEISSUED", "some of the messages are gone") : reply::ok("stored");
}

reply do_expunge(conversation& c, command& cmd) {
    sequence_set set{{{1, sequence_set::star}}};
    if (cmd.by == numbering::uid) {
        cmd.args.sp();
        set = saved_as_uids(c, cmd.args.set());
        if (c.breaks(req::imap_uidplus_uid_expunge))
            set = {{{1, sequence_set::star}}};
    }
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto& view = c.view();
    if (!view.writable())
        return reply::no("the mailbox is open for reading only");
    if (!may(c, view.box(), "e"))
        return reply::no("NOPERM", "you may not expunge here");
    if (c.breaks(req::imap_expunge_removes_deleted))
        return reply::ok("expunged, or so it is said");
    std::vector<std::uint32_t> uids;
    for (auto index : set.pick(view.uids()))
        uids.push_back(view.uids()[index]);
    expunge_deleted(c, cmd, uids);
    return reply::ok("expunged");
}

} // namespace mailspec::serve::imap
