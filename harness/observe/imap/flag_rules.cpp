#include "harness/observe/imap/digest.hpp"
#include "harness/observe/imap/rules.hpp"
#include "harness/rfc/catalogue.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/imap/reporter.hpp"
#include "harness/wire/imap/views.hpp"

#include <algorithm>
#include <string>

namespace mailspec::observe::imap {
namespace {

namespace req = rfc::req;

using wire::imap::response;
using wire::imap::response_kind;
using wire::imap::same_ci;

bool is_recent(std::string_view flag) { return same_ci(flag, "\\Recent"); }

std::uint64_t key_of(std::string_view flag) {
    digest d;
    d.add_ci(flag);
    return d.value();
}

bool is_announced(const mailbox_view& view, std::string_view flag) {
    return std::binary_search(view.flags.begin(), view.flags.end(), key_of(flag));
}

void announce(mailbox_view& view, std::string_view flag) {
    const auto key = key_of(flag);
    view.last_flags = {};
    view.flags.insert(std::upper_bound(view.flags.begin(), view.flags.end(), key), key);
}

void take_announced(mailbox_view& view, const response& r) {
    view.flags.clear();
    view.last_flags = {};
    for (const auto& flag : wire::imap::flags_of(r))
        view.flags.push_back(key_of(r.values.raw(flag)));
    std::sort(view.flags.begin(), view.flags.end());
    view.flags_told = true;
}

void take_permanent(mailbox_view& view, const response& r) {
    view.permanent.clear();
    for (const auto& flag : wire::imap::flags_of(r))
        view.permanent.emplace_back(r.values.raw(flag));
}

/// Does it read a text so that \Seen is set, or store without telling?
bool changes_quietly(std::string_view words) {
    using wire::imap::starts_with_ci;
    constexpr std::string_view rfc822 = "RFC822";
    if (starts_with_ci(words, rfc822))
        return !starts_with_ci(words.substr(rfc822.size()), ".SIZE") &&
               !starts_with_ci(words.substr(rfc822.size()), ".HEADER");
    return starts_with_ci(words, ".SILENT") || starts_with_ci(words, "BODY[") || starts_with_ci(words, "BINARY[");
}

/// A command after which flags may be others than those told. What came while another ran beside STORE may have been
/// told before it stored.
bool may_change_flags_quietly(const command& c) {
    const bool stores = c.what == command_kind::store || c.what == command_kind::uid_store;
    if (c.what == command_kind::other || (stores && c.accompanied))
        return true;
    for (std::string_view words = c.arguments; !words.empty(); words.remove_prefix(1))
        if (changes_quietly(words))
            return true;
    return false;
}

/// \Recent is for one session: told in a read-write one, no session that begins later sees it.
void check_recent(session_state& s, const known_message& m, report& report) {
    auto& view = *s.selected;
    if (!view.shared || m.uid == 0)
        return;
    const auto first = view.shared->recent.find(m.uid);
    if (first == view.shared->recent.end()) {
        if (!view.read_only && view.shared->recent.size() < incarnation::most)
            view.shared->recent.emplace(m.uid, telling{view.selected_at, s.scenario.now()});
    } else if (first->second.selection != view.selected_at && first->second.at < view.selected_at) {
        report(req::imap_recent_one_session,
               "UID " + std::to_string(m.uid) + " is \\Recent again, and was so in an earlier read-write session");
    }
}

const flags_read& read_flags(mailbox_view& view, const fetched& f) {
    const auto& values = f.response.values;
    const auto as_told = values.raw(*f.flags);
    auto& read = view.last_flags;
    if (read.as_told == as_told && !read.as_told.empty())
        return read;
    read = {};
    read.as_told = as_told;
    for (const auto& node : wire::imap::children(values, *f.flags)) {
        const auto flag = values.raw(node);
        if (is_recent(flag)) {
            read.recent = true;
            continue;
        }
        if (!is_announced(view, flag))
            read.unannounced = flag;
        const auto bit = view.bit_of(flag);
        read.complete = read.complete && bit != 0;
        read.bits |= bit;
    }
    return read;
}

void check_permanent(mailbox_view& view, report& report) {
    const auto unknown = std::find_if(view.permanent.begin(), view.permanent.end(), [&](const std::string& each) {
        return each != "\\*" && !is_announced(view, each);
    });
    if (view.flags_told && unknown != view.permanent.end())
        report(req::imap_permanentflags_known,
               "PERMANENTFLAGS has a flag that FLAGS does not list: " + wire::imap::shown(*unknown));
    view.permanent = {};
}

} // namespace

void note_flags(session_state& s, const response& r, report&) {
    const bool opens = s.runs(command_set(command_kind::select, command_kind::examine));
    if (opens && !s.opening)
        s.opening = std::make_unique<mailbox_view>();
    if (!opens && !s.selected)
        return;
    auto& view = opens ? *s.opening : *s.selected;
    if (r.kind == response_kind::flags)
        take_announced(view, r);
    else if (opens && wire::imap::has_code(r, "PERMANENTFLAGS"))
        take_permanent(view, r);
}

/// The flags of one message after the other are mostly the same: they are read once.
void check_flags(session_state& s, const fetched& f, report& report) {
    auto& view = *s.selected;
    const auto& flags = read_flags(view, f);
    if (!flags.unannounced.empty() && view.flags_told && f.response.number <= view.settled && s.is_alone())
        view.unannounced = flags.unannounced;
    if (!f.message)
        return;
    if (flags.recent)
        check_recent(s, *f.message, report);
    f.message->flags = flags.bits;
    f.message->flags_at = flags.complete ? view.flag_epoch : 0;
}

/// FLAGS may come behind a FETCH that tells of a new keyword: judged when the command is done. Keywords that came after
/// the mailbox was selected need not be announced.
void check_flags_known(session_state& s, const command& c, const response&, report& report) {
    if (!s.selected)
        return;
    auto& view = *s.selected;
    const bool by_client = c.what == command_kind::store || c.what == command_kind::uid_store;
    if (by_client && !view.unannounced.empty())
        announce(view, view.unannounced); // the client knows what it has made itself
    if (!view.unannounced.empty() && !is_announced(view, view.unannounced))
        report(req::imap_flags_announced,
               "a message has a flag that FLAGS does not list: " + wire::imap::shown(view.unannounced));
    view.unannounced.clear();
    const bool opened = c.what == command_kind::select || c.what == command_kind::examine;
    if (opened)
        check_permanent(view, report);
    constexpr command_set quiet(command_kind::store, command_kind::uid_store, command_kind::fetch,
                                command_kind::uid_fetch, command_kind::other);
    if (quiet.has(c.what) && may_change_flags_quietly(c))
        ++view.flag_epoch;
}

} // namespace mailspec::observe::imap
