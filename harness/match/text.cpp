#include "harness/match/text.hpp"

#include "harness/match/functions.hpp"
#include "harness/match/unescape.hpp"

#include <algorithm>

namespace mailspec::match {

namespace {

expression constant_piece(std::string octets, std::size_t at) {
    expression e;
    e.constant = std::move(octets);
    e.at = at;
    return e;
}

bool proves(const expression& e) {
    const function* f = e.is_call ? function_named(e.name) : nullptr;
    return (f && f->takes_role) || std::any_of(e.arguments.begin(), e.arguments.end(), proves);
}

void append_in_form(std::string_view octets, transport form, outgoing& out) {
    switch (form) {
    case transport::none: out.octets += octets; return;
    case transport::quoted:
        out.octets += '"';
        for (const char c : octets) {
            if (c == '"' || c == '\\')
                out.octets += '\\';
            out.octets += c;
        }
        out.octets += '"';
        return;
    case transport::literal8: out.octets += '~'; [[fallthrough]];
    case transport::literal:
    case transport::literal_plus: break;
    }
    const bool waits = form != transport::literal_plus;
    out.octets.append("{").append(std::to_string(octets.size())).append(waits ? "}\r\n" : "+}\r\n");
    if (waits)
        out.waits.push_back(out.octets.size());
    out.octets += octets;
}

} // namespace

std::variant<text, syntax_error> text::compile(std::string_view source, escapes e) {
    text out;
    out.source_ = source;
    std::string constant;
    std::size_t started = 0, at = 0;
    const auto end_constant = [&] {
        if (!constant.empty())
            out.pieces_.push_back(constant_piece(std::exchange(constant, {}), started));
    };
    while (at < source.size()) {
        if (constant.empty())
            started = at;
        if (source.substr(at).starts_with("${")) {
            auto parsed = parse_placeholder(source, at);
            if (auto* error = std::get_if<syntax_error>(&parsed))
                return std::move(*error);
            auto& p = std::get<placeholder>(parsed);
            if (p.form != placeholder::form::value || p.wanted != kind::any)
                return syntax_error{at, "${_}, ${...} and kinds describe what a server says; they cannot be sent"};
            end_constant();
            out.pieces_.push_back(std::move(p.value));
            at = p.end;
        } else if (e == escapes::yes && source[at] == '\\') {
            auto octet = unescape(source, at);
            if (auto* error = std::get_if<syntax_error>(&octet))
                return std::move(*error);
            constant += std::get<char>(octet);
        } else {
            constant += source[at++];
        }
    }
    end_constant();
    if (out.pieces_.empty())
        out.pieces_.push_back(constant_piece({}, 0));
    return out;
}

text text::constant(std::string octets) {
    text out;
    out.source_ = octets;
    out.pieces_.push_back(constant_piece(std::move(octets), 0));
    return out;
}

std::vector<std::pair<std::string, std::size_t>> text::names() const {
    std::vector<std::pair<std::string, std::size_t>> out;
    for (const expression& e : pieces_)
        collect_names(e, out);
    return out;
}

bool text::proves_password() const { return std::any_of(pieces_.begin(), pieces_.end(), proves); }

bool text::may_wait() const {
    return std::any_of(pieces_.begin(), pieces_.end(), [](const expression& e) {
        const function* f = e.is_call ? function_named(e.name) : nullptr;
        return f && (f->form == transport::literal || f->form == transport::literal8);
    });
}

std::optional<std::string> text::expand(const variables& bound, outgoing& out) const {
    for (const expression& e : pieces_) {
        if (e.name.empty()) {
            out.octets += e.constant;
            continue;
        }
        auto value = evaluate(e, bound);
        if (const auto* none = std::get_if<no_value>(&value))
            return none->why;
        const function* f = e.is_call ? function_named(e.name) : nullptr;
        append_in_form(std::get<std::string>(value), f ? f->form : transport::none, out);
    }
    return std::nullopt;
}

} // namespace mailspec::match
