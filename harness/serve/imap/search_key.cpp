#include "harness/serve/imap/search_key.hpp"

#include "harness/serve/imap/digest.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::serve::imap {

namespace {

using kind = search_key::kind;

constexpr unsigned deepest = 50;

void look_for(search_key& key, std::string_view text) {
    key.in_capitals = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    key.text = wire::in_small_letters(text);
}

search_key of(kind what) {
    search_key key;
    key.what = what;
    return key;
}

search_key flagged(std::string_view flag) {
    auto key = of(kind::flag);
    key.name = flag;
    return key;
}

search_key not_(search_key inner) {
    auto key = of(kind::negated);
    key.children.push_back(std::move(inner));
    return key;
}

/// Keys that are a word alone.
bool read_word(std::string_view name, search_key& out) {
    static constexpr std::string_view flags[] = {"ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN"};
    static constexpr std::string_view marks[] = {"\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen"};
    for (std::size_t i = 0; i < std::size(flags); ++i) {
        if (name == flags[i])
            return out = flagged(marks[i]), true;
        if (name.starts_with("UN") && name.substr(2) == flags[i])
            return out = not_(flagged(marks[i])), true;
    }
    if (name == "ALL")
        out = of(kind::everything);
    else if (name == "RECENT")
        out = of(kind::recent);
    else if (name == "OLD")
        out = not_(of(kind::recent));
    else if (name == "NEW")
        out = of(kind::fresh);
    else
        return false;
    return true;
}

/// Keys that a date, a number or a string follows.
bool read_valued(arguments& args, std::string_view name, search_key& out) {
    static constexpr std::pair<std::string_view, kind> rows[] = {
        {"BEFORE", kind::before},  {"ON", kind::on},
        {"SINCE", kind::since},    {"SENTBEFORE", kind::sent_before},
        {"SENTON", kind::sent_on}, {"SENTSINCE", kind::sent_since},
        {"LARGER", kind::larger},  {"SMALLER", kind::smaller},
        {"BODY", kind::body},      {"TEXT", kind::text},
        {"BCC", kind::field},      {"CC", kind::field},
        {"FROM", kind::field},     {"SUBJECT", kind::field},
        {"TO", kind::field}};
    auto row = std::ranges::find(rows, name, [](const auto& r) { return r.first; });
    if (row == std::ranges::end(rows))
        return false;
    out.what = row->second;
    args.sp();
    if (out.what >= kind::before && out.what <= kind::sent_since) {
        out.day = args.date();
    } else if (out.what == kind::larger || out.what == kind::smaller) {
        out.number = args.number();
    } else {
        out.name = name;
        look_for(out, args.astring());
    }
    return true;
}

search_key read_key(arguments& args, unsigned depth);

search_key read_all(arguments& args, unsigned depth) {
    auto all = of(kind::all_of);
    do
        all.children.push_back(read_key(args, depth));
    while (args.take(' '));
    return all;
}

search_key read_nested(arguments& args, std::string_view name, unsigned depth) {
    args.sp();
    auto first = read_key(args, depth);
    if (name == "NOT")
        return not_(std::move(first));
    args.sp();
    auto key = of(kind::either);
    key.children.push_back(std::move(first));
    key.children.push_back(read_key(args, depth));
    return key;
}

search_key read_named(arguments& args, std::string_view name, unsigned depth) {
    search_key key;
    if (read_word(name, key) || read_valued(args, name, key))
        return key;
    if (name == "NOT" || name == "OR")
        return read_nested(args, name, depth);
    if (name == "UID") {
        args.sp();
        key = of(kind::uids);
        key.set = args.set();
    } else if (name == "KEYWORD" || name == "UNKEYWORD") {
        args.sp();
        key = flagged(args.atom());
        if (name == "UNKEYWORD")
            key = not_(std::move(key));
    } else if (name == "HEADER") {
        args.sp();
        key = of(kind::field);
        key.name = args.astring();
        args.sp();
        look_for(key, args.astring());
    } else {
        args.fail("a SEARCH key that does not exist");
    }
    return key;
}

search_key read_key(arguments& args, unsigned depth) {
    if (depth > deepest)
        args.fail("keys nested too deep");
    if (args.failed())
        return {};
    if (args.take('(')) {
        auto key = read_all(args, depth + 1);
        args.expect(')');
        key.word = "(";
        return key;
    }
    auto next = args.rest().substr(0, 1);
    if (!next.empty() && (next == "*" || next == "$" || (next >= "0" && next <= "9"))) {
        auto key = of(kind::numbers);
        key.set = args.set();
        return key;
    }
    const auto name = in_capitals(args.name());
    auto key = read_named(args, name, depth + 1);
    key.word = name;
    return key;
}

bool has(const std::string& haystack, const std::string& needle) {
    auto alike = [](char a, char b) { return wire::lower(a) == b; };
    return needle.empty() ||
           std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end(), alike) != haystack.end();
}

bool day_matches(kind what, std::chrono::sys_days day, std::chrono::sys_days asked) {
    if (what == kind::before || what == kind::sent_before)
        return day < asked;
    return what == kind::on || what == kind::sent_on ? day == asked : day >= asked;
}

bool date_matches(const search_key& key, stored_message& m) {
    if (key.what <= kind::since) {
        auto local = m.internal_date + std::chrono::minutes{m.zone_minutes};
        return day_matches(key.what, std::chrono::floor<std::chrono::days>(local), key.day);
    }
    auto sent = sent_on(m);
    return sent && day_matches(key.what, *sent, key.day);
}

bool flag_matches(const search_key& key, const stored_message& m) {
    return std::ranges::any_of(m.flags, [&](const auto& f) { return same(f, key.name); });
}

bool text_matches(const search_key& key, stored_message& m) {
    if (key.what == kind::field)
        return std::ranges::any_of(field_values(m, key.name), [&](const auto& v) { return has(v, key.text); });
    return has(readable_body(m), key.text) || (key.what == kind::text && has(readable_header(m), key.text));
}

} // namespace

search_key read_search_keys(arguments& args) { return read_all(args, 0); }

bool names_missing_number(const search_key& key, std::uint32_t exists) {
    return (key.what == kind::numbers && key.set.exceeds(exists)) ||
           std::ranges::any_of(key.children, [&](const auto& k) { return names_missing_number(k, exists); });
}

bool matches(const search_key& key, mailbox_view& view, std::uint32_t index) {
    auto each = [&](const search_key& k) { return matches(k, view, index); };
    auto& m = *view.at(index);
    switch (key.what) {
    case kind::all_of: return std::ranges::all_of(key.children, each);
    case kind::either: return std::ranges::any_of(key.children, each);
    case kind::negated: return !each(key.children.front());
    case kind::everything: return true;
    case kind::numbers: return key.set.contains(index + 1, view.exists());
    case kind::uids: return key.set.contains(m.uid, view.uids().back());
    case kind::flag: return flag_matches(key, m);
    case kind::recent: return view.is_recent(m.uid);
    case kind::fresh: return view.is_recent(m.uid) && !m.flags.contains("\\Seen");
    case kind::larger: return m.octets->size() > key.number;
    case kind::smaller: return m.octets->size() < key.number;
    case kind::field:
    case kind::body:
    case kind::text: return text_matches(key, m);
    default: return date_matches(key, m);
    }
}

} // namespace mailspec::serve::imap
