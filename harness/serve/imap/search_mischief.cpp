#include "harness/serve/imap/search_mischief.hpp"

#include "harness/rfc/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace mailspec::serve::imap {

namespace {

namespace req = rfc::req;
using kind = search_key::kind;

/// What is broken where a key of that name finds nothing; null: nothing is.
const rfc::requirement* about(std::string_view word) {
    static const std::pair<std::string_view, const rfc::requirement*> table[] = {
        {"BCC", &req::imap_search_bcc},         {"BEFORE", &req::imap_search_before},
        {"BODY", &req::imap_search_body},       {"CC", &req::imap_search_cc},
        {"FROM", &req::imap_search_from},       {"HEADER", &req::imap_search_header},
        {"KEYWORD", &req::imap_search_keyword}, {"LARGER", &req::imap_search_larger},
        {"OLD", &req::imap_search_old},         {"ON", &req::imap_search_on},
        {"RECENT", &req::imap_search_old},      {"SENTBEFORE", &req::imap_search_sentbefore},
        {"SENTON", &req::imap_search_senton},   {"SENTSINCE", &req::imap_search_sentsince},
        {"SINCE", &req::imap_search_since},     {"SMALLER", &req::imap_search_smaller},
        {"SUBJECT", &req::imap_search_subject}, {"TEXT", &req::imap_search_text},
        {"TO", &req::imap_search_to},           {"UID", &req::imap_search_uid_key},
    };
    const auto row = std::ranges::find(table, word, [](const auto& r) { return r.first; });
    return row == std::ranges::end(table) ? nullptr : row->second;
}

bool is_text(const search_key& key) {
    return key.what == kind::field || key.what == kind::body || key.what == kind::text;
}

/// Whether a breach makes the key find nothing.
bool is_blind(const conversation& c, const search_key& key) {
    if (const auto* broken = about(key.word); broken && c.breaks(*broken))
        return true;
    if (key.what == kind::numbers)
        return c.breaks(req::imap_search_set);
    if (!is_text(key))
        return false;
    const bool beyond_ascii = std::ranges::any_of(key.text, [](char octet) { return (octet & 0x80) != 0; });
    return (key.text.empty() ? c.breaks(req::imap_search_header_empty) : c.breaks(req::imap_search_substring)) ||
           (key.in_capitals && c.breaks(req::imap_search_case)) || (beyond_ascii && c.breaks(req::imap_search_decoded));
}

/// Leaves the first of the keys that this one is made of.
void leave_first(search_key& key) {
    auto first = std::move(key.children.front());
    key = std::move(first);
}

void spoil_composed(const conversation& c, search_key& key) {
    if (key.children.empty())
        return;
    if (key.what == kind::all_of && key.word.empty() && c.breaks(req::imap_search_and))
        key.what = kind::either;
    const bool list = key.what == kind::all_of && key.word == "(" && c.breaks(req::imap_search_parentheses);
    const bool negated = key.word == "NOT" && c.breaks(req::imap_search_not);
    const bool either = key.word == "OR" && c.breaks(req::imap_search_or);
    if (list || negated || either)
        leave_first(key);
}

} // namespace

void spoil(const conversation& c, search_key& key) {
    if (!c.options().breaches->any())
        return;
    for (auto& child : key.children)
        spoil(c, child);
    spoil_composed(c, key);
    if (key.what == kind::fresh && c.breaks(req::imap_search_new))
        key.what = kind::recent;
    if (key.what == kind::flag && c.breaks(req::imap_search_flags))
        key.what = kind::everything;
    if (key.what == kind::body && c.breaks(req::imap_search_body_no_header))
        key.what = kind::text;
    if (is_blind(c, key) || (key.what == kind::everything && c.breaks(req::imap_search_all))) {
        const bool one = key.what == kind::everything;
        key = {};
        key.what = kind::numbers;
        if (one)
            key.set.ranges = {{1, 1}};
    }
}

} // namespace mailspec::serve::imap
