#include "harness/serve/imap/commands.hpp"
#include "harness/serve/imap/digest.hpp"
#include "harness/serve/imap/fetch_item.hpp"
#include "harness/serve/imap/fetch_mischief.hpp"
#include "harness/serve/imap/message_set.hpp"
#include "harness/serve/imap/sharing.hpp"
#include "harness/serve/imap/spoilt_fetch.hpp"
#include "harness/serve/imap/writer.hpp"
#include "harness/wire/mail/section.hpp"

#include <algorithm>

namespace mailspec::serve::imap {

namespace {

using kind = fetch_item::kind;

constexpr std::size_t most_output = 256u << 20;

std::string_view cut(std::string_view octets, const std::optional<fetch_item::range>& partial) {
    if (!partial)
        return octets;
    return octets.substr(std::min<std::size_t>(partial->first, octets.size()), partial->count);
}

void put_section(std::string& out, const stored_message& m, std::string_view spec,
                 const std::optional<fetch_item::range>& partial) {
    if (spec.empty())
        return put_literal(out, cut(*m.octets, partial));
    if (auto found = wire::mail::section(*m.octets, spec))
        put_literal(out, cut(found->octets(), partial));
    else
        out += "NIL";
}

void put_binary(std::string& out, const stored_message& m, const fetch_item& item) {
    auto found = wire::mail::decoded(*m.octets, item.section);
    auto octets = cut(found.content.octets(), item.partial);
    if (item.what == kind::binary_size)
        return put_number(out, octets.size());
    if (found.what == wire::mail::binary::result::no_such_part) {
        out += "NIL";
        return;
    }
    if (octets.find('\0') != octets.npos)
        out += '~';
    put_literal(out, octets);
}

/// The size as it is, or as a breach has it: another one, or one for those who only look.
std::size_t spoilt_size(conversation& c, const stored_message& m) {
    const bool other = c.breaks(req::imap_message_immutable) && !c.view().writable();
    return m.octets->size() + (c.breaks(req::imap_fetch_size) || other ? 1 : 0);
}

std::string_view spoilt_rfc822(conversation& c, const stored_message& m) {
    std::string_view octets = *m.octets;
    return c.breaks(req::imap_fetch_rfc822) ? octets.substr(0, octets.size() - 1) : octets;
}

/// The message, or as a breach has it one that others do not know by that UID.
const stored_message& spoilt_message(conversation& c, const stored_message& m) {
    if (!c.breaks(req::imap_uid_change_detectable) || c.view().writable())
        return m;
    return *c.view().at(c.view().exists() - c.view().number_of(m.uid));
}

void put_value(conversation& c, stored_message& m, const fetch_item& item) {
    auto& out = c.out();
    switch (item.what) {
    case kind::flags:
        put_flags(out, m.flags, !c.is_rev2() && c.view().is_recent(m.uid) ? recent::yes : recent::no);
        break;
    case kind::internal_date: put_date_time(out, m.internal_date, m.zone_minutes); break;
    case kind::size: put_number(out, spoilt_size(c, m)); break;
    case kind::uid: put_number(out, c.breaks(req::imap_fetch_uid) ? ~m.uid : m.uid); break;
    case kind::envelope: out += envelope_of(m); break;
    case kind::body: out += body_of(m); break;
    case kind::body_structure: out += body_structure_of(m); break;
    case kind::section: {
        const auto text = spoilt_section(c, m, item);
        put_section(out, spoilt_message(c, m), text.section, text.partial);
        break;
    }
    case kind::binary:
    case kind::binary_size:
        if (c.breaks(req::imap_fetch_binary) || (item.partial && c.breaks(req::imap_fetch_binary_partial)))
            put_section(out, m, item.section, item.partial);
        else
            put_binary(out, m, item);
        break;
    case kind::rfc822: put_literal(out, spoilt_rfc822(c, m)); break;
    case kind::rfc822_header: put_section(out, m, "HEADER", {}); break;
    case kind::rfc822_text: put_section(out, m, "TEXT", {}); break;
    }
}

fetch_item item_of(kind what, std::string name) {
    fetch_item item;
    item.what = what;
    item.name = std::move(name);
    return item;
}

bool asks_for(const std::vector<fetch_item>& items, kind what) {
    return std::ranges::find(items, what, &fetch_item::what) != items.end();
}

/// Whether the item sets \Seen: as the text says, or as the breach of that says.
bool marks_seen(const conversation& c, const fetch_item& item) {
    switch (item.what) {
    case kind::rfc822: return !c.breaks(req::imap_fetch_rfc822_sets_seen);
    case kind::rfc822_header: return c.breaks(req::imap_fetch_rfc822_header_no_seen);
    case kind::rfc822_text: return !c.breaks(req::imap_fetch_rfc822_text_sets_seen);
    case kind::section:
        return c.breaks(item.sets_seen ? req::imap_fetch_body_sets_seen : req::imap_fetch_peek_no_seen) !=
               item.sets_seen;
    case kind::binary:
        return c.breaks(item.sets_seen ? req::imap_fetch_binary_sets_seen : req::imap_fetch_binary_peek_no_seen) !=
               item.sets_seen;
    default: return item.sets_seen;
    }
}

/// Sets \Seen; true when it was not set.
bool set_seen(conversation& c, const stored_message& m) {
    if (m.flags.contains("\\Seen") || !c.view().writable() || !may_flag(c, c.view().box(), "\\Seen"))
        return false;
    auto flags = m.flags;
    flags.insert("\\Seen");
    c.view().set_flags(m.uid, std::move(flags));
    return true;
}

void fetch_one(conversation& c, std::uint32_t index, const std::vector<fetch_item>& items, bool sets_seen,
               numbering by) {
    auto uid = c.view().uids()[index];
    auto* m = c.view().at(index);
    bool now_seen = sets_seen && set_seen(c, *m);
    if (now_seen && c.breaks(req::imap_store_other_messages) && index + 1 < c.view().exists())
        set_seen(c, *c.view().at(index + 1));
    bool with_flags = asks_for(items, kind::flags);
    if (now_seen || with_flags) {
        c.announce_keywords(m->flags);
        c.view().told_flags(uid);
    }
    auto& out = c.out();
    out += "* ";
    put_number(out, by == numbering::uid && c.breaks(req::imap_uid_message_numbers) ? uid : index + 1);
    out += " FETCH (";
    for (const auto& item : items) {
        out += item.name;
        out += ' ';
        put_value(c, *m, item);
        out += ' ';
    }
    if (now_seen && !with_flags && !c.breaks(req::imap_fetch_seen_told)) {
        out += "FLAGS ";
        put_value(c, *m, item_of(kind::flags, {}));
        out += ' ';
    }
    if (out.back() == '(')
        out += ')';
    else
        out.back() = ')';
    out += "\r\n";
}

/// RFC 3516 section 4.3: such a part cannot be fetched, and a tagged NO says so.
bool has_unknown_encoding(const stored_message& m, const std::vector<fetch_item>& items) {
    return std::ranges::any_of(items, [&](const fetch_item& item) {
        return (item.what == kind::binary || item.what == kind::binary_size) &&
               wire::mail::decoded(*m.octets, item.section).what == wire::mail::binary::result::unknown_encoding;
    });
}

} // namespace

reply do_fetch(conversation& c, command& cmd) {
    cmd.args.sp();
    auto set = cmd.args.set();
    cmd.args.sp();
    auto items = read_fetch_items(cmd.args);
    if (!cmd.args.done())
        return syntax_error(cmd);
    auto picked = pick_messages(c, set, cmd.by);
    if (!picked)
        return reply::bad("CLIENTBUG", "there is no message of that number");
    if (cmd.by == numbering::uid && !asks_for(items, kind::uid) && !c.breaks(req::imap_fetch_uid_in_uid_fetch))
        items.insert(items.begin(), item_of(kind::uid, "UID"));
    if (c.breaks(req::imap_fetch_full))
        std::erase_if(items, [](const fetch_item& item) { return item.what == kind::body; });
    if (c.breaks(req::imap_fetch_answers) && items.size() > 1)
        std::erase_if(items, [](const fetch_item& item) { return item.what == kind::envelope; });
    bool sets_seen = std::ranges::any_of(items, [&](const fetch_item& item) { return marks_seen(c, item); });
    for (auto& item : items)
        spoil(item, *c.options().breaches);
    const auto begun = c.out().size();
    if (c.plays().has(provider::rfc822_without_data))
        std::erase_if(items, [](const fetch_item& item) { return item.what == kind::rfc822; });
    for (auto index : *picked) {
        if (c.out().size() > most_output)
            return reply::no("LIMIT", "more octets than one command may ask for");
        if (has_unknown_encoding(*c.view().at(index), items))
            return reply::no("UNKNOWN-CTE", "a transfer encoding that is not known here");
        fetch_one(c, index, items, sets_seen, cmd.by);
    }
    if (asks_for(items, kind::envelope) || asks_for(items, kind::body) || asks_for(items, kind::body_structure))
        spoil_structures(c.out(), begun, *c.options().breaches);
    return reply::ok("fetched");
}

} // namespace mailspec::serve::imap
