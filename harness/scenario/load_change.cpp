#include "harness/match/functions.hpp"
#include "harness/match/near_name.hpp"
#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailspec::scenario {

namespace {

using namespace std::chrono_literals;
using kind = decltype(change::kind);

/// What a <change> can say: by which attribute, of what kind its value is, and what it is said of.
struct saying {
    const char* attribute;
    kind what;
    enum class value { flags, flags_or_none, mailbox, yes, yes_or_no } takes;
    enum class subject { message, place, mailbox, role } of;
};
using value = saying::value;
using subject = saying::subject;

constexpr std::array all_sayings{
    saying{"adds", kind::adds_flags, value::flags, subject::message},
    saying{"removes", kind::removes_flags, value::flags, subject::message},
    saying{"sets", kind::sets_flags, value::flags_or_none, subject::message},
    saying{"removed", kind::message_removed, value::yes, subject::message},
    saying{"copied", kind::message_copied, value::mailbox, subject::message},
    saying{"moved", kind::message_moved, value::mailbox, subject::message},
    saying{"added", kind::message_added, value::yes, subject::place},
    saying{"created", kind::mailbox_created, value::yes, subject::mailbox},
    saying{"deleted", kind::mailbox_deleted, value::yes, subject::mailbox},
    saying{"renamed", kind::mailbox_renamed, value::mailbox, subject::mailbox},
    saying{"subscribed", kind::mailbox_subscribed, value::yes, subject::mailbox},
    saying{"unsubscribed", kind::mailbox_unsubscribed, value::yes, subject::mailbox},
    saying{"delivered", kind::mail_delivered, value::yes_or_no, subject::role},
};

constexpr std::string_view any_saying =
    "adds, removes, sets, removed, copied, moved, added, created, deleted, renamed, "
    "subscribed, unsubscribed or delivered";

constexpr std::string_view no_mailbox = "no mailbox is named";

std::string flags_in(const element& e, const saying& s) {
    std::string flags(e.get(s.attribute, ""));
    for (const auto& [flag, at] : words_of(flags))
        if (!match::octets_are(match::kind::flag, flag))
            e.refuse_value(s.attribute, "\"" + flag + "\" is not a flag", at);
    if (trimmed(flags).empty() && s.takes == value::flags)
        e.refuse_value(s.attribute, "no flag is named");
    return flags;
}

const saying& said_by(const element& e) {
    const saying* found = nullptr;
    for (const auto& each : all_sayings) {
        if (!e.has(each.attribute))
            continue;
        if (found)
            e.refuse(e.name_at(each.attribute), "a <change> says one thing: " + std::string(any_saying));
        found = &each;
    }
    if (!found)
        e.refuse("a <change> needs " + std::string(any_saying));
    return *found;
}

/// Refuses an attribute where it says nothing.
void forbid(const element& e, const char* attribute, const saying& s) {
    if (e.has(attribute))
        e.refuse(e.name_at(attribute), std::string(attribute) + " goes with " +
                                           (attribute == std::string_view("to")      ? "delivered"
                                            : attribute == std::string_view("times") ? "added and delivered"
                                                                                     : "what happens to a message") +
                                           ", not with " + s.attribute);
}

} // namespace

std::uint32_t number_in(const element& e, const char* attribute, std::uint32_t least, std::uint32_t most) {
    const std::string_view said = e.required(attribute);
    std::uint32_t n = 0;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), n);
    if (error != std::errc() || end != said.data() + said.size() || n < least || n > most)
        e.refuse_value(attribute, std::string(attribute) + " is a number from " + std::to_string(least) + " to " +
                                      std::to_string(most));
    return n;
}

