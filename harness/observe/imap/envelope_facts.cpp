#include "harness/observe/imap/envelope_facts.hpp"

#include "harness/observe/imap/header_facts.hpp"
#include "harness/observe/imap/message_shape.hpp"
#include "harness/wire/ascii.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/mail/dates.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace mailspec::observe::imap {
namespace {

using wire::imap::node;
using wire::imap::tree;
using wire::imap::value_kind;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// A field's text without any white space, for folding is undone in several ways; zero where it is not plain.
std::uint64_t plain_text(std::string_view value) {
    std::string dense;
    for (const char c : value) {
        if (is_space(c))
            continue;
        if (c < '!' || c > '~')
            return 0;
        dense += c;
    }
    return dense.empty() ? 0 : digest_of(dense);
}

/// A text without encoded words and comments: what no reader takes apart.
std::uint64_t plain_words(std::string_view value) {
    return value.find("=?") == std::string_view::npos ? plain_text(value) : 0;
}

std::uint64_t plain_date(std::string_view value) {
    return value.find('(') == std::string_view::npos ? plain_text(value) : 0;
}

/// "<...>" and nothing else.
std::uint64_t plain_id(std::string_view value) {
    const auto open = value.find('<'), close = value.find('>');
    const bool one = open != std::string_view::npos && close != std::string_view::npos && open < close &&
                     value.find_first_of("<>(\"\\", open + 1) == close && value.find_first_not_of(" \t\r\n") == open &&
                     value.find_first_not_of(" \t\r\n", close + 1) == std::string_view::npos;
    return one ? plain_text(value) : 0;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

/// RFC 5322 section 3.2.3, dot-atom.
bool is_dot_atom(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return wire::is_letter_or_digit(c) || others.find(c) != std::string_view::npos; });
}

void add_address(digest& to, std::string_view local, std::string_view host) {
    to.add(local);
    to.add_ci(host);
}

/// Takes one address: "local@host", or that in angle brackets behind atoms; any other is not plain.
bool add_plain_address(digest& to, std::string_view text) {
    text = trimmed(text);
    if (text.ends_with('>')) {
        const auto open = text.find('<');
        const auto name = text.substr(0, open);
        const bool plain_name = open != std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
                                    return c == ' ' || is_dot_atom(std::string_view(&c, 1));
                                });
        if (!plain_name)
            return false;
        text = text.substr(open + 1, text.size() - open - 2);
    }
    const auto at = text.find('@');
    if (at == std::string_view::npos || !is_dot_atom(text.substr(0, at)) || !is_dot_atom(text.substr(at + 1)))
        return false;
    add_address(to, text.substr(0, at), text.substr(at + 1));
    return true;
}

/// Where each address is and nothing else; zero where one of them is not plain.
std::uint64_t plain_addresses(std::string_view value) {
    digest all;
    while (true) {
        const auto comma = value.find(',');
        if (!add_plain_address(all, value.substr(0, comma)))
            return 0;
        if (comma == std::string_view::npos)
            return all.value();
        value.remove_prefix(comma + 1);
    }
}

/// What an ENVELOPE says in its order, and how its field is read where it is plain.
struct envelope_field {
    std::string_view name;
    std::uint64_t (*read)(std::string_view);
    bool lists = false; ///< addresses
};
constexpr envelope_field envelope_fields[] = {
    {"Date", plain_date},
    {"Subject", plain_words},
    {"From", plain_addresses, true},
    {"Sender", plain_addresses, true},
    {"Reply-To", plain_addresses, true},
    {"To", plain_addresses, true},
    {"Cc", plain_addresses, true},
    {"Bcc", plain_addresses, true},
    {"In-Reply-To", plain_id},
    {"Message-ID", plain_id},
};
static_assert(std::size(envelope_fields) == message_facts::envelope_fields);
constexpr std::size_t from = 2, sender = 3, reply_to = 4;

/// NIL, and a field that is not there.
constexpr std::uint64_t nothing = 1;

std::uint64_t own(const std::vector<wire::mail::field>& all, const envelope_field& which) {
    const auto field = only_field(all, which.name);
    switch (field.how) {
    case single_field::found::none: return nothing;
    case single_field::found::once: return which.read(field.value);
    case single_field::found::more: break;
    }
    return 0;
}

