#include "harness/run/declared.hpp"

#include "harness/run/snapshot.hpp"

namespace mailspec::run {
namespace {

using kind = declared::kind;

std::string expand(const play& of, const match::text& text, const scenario::position& at) {
    match::outgoing out;
    of.expand(text, at, out);
    return std::move(out.octets);
}

std::string so_often(std::uint32_t times) { return times == 1 ? "" : ' ' + std::to_string(times) + " times"; }

std::string words_of(const declared& d, const std::string& flags) {
    switch (d.what) {
    case kind::adds_flags: return "gains " + flags;
    case kind::removes_flags: return "loses " + flags;
    case kind::sets_flags: return "has exactly (" + flags + ")";
    case kind::message_removed: return "is removed";
    case kind::message_copied: return "is copied to " + d.to;
    case kind::message_moved: return "is moved to " + d.to;
    case kind::message_added: return "is added" + so_often(d.times);
    case kind::mailbox_created: return "is created";
    case kind::mailbox_deleted: return "is deleted";
    case kind::mailbox_renamed: return "is renamed to " + d.to;
    case kind::mailbox_subscribed: return "is subscribed";
    case kind::mailbox_unsubscribed: return "is not subscribed";
    case kind::mail_delivered: return d.times == 1 ? "is delivered once" : "is delivered" + so_often(d.times);
    case kind::mail_not_delivered: return "is not delivered";
    }
    return {};
}

} // namespace

bool declared::brings(std::string_view whose, std::string_view place) const {
    switch (what) {
    case kind::message_copied:
    case kind::message_moved: return role == whose && to == place;
    case kind::message_added: return role == whose && mailbox == place;
    case kind::mail_delivered: return role == whose && (place == "INBOX" || place == "maildrop");
    default: return false;
    }
}

std::vector<declared> what_is_declared(const play& of, const watch& at, const scenario::effect& e) {
    std::vector<declared> out;
    for (const auto& c : e.changes) {
        declared d;
        d.what = c.kind;
        d.message = c.message;
        d.flags = flag_set(c.flags);
        d.role = c.role.empty() ? at.role : c.role;
        d.mailbox = expand(of, c.mailbox, c.where);
        if (d.mailbox.empty())
            d.mailbox = c.role.empty() ? at.home : "INBOX";
        d.to = expand(of, c.to, c.where);
        d.times = c.times;
        d.words = words_of(d, c.flags);
        d.line = c.where.line;
        d.proves = c.proves;
        out.push_back(std::move(d));
    }
    return out;
}

} // namespace mailspec::run