effect loader::read_effect(const element& e, std::size_t fallback) {
    e.only({"on", "within", "proves"});
    effect out;
    if (e.has("within"))
        out.within = duration_of(e, "within", 0s);
    if (protocol_of(fallback) == wire::protocol::managesieve)
        e.refuse("nothing that a ManageSieve session does can be observed by an <effect>");
    const std::vector<element> children = e.children();
    elements left(children);
    for (; !left.empty() && left.front().name() == "change"; left = left.subspan(1))
        out.changes.push_back(read_change(left.front(), fallback));
    for (const element& child : left)
        if (child.name() == "change")
            child.refuse("<change> must stand before the steps of its <effect>");
    if (left.empty())
        e.refuse("<effect> holds no steps whose effect could be seen");
    out.body = steps(left, fallback);
    return out;
}

change loader::read_change(const element& e, std::size_t session) {
    e.only({"message", "mailbox", "to", "times", "adds", "removes", "sets", "removed", "copied", "moved", "added",
            "created", "deleted", "renamed", "subscribed", "unsubscribed", "delivered", "proves"});
    e.empty();
    change out;
    out.where = e.where();
    out.proves = proven_by(e);
    const saying& s = said_by(e);
    out.kind = s.what;
    if (s.takes == value::flags || s.takes == value::flags_or_none)
        out.flags = flags_in(e, s);
    else if (s.takes == value::mailbox)
        out.to = compile_value(e, s.attribute, no_mailbox);
    else if (s.takes == value::yes)
        one_of(e, s.attribute, "", {"yes"});
    else if (one_of(e, s.attribute, "", {"yes", "no"}) == "no")
        out.kind = kind::mail_not_delivered;
    const bool several = s.what == kind::message_added || out.kind == kind::mail_delivered;
    if (!several)
        forbid(e, "times", s);
    else if (e.has("times"))
        out.times = number_in(e, "times", 1, 1'000'000);
    read_subject(e, session, out);
    return out;
}

/// What it is said of: a message, a mailbox or a role.
void loader::read_subject(const element& e, std::size_t session, change& out) {
    const saying& s = said_by(e);
    if (s.of != subject::role)
        forbid(e, "to", s);
    if (s.of == subject::role) {
        forbid(e, "mailbox", s);
        forbid(e, "message", s);
        e.required("to");
        out.role = one_of(e, "to", "", {"alice", "bob", "carol"});
        return;
    }
    if (s.of == subject::mailbox)
        e.required("mailbox");
    const bool imap = protocol_of(session) == wire::protocol::imap;
    if (!imap && (e.has("mailbox") || s.takes == value::mailbox || s.of == subject::mailbox))
        e.refuse("only an IMAP session has mailboxes; " + out_.sessions[session].name + " speaks " +
                 std::string(wire::to_string(protocol_of(session))));
    if (e.has("mailbox"))
        out.mailbox = compile_value(e, "mailbox", no_mailbox);
    if (s.of == subject::place && e.has("message"))
        e.refuse(e.name_at("message"), "a message that is added has no number yet");
    if (s.of != subject::message) {
        forbid(e, "message", s);
        return;
    }
    out.message = number_in(e, "message", 1, 1'000'000);
    const auto count = out_.sessions[session].messages.size();
    if (e.has("mailbox") || out.message <= count)
        return;
    if (count == 0)
        e.refuse("the session " + out_.sessions[session].name + " has no <message> that could change");
    e.refuse_value("message", "the session " + out_.sessions[session].name + " has only " + std::to_string(count) +
                                  (count == 1 ? " message" : " messages"));
}

/// The text in an attribute, `${...}` and all.
match::text loader::compile_value(const element& e, const char* attribute, std::string_view if_empty) {
    const std::string_view said = e.required(attribute);
    if (trimmed(said).empty())
        e.refuse_value(attribute, if_empty);
    auto made = match::text::compile(said, match::text::escapes::no);
    if (const auto* error = std::get_if<match::syntax_error>(&made))
        e.refuse_value(attribute, error->message, error->at);
    auto& text = std::get<match::text>(made);
    for (const auto& [name, offset] : text.names())
        if (const auto why = names_.unbound(name))
            e.refuse_value(attribute, *why, offset);
    return std::move(text);
}

} // namespace mailspec::scenario