const node* nth(const tree& t, const node& list, std::size_t index) {
    const auto* n = t.child(list);
    for (; n && index > 0; --index)
        n = t.next(*n);
    return n;
}

std::uint64_t told_addresses(const tree& t, const node& list) {
    constexpr std::size_t mailbox = 2, host = 3;
    digest all;
    for (const auto* each = t.child(list); each; each = t.next(*each)) {
        const auto* local = nth(t, *each, mailbox);
        const auto* at = nth(t, *each, host);
        if (!local || !at || t.is_nil(*local) || t.is_nil(*at))
            return 0;
        add_address(all, t.text(*local), t.text(*at));
    }
    return all.value();
}

std::uint64_t told(const tree& t, const node& n, const envelope_field& which) {
    if (n.kind == value_kind::atom && t.is_nil(n))
        return nothing;
    if (which.lists)
        return n.kind == value_kind::list ? told_addresses(t, n) : 0;
    return plain_text(t.text(n));
}

} // namespace

void add_values(const tree& t, const node& n, letters how, digest& into) {
    if (n.kind == value_kind::list) {
        into.add("(");
        for (const auto* each = t.child(n); each; each = t.next(*each))
            add_values(t, *each, how, into);
        into.add(")");
        return;
    }
    into.add(n.kind == value_kind::atom ? "a" : "s");
    if (n.escaped)
        into.add(t.text(n));
    else if (how == letters::without_case || n.kind == value_kind::atom)
        into.add_ci(t.raw(n));
    else
        into.add(t.raw(n));
}

bool is_empty(const tree& t, std::string_view item, const node& value) {
    constexpr std::size_t octets = 6;
    const auto is_nothing = [&](const node& n) {
        return t.is_nil(n) || (n.kind != value_kind::list && (t.raw(n).empty() || t.raw(n) == "0"));
    };
    if (wire::imap::same_ci(item, "INTERNALDATE")) {
        const auto when = wire::mail::parse_internal_date(t.raw(value));
        return !when || when->seconds == 0;
    }
    if (value.kind != value_kind::list)
        return is_nothing(value);
    if (wire::imap::same_ci(item, "BODY") || wire::imap::same_ci(item, "BODYSTRUCTURE")) {
        const auto* size = nth(t, value, octets);
        return !size || is_nothing(*size);
    }
    const auto* each = wire::imap::same_ci(item, "ENVELOPE") ? t.child(value) : &value;
    while (each && is_nothing(*each))
        each = t.next(*each);
    return !each;
}

void note_envelope(const tree& t, const node& envelope, message_facts& into) {
    into.told_envelope = {};
    const auto* n = t.child(envelope);
    for (std::size_t i = 0; n && i < into.told_envelope.size(); ++i, n = t.next(*n))
        into.told_envelope[i] = told(t, *n, envelope_fields[i]);
}

void note_header(std::string_view header, std::size_t body, message_facts& into) {
    into.own_envelope = {};
    into.own_octets = 0;
    const auto all = plain_fields(header);
    if (!all)
        return;
    into.own_octets = says_multipart(*all) ? 0 : body + 1;
    auto& envelope = into.own_envelope;
    for (std::size_t i = 0; i < envelope.size(); ++i)
        envelope[i] = own(*all, envelope_fields[i]);
    for (const auto defaulted : {sender, reply_to})
        if (envelope[defaulted] == nothing)
            envelope[defaulted] = envelope[from];
}

std::string_view differing_field(const message_facts& of) {
    for (std::size_t i = 0; i < of.own_envelope.size(); ++i)
        if (of.own_envelope[i] != 0 && of.told_envelope[i] != 0 && of.own_envelope[i] != of.told_envelope[i])
            return envelope_fields[i].name;
    return {};
}

void note_structure(const tree& t, const node& body, message_facts& into) {
    constexpr std::size_t octets = 6;
    const auto* first = t.child(body);
    const bool multipart = first && first->kind == value_kind::list;
    const auto* size = first && !multipart ? nth(t, body, octets) : nullptr;
    const auto number = size ? wire::imap::number63(t.raw(*size)) : std::nullopt;
    into.told_octets = number ? *number + 1 : 0;
    into.told_shape = told_shape(t, body);
}

} // namespace mailspec::observe::imap
