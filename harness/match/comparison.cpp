#include "harness/match/comparison.hpp"

#include "harness/match/ascii.hpp"
#include "harness/match/functions.hpp"
#include "harness/match/sequence_set.hpp"

#include <charconv>

namespace mailspec::match {

using wire::imap::node;
using wire::imap::tree;
using wire::imap::value_kind;

namespace {

bool fits(kind k, const tree& t, const node& n) {
    const bool is_list = n.kind == value_kind::list;
    const bool is_string =
        n.kind == value_kind::quoted || n.kind == value_kind::literal || n.kind == value_kind::literal8;
    switch (k) {
    case kind::any: return true;
    case kind::list: return is_list;
    case kind::string: return is_string;
    case kind::nstring: return is_string || t.is_nil(n);
    case kind::mailbox: return is_string || (n.kind == value_kind::atom && !t.is_nil(n));
    case kind::octets:
    case kind::text: return !is_list;
    case kind::date_time: return is_string && octets_are(k, t.raw(n));
    case kind::base64: return !is_list && octets_are(k, t.raw(n));
    default: return n.kind == value_kind::atom && octets_are(k, t.raw(n));
    }
}

bool in_form(const expression& e, const node& n) {
    const function* f = e.is_call ? function_named(e.name) : nullptr;
    switch (f ? f->form : transport::none) {
    case transport::none: return true;
    case transport::quoted: return n.kind == value_kind::quoted;
    case transport::literal:
    case transport::literal_plus: return n.kind == value_kind::literal;
    case transport::literal8: return n.kind == value_kind::literal8;
    }
    return true;
}

std::string expected_kind(const piece& p) { return ", expected a value of kind " + std::string(to_string(p.wanted)); }

} // namespace

bool comparison::differs(std::string why) {
    why_ = std::move(why);
    return false;
}

bool comparison::same_octets(const piece& p, const std::string& wanted, const tree& t, const node& n) {
    if (!in_form(p.value, n))
        return differs("does not come as " + p.value.name + "()");
    if (!fits(p.wanted, t, n))
        return differs("is " + shown(t, n) + expected_kind(p));
    if (t.equals(n, wanted) || (n.kind == value_kind::atom && same_numbers(wanted, t.raw(n)))) {
        agree();
        return true;
    }
    return differs(difference(t.text(n), wanted));
}

bool comparison::hole(const piece& p, const tree& t, const node& n) {
    if (p.what == piece::form::value) {
        const bool captures = p.value.is_plain_name() && !bound_.find(p.value.name);
        if (!captures) {
            auto wanted = evaluate(p.value, bound_);
            if (const auto* none = std::get_if<no_value>(&wanted))
                return differs("cannot be compared: " + none->why);
            return same_octets(p, std::get<std::string>(wanted), t, n);
        }
    }
    if (!fits(p.wanted, t, n))
        return differs("is " + shown(t, n) + expected_kind(p));
    if (p.what == piece::form::value)
        bound_.set(p.value.name, t.text(n));
    agree();
    return true;
}

bool comparison::word(const value_pattern& p, const tree& t, const node& n) {
    if (p.parts.size() == 1 && p.parts.front().what != piece::form::octets)
        return hole(p.parts.front(), t, n);
    if (n.kind == value_kind::list)
        return differs("is " + shown(t, n) + ", expected " + filled_in(p, bound_));
    const std::string_view constant = p.constant();
    const bool nil = t.is_nil(n);
    if (same_letters(constant, "NIL") || (nil && p.what == value_pattern::form::quoted)) {
        if (nil && p.what == value_pattern::form::word) {
            agree();
            return true;
        }
        return differs("is " + shown(t, n) + ", expected " + filled_in(p, bound_));
    }
    const bool any_case = p.what == value_pattern::form::word && strict_.letters == strictness::letters::any_case;
    const text_rule rule{any_case ? text_rule::letters::any_case : text_rule::letters::same_case,
                         text_rule::extent::whole, text_rule::holes::any};
    if (n.kind == value_kind::section) {
        std::string flat(t.raw(n));
        std::erase(flat, '"');
        return text(p.parts, flat, rule);
    }
    if (!constant.empty() && n.kind == value_kind::atom && same_numbers(constant, t.raw(n))) {
        agree();
        return true;
    }
    return n.escaped ? text(p.parts, t.text(n), rule) : text(p.parts, t.raw(n), rule);
}

bool comparison::value(const value_pattern& p, const tree& t, const node& n) {
    using form = value_pattern::form;
    switch (p.what) {
    case form::rest: return true;
    case form::word:
    case form::quoted: return word(p, t, n);
    case form::list: {
        if (n.kind == value_kind::list)
            return items(p, t, t.child(n));
        return differs("is " + shown(t, n) + ", expected a list");
    }
    case form::message: break;
    }
    std::uint32_t came = 0;
    const std::string_view digits = t.raw(n);
    const bool whole =
        std::from_chars(digits.data(), digits.data() + digits.size(), came).ptr == digits.data() + digits.size();
    return whole && n.kind == value_kind::atom ? number(p, came) : differs("is " + shown(t, n) + ", expected a number");
}

bool comparison::number(const value_pattern& p, std::uint32_t n) {
    const std::string came = std::to_string(n);
    if (p.what != value_pattern::form::message)
        return p.what == value_pattern::form::rest || text(p.parts, came, {});
    const std::uint32_t now = number_ ? number_(p.number) : p.number;
    if (now == n && n != 0) {
        agree();
        return true;
    }
    const std::string name = "#" + std::to_string(p.number);
    return differs("is " + came + ", expected " +
                   (now == 0 ? name + ", which is expunged" : std::to_string(now) + " (" + name + ")"));
}

} // namespace mailspec::match
