#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/message_set.hpp"

namespace mailspec::serve::imap {

namespace {

using flag_set = std::set<std::string, std::less<>>;

constexpr std::size_t most_keywords = 1000;

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

flag_set changed(const flag_set& now, const change& ch) {
    auto out = ch.how == change::kind::replace ? flag_set{} : now;
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

/// The breach: a flag that is set for one is set for all.
void mark_for_others(conversation& c, const std::set<std::string, std::less<>>& flags) {
    for (const auto& [name, other] : c.mail().accounts())
        if (other.get() != &c.who())
            for (const auto& m : other->inbox().messages())
                other->inbox().set_flags(m.uid, flags, nullptr);
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
    if (c.keywords().size() + ch.flags.size() > most_keywords)
        return reply::no("LIMIT", "too many keywords");
    bool missed = false;
    for (auto index : *picked) {
        auto uid = view.uids()[index];
        if (view.was_expunged(uid)) {
            missed = true;
            continue;
        }
        if (!c.breaks(req::imap_store_flags))
            view.set_flags(uid, changed(view.at(index)->flags, ch));
        if (c.breaks(req::imap_store_other_messages)) {
            mark_for_others(c, changed(view.at(index)->flags, ch));
            if (index + 1 < view.exists())
                view.set_flags(view.uids()[index + 1], changed(view.at(index + 1)->flags, ch));
        }
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
    if (c.breaks(req::imap_expunge_removes_deleted))
        return reply::ok("expunged, or so it is said");
    std::vector<std::uint32_t> uids;
    for (auto index : set.pick(view.uids()))
        uids.push_back(view.uids()[index]);
    expunge_deleted(c, cmd, uids);
    return reply::ok("expunged");
}

} // namespace mailspec::serve::imap
