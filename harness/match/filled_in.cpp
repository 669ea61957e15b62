#include "harness/match/ascii.hpp"
#include "harness/match/comparison.hpp"
#include "harness/match/functions.hpp"

#include <algorithm>

namespace mailspec::match {

using wire::imap::value_kind;

std::string filled_in(std::string_view source, const variables& bound) {
    std::string out;
    for (std::size_t at = 0; at < source.size();) {
        const std::size_t open = std::min(source.find("${", at), source.size());
        out += source.substr(at, open - at);
        at = open;
        if (open == source.size())
            break;
        const auto parsed = parse_placeholder(source, open);
        const auto* hole = std::get_if<placeholder>(&parsed);
        if (!hole)
            return out.append(source.substr(open));
        const auto value = evaluate(hole->value, bound);
        const auto* octets = hole->form == placeholder::form::value ? std::get_if<std::string>(&value) : nullptr;
        out += octets ? shown(*octets) : std::string(source.substr(open, hole->end - open));
        at = hole->end;
    }
    return out;
}

namespace {

std::string name_of(const piece& p) {
    std::string out = p.what == piece::form::any ? "any value" : p.what == piece::form::rest ? "..." : p.value.name;
    if (p.what == piece::form::any && p.wanted != kind::any)
        return "a value of kind " + std::string(to_string(p.wanted));
    return p.what == piece::form::value ? "${" + out + "}" : out;
}

} // namespace

std::string filled_in(const pieces& parts, const variables& bound) {
    std::string out;
    for (const piece& p : parts) {
        if (p.what == piece::form::octets) {
            out += shown(p.octets);
            continue;
        }
        const auto value = p.what == piece::form::value ? evaluate(p.value, bound) : no_value{};
        const auto* octets = std::get_if<std::string>(&value);
        out += octets ? shown(*octets) : name_of(p);
    }
    return out;
}

std::string filled_in(const value_pattern& p, const variables& bound) {
    using form = value_pattern::form;
    switch (p.what) {
    case form::rest: return "...";
    case form::message: return "#" + std::to_string(p.number);
    case form::quoted: return "\"" + filled_in(p.parts, bound) + "\"";
    case form::word: return filled_in(p.parts, bound);
    case form::list: break;
    }
    std::string out = "(";
    for (const value_pattern& child : p.children)
        out.append(out.size() > 1 ? " " : "").append(filled_in(child, bound));
    return out + ")";
}

std::string shown(const wire::imap::tree& t, const wire::imap::node& n) {
    switch (n.kind) {
    case value_kind::quoted: return "\"" + shown(t.raw(n), 60) + "\"";
    case value_kind::literal:
    case value_kind::literal8:
        return n.size > 60 ? "a literal of " + std::to_string(n.size) + " octets" : "\"" + shown(t.raw(n), 60) + "\"";
    case value_kind::list: return "(" + shown(t.raw(n), 60) + ")";
    case value_kind::code: return "[" + shown(t.raw(n), 60) + "]";
    default: return shown(t.raw(n), 60);
    }
}

std::string difference(std::string_view came, std::string_view expected) {
    if (came.size() <= 60 && expected.size() <= 60)
        return "is " + (came.empty() ? "empty" : shown(came)) + ", expected " +
               (expected.empty() ? "nothing" : shown(expected));
    const auto [a, b] = std::mismatch(came.begin(), came.end(), expected.begin(), expected.end());
    const auto at = static_cast<std::size_t>(a - came.begin());
    std::string out = came.size() == expected.size() ? std::string()
                                                     : "has " + std::to_string(came.size()) + " octets, expected " +
                                                           std::to_string(expected.size()) + "; ";
    const auto some = [&](std::string_view s) {
        return at == s.size() ? "the end" : "\"" + shown(s.substr(at, 24)) + "\"";
    };
    return out + "differs from octet " + std::to_string(at) + " on: " + some(came) + ", expected " + some(expected);
}

} // namespace mailspec::match
