#include "harness/observe/imap/envelope_facts.hpp"

#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/mail/dates.hpp"
#include "harness/wire/mail/header.hpp"
#include "harness/wire/mail/structure.hpp"

#include <stdexcept>
#include <string>
#include <vector>

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

/// "<...>" and nothing else: what no reader takes apart.
std::uint64_t plain_id(std::string_view value) {
    const auto open = value.find('<'), close = value.find('>');
    const bool one = open != std::string_view::npos && close != std::string_view::npos && open < close &&
                     value.find_first_of("<>(\"\\", open + 1) == close && value.find_first_not_of(" \t\r\n") == open &&
                     value.find_first_not_of(" \t\r\n", close + 1) == std::string_view::npos;
    return one ? plain_text(value) : 0;
}

/// Longer headers are not looked into.
constexpr std::size_t longest_header = 16u << 10;

/// Nor larger messages, for their parts.
constexpr std::size_t largest_message = 1u << 20;

/// RFC 2046 section 5.1.1: no boundary is longer.
constexpr std::size_t longest_boundary = 70;

/// The value of the only field of that name, or nothing.
std::string_view only_field(const std::vector<wire::mail::field>& all, std::string_view name) {
    std::string_view found;
    for (const auto& each : all)
        if (wire::mail::same_name(each.name, name)) {
            if (found.data())
                return {};
            found = each.value;
        }
    return found;
}

/// True where nobody could say that the header ends elsewhere.
bool is_proper(std::string_view header, const std::vector<wire::mail::field>& all) {
    std::size_t size = 0;
    for (const auto& each : all)
        size += each.octets.size();
    return header.ends_with("\r\n") && size + 2 == header.size();
}

/// True where the boundary stands once before each part and once, closed, behind the last: as a whole line each time.
bool is_closed(std::string_view body, const std::string& boundary, std::size_t parts) {
    const auto line = "--" + boundary;
    std::size_t opening = 0, closing = 0, anywhere = 0;
    for (auto at = body.find(line); at != std::string_view::npos; at = body.find(line, at + 1)) {
        const auto behind = body.substr(at + line.size());
        const bool at_start = at == 0 || body[at - 1] == '\n';
        ++anywhere;
        opening += at_start && behind.starts_with("\r\n") ? 1 : 0;
        closing += at_start && (behind == "--" || behind.starts_with("--\r\n")) ? 1 : 0;
    }
    return opening == parts && closing == 1 && anywhere == parts + 1;
}

const node* nth(const tree& t, const node& list, std::size_t index) {
    const auto* n = t.child(list);
    for (; n && index > 0; --index)
        n = t.next(*n);
    return n;
}

/// NIL where the message has the field is another text than any.
std::uint64_t told(const tree& t, const node* n) {
    if (!n)
        return 0;
    return t.is_nil(*n) && n->kind == value_kind::atom ? 1 : plain_text(t.text(*n));
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
    constexpr std::size_t subject = 1, message_id = 9;
    into.told_subject = told(t, nth(t, envelope, subject));
    into.told_id = told(t, nth(t, envelope, message_id));
}

void note_header(std::string_view header, std::size_t body, message_facts& into) {
    into.own_subject = into.own_id = into.own_octets = 0;
    if (header.size() > longest_header)
        return;
    const auto all = wire::mail::fields(header);
    if (!is_proper(header, all))
        return;
    into.own_octets = body + 1;
    into.own_id = plain_id(only_field(all, "Message-ID"));
    const auto subject = only_field(all, "Subject");
    if (subject.find("=?") == std::string_view::npos)
        into.own_subject = plain_text(subject);
}

void note_structure(const tree& t, const node& body, message_facts& into) {
    constexpr std::size_t octets = 6;
    const auto* first = t.child(body);
    const bool multipart = first && first->kind == value_kind::list;
    const auto* size = first && !multipart ? nth(t, body, octets) : nullptr;
    const auto number = size ? wire::imap::number63(t.raw(*size)) : std::nullopt;
    into.told_octets = number ? *number + 1 : 0;
    into.told_parts = 0;
    for (const auto* each = first; multipart && each && each->kind == value_kind::list; each = t.next(*each))
        ++into.told_parts;
}

std::uint64_t parts_of(std::string_view message) {
    const auto cut = wire::mail::split(message);
    const auto all = wire::mail::fields(cut.header);
    const bool plain = cut.header.size() <= longest_header && message.size() <= largest_message &&
                       is_proper(cut.header, all) && only_field(all, "MIME-Version").data() &&
                       only_field(all, "Content-Type").data();
    if (!plain)
        return 0;
    try {
        const auto whole = wire::mail::read_structure(message);
        if (whole.what != wire::mail::part::form::multipart)
            return 0;
        for (const auto& [name, value] : whole.type.parameters)
            if (wire::mail::same_name(name, "boundary"))
                return value.size() <= longest_boundary && is_closed(cut.body, value, whole.children.size())
                           ? whole.children.size()
                           : 0;
    } catch (const std::runtime_error&) { // the module is missing: there is nothing to compare with
    }
    return 0;
}

} // namespace mailspec::observe::imap
