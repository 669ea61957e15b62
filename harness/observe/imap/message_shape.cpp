#include "harness/observe/imap/message_shape.hpp"

#include "harness/observe/imap/header_facts.hpp"
#include "harness/wire/imap/numbers.hpp"
#include "harness/wire/imap/octets.hpp"
#include "harness/wire/mail/structure.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace mailspec::observe::imap {
namespace {

using wire::imap::node;
using wire::imap::tree;
using wire::imap::value_kind;
using wire::mail::part;
using found = single_field::found;

/// Larger messages are not looked into, nor longer shapes made.
constexpr std::size_t largest_message = 1u << 20, longest_shape = 2000;

/// RFC 2046 section 5.1.1: no boundary is longer.
constexpr std::size_t longest_boundary = 70;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return out;
}

/// RFC 2045 section 5.1, token.
bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
    });
}

struct leaf_shape {
    std::string type, subtype, encoding;
    std::uint64_t octets = 0;
    std::string show() const { return type + '/' + subtype + ' ' + encoding + ' ' + std::to_string(octets); }
};

/// Adds a part's shape; an empty one makes the whole empty.
bool add(std::string& to, const std::string& each) {
    if (each.empty() || to.size() + each.size() > longest_shape)
        return false;
    to += to.empty() ? each : ", " + each;
    return true;
}

// What BODYSTRUCTURE tells

std::optional<leaf_shape> told_leaf(const tree& t, const node& body) {
    const node* at[7] = {};
    const auto* n = t.child(body);
    for (auto& each : at) {
        if (!n)
            return std::nullopt;
        each = n;
        n = t.next(*n);
    }
    const auto octets = wire::imap::number63(t.raw(*at[6]));
    leaf_shape out{lower(t.text(*at[0])), lower(t.text(*at[1])), lower(t.text(*at[5])), octets.value_or(0)};
    const bool plain = octets && is_token(out.type) && is_token(out.subtype) && is_token(out.encoding);
    return plain ? std::optional(out) : std::nullopt;
}

std::string told_multipart(const tree& t, const node& first) {
    std::string parts;
    const auto* n = &first;
    for (; n && n->kind == value_kind::list; n = t.next(*n))
        if (!add(parts, told_shape(t, *n)))
            return {};
    const auto subtype = n ? lower(t.text(*n)) : std::string();
    return is_token(subtype) ? "multipart/" + subtype + '(' + parts + ')' : std::string();
}

// What the message is

bool is_plain_type(const single_field& type) {
    if (type.how != found::once)
        return type.how == found::none;
    const auto value = type.value.substr(std::min(type.value.size(), type.value.find_first_not_of(" \t")));
    const auto slash = value.find('/');
    const auto end = std::min(value.find_first_of("; \t\r\n"), value.size());
    return slash < end && is_token(value.substr(0, slash)) && is_token(value.substr(slash + 1, end - slash - 1)) &&
           value.find_first_of("(\\*") == std::string_view::npos;
}

/// The encoding that the header tells; empty where it is not plain: what no standard has a server may tell otherwise,
/// and what holds other parts may not be encoded (RFC 2045 section 6.4).
std::string own_encoding(const std::vector<wire::mail::field>& all, part::form what) {
    constexpr std::string_view for_all[] = {"7bit", "8bit", "binary"}, for_leaves[] = {"base64", "quoted-printable"};
    const auto field = only_field(all, "Content-Transfer-Encoding");
    if (field.how == found::none)
        return "7bit";
    const auto value = field.how == found::once ? lower(wire::mail::unfold(field.value)) : std::string();
    const bool known = std::ranges::find(for_all, value) != std::end(for_all) ||
                       (what == part::form::leaf && std::ranges::find(for_leaves, value) != std::end(for_leaves));
    return known ? value : std::string();
}

/// True where the boundary stands once before each part and once, closed, behind the last: as a whole line each time.
bool is_closed(std::string_view body, const std::string& boundary, std::size_t parts) {
    const auto line = "--" + boundary;
    std::size_t opening = 0, closing = 0, anywhere = 0;
    for (auto at = body.find(line); at != std::string_view::npos; at = body.find(line, at + 1)) {
        const auto behind = body.substr(at + line.size());
        const bool at_start = at == 0 || body.substr(0, at).ends_with("\r\n");
        ++anywhere;
        opening += at_start && behind.starts_with("\r\n") ? 1 : 0;
        closing += at_start && (behind == "--" || behind.starts_with("--\r\n")) ? 1 : 0;
    }
    return opening == parts && closing == 1 && anywhere == parts + 1;
}

const std::string* boundary_of(const part& p) {
    const auto& all = p.type.parameters;
    const auto it =
        std::ranges::find_if(all, [](const auto& each) { return wire::mail::same_name(each.name, "boundary"); });
    return it == all.end() || it->value.size() > longest_boundary ? nullptr : &it->value;
}

/// A message says MIME-Version where it is to be read by the rules of MIME; the parts of a multipart need not.
enum class stands_in : std::uint8_t { message, multipart };

std::string own_part(const part& p, stands_in where);

std::string own_children(const part& p) {
    std::string parts;
    const auto where = p.what == part::form::multipart ? stands_in::multipart : stands_in::message;
    for (const auto& each : p.children)
        if (!add(parts, own_part(each, where)))
            return {};
    return '(' + parts + ')';
}

std::string own_part(const part& p, stands_in where) {
    const auto all = plain_fields(p.header);
    if (!all)
        return {};
    const auto type = only_field(*all, "Content-Type");
    const bool mime = where == stands_in::multipart || only_field(*all, "MIME-Version").how == found::once;
    const auto encoding = own_encoding(*all, p.what);
    if (!mime || !is_plain_type(type) || encoding.empty())
        return {};
    if (p.what == part::form::multipart) {
        const auto* boundary = boundary_of(p);
        const auto parts =
            boundary && is_closed(p.body, *boundary, p.children.size()) ? own_children(p) : std::string();
        return parts.empty() ? std::string() : "multipart/" + lower(p.type.subtype) + parts;
    }
    if (says_multipart(*all))
        return {};
    const leaf_shape leaf{lower(p.type.type), lower(p.type.subtype), encoding, p.body.size()};
    if (p.what == part::form::leaf)
        return leaf.show();
    const auto inner = own_children(p);
    return inner.empty() ? std::string() : leaf.show() + inner;
}

} // namespace

std::string told_shape(const tree& t, const node& body) {
    const auto* first = t.child(body);
    if (!first)
        return {};
    if (first->kind == value_kind::list)
        return told_multipart(t, *first);
    const auto leaf = told_leaf(t, body);
    if (!leaf)
        return {};
    if (leaf->type != "message" || (leaf->subtype != "rfc822" && leaf->subtype != "global"))
        return leaf->show();
    constexpr int inner_body = 8;
    const auto* n = first;
    for (int i = 0; n && i < inner_body; ++i)
        n = t.next(*n);
    const auto inner = n && n->kind == value_kind::list ? told_shape(t, *n) : std::string();
    return inner.empty() ? std::string() : leaf->show() + '(' + inner + ')';
}

std::string own_shape(std::string_view message) {
    if (message.size() > largest_message)
        return {};
    try {
        return own_part(wire::mail::read_structure(message), stands_in::message);
    } catch (const std::runtime_error&) { // the module is missing: there is nothing to compare with
        return {};
    }
}

} // namespace mailspec::observe::imap
