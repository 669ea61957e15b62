#include "harness/scenario/loader.hpp"
#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <array>

namespace mailspec::scenario {

namespace {

using role = match::pattern::role;
using kind = match::expectation::kind;

bool is_expectation(const element& e) { return e.name() == "S" || e.name() == "never" || e.name() == "may"; }

match::strictness strictness_of(const element& e) {
    using s = match::strictness;
    s out;
    e.only({"order", "extra", "case", "text", "proves"});
    out.order = one_of(e, "order", "free", {"free", "kept"}) == "kept" ? s::order::kept : s::order::free;
    out.extra = one_of(e, "extra", "allowed", {"allowed", "forbidden"}) == "forbidden" ? s::extra::forbidden
                                                                                       : s::extra::allowed;
    out.letters = one_of(e, "case", "any", {"any", "same"}) == "same" ? s::letters::same_case : s::letters::any_case;
    out.words = one_of(e, "text", "free", {"free", "compared"}) == "compared" ? s::words::compared : s::words::free;
    return out;
}

void whole_answer(const element& e, match::expectations& out) {
    using x = match::expectations;
    out.order = one_of(e, "order", "free", {"free", "kept"}) == "kept" ? x::order::kept : x::order::free;
    out.extra = one_of(e, "extra", "allowed", {"allowed", "forbidden"}) == "forbidden" ? x::extra::forbidden
                                                                                       : x::extra::allowed;
}

/// Calls `take` with each line of the text that is not blank, trimmed, and its offset.
template <class Take> void each_line(std::string_view text, Take take) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at));
        if (!line.empty())
            take(line, static_cast<std::size_t>(line.data() - text.data()));
        at = end + 1;
    }
}

} // namespace

match::text loader::compile_text(const element& e, const located_text& t, std::string_view part, std::size_t at,
                                 match::text::escapes how) {
    auto made = match::text::compile(part, how);
    if (const auto* error = std::get_if<match::syntax_error>(&made))
        e.refuse_text(t, at + error->at, error->message);
    auto& text = std::get<match::text>(made);
    for (const auto& [name, offset] : text.names())
        if (const auto why = names_.unbound(name))
            e.refuse_text(t, at + offset, *why);
    return std::move(text);
}

/// <data>: line ends become CRLF, which moves the offsets of what stands behind them.
match::text loader::compile_data(const element& e) {
    const located_text t = e.text();
    if (e.has("file")) {
        if (!trimmed(t.decoded).empty())
            e.refuse_text(t, t.decoded.find_first_not_of(" \t\r\n"), "a <data> has either a file or text");
        return match::text::constant(wire::with_crlf(file_octets(e)));
    }
    std::string_view said = t.decoded;
    const std::size_t skipped = said.starts_with('\n') ? 1 : 0;
    said.remove_prefix(skipped);
    compile_text(e, t, said, skipped, match::text::escapes::no);
    return std::get<match::text>(match::text::compile(wire::with_crlf(said), match::text::escapes::no));
}

command loader::read_command(const element& e, elements& left, std::size_t session) {
    command out;
    if (e.name() == "data") {
        e.only({"on", "order", "extra", "file", "proves"});
        out.form = command::form::data;
        if (!wire::speaks_smtp(protocol_of(session)))
            e.refuse("<data> is for SMTP, submission and LMTP; this session speaks " +
                     std::string(wire::to_string(protocol_of(session))));
        out.text = compile_data(e);
    } else if (e.name() == "raw") {
        e.only({"on", "order", "extra", "proves"});
        out.form = command::form::raw;
        const located_text t = e.text();
        out.text = compile_text(e, t, t.decoded, 0, match::text::escapes::yes);
    } else {
        e.only({"on", "order", "extra", "proves"});
        const located_text t = e.text();
        const std::string_view line = trimmed(t.decoded);
        const auto at = static_cast<std::size_t>(line.empty() ? 0 : line.data() - t.decoded.data());
        if (const std::size_t end = line.find_first_of("\r\n"); end != std::string_view::npos)
            e.refuse_text(t, at + end,
                          "<C> is one command line, but the text goes on after it; a literal is ${literal(...)}");
        out.text = compile_text(e, t, line, at, match::text::escapes::no);
    }
    const elements before = left;
    out.expected = read_answer(&e, left, session);
    out.awaits_answer = out.form != command::form::raw || left.size() != before.size();
    return out;
}

answer loader::read_answer(const element* of, elements& left, std::size_t session) {
    answer out;
    if (of) {
        whole_answer(*of, out.wanted);
        out.where = of->where();
    } else if (!left.empty()) {
        out.where = left.front().where();
    }
    read_expectations(left, out.wanted, session);
    const bool has_alternatives =
        !left.empty() && (left.front().name() == "either" || left.front().name() == "outcomes");
    if (!has_alternatives || holds_steps(left.front()))
        return out;
    read_alternatives(left.front(), out, session);
    left = left.subspan(1);
    if (!left.empty() && is_answer(left.front()))
        left.front().refuse("<" + std::string(left.front().name()) + "> must stand before the alternatives");
    return out;
}

void loader::read_alternatives(const element& e, answer& out, std::size_t session) {
    const bool asked = e.name() == "outcomes";
    if (asked)
        out.asks = question_of(e);
    else
        e.only({});
    out.choice = asked ? answer::choice::outcomes : answer::choice::either;
    const std::string_view inside = asked ? "outcome" : "option";
    const names::state before = names_.captured();
    std::optional<names::state> after;
    for (const element& child : e.children()) {
        const std::array<std::string_view, 1> allowed = {inside};
        if (child.name() != inside)
            refuse_misplaced(child, e.name(), allowed);
        names_.restore(before);
        out.alternatives.push_back(read_alternative(child, out, session));
        out.alternatives.back().forgets = names_.captured();
        after = after ? names::common(*after, names_.captured()) : names_.captured();
    }
    if (out.alternatives.size() < 2)
        e.refuse("<" + std::string(e.name()) + "> needs at least two <" + std::string(inside) + ">");
    for (alternative& each : out.alternatives)
        each.forgets = names::beyond(each.forgets, *after);
    names_.restore(*std::move(after));
}

alternative loader::read_alternative(const element& e, const answer& base, std::size_t session) {
    alternative out;
    out.where = e.where();
    out.wanted = base.wanted;
    if (e.name() == "outcome") {
        e.only({"answer", "violates"});
        for (const alternative& other : base.alternatives)
            if (other.answer.source() == e.get("answer", ""))
                e.refuse_value("answer", "this answer is given twice");
        out.violates = violated_by(e);
    } else {
        e.only({});
    }
    const std::vector<element> children = e.children();
    elements left(children);
    read_expectations(left, out.wanted, session);
    if (!left.empty()) {
        constexpr std::array<std::string_view, 3> allowed = {"S", "never", "may"};
        refuse_misplaced(left.front(), e.name(), allowed);
    }
    if (e.name() == "outcome")
        out.answer = answer_of(e); // last, as it may use what the alternative itself captures
    return out;
}

void loader::read_expectations(elements& left, match::expectations& out, std::size_t session) {
    const std::size_t first = out.all.size();
    std::vector<element> of;
    for (; !left.empty() && is_expectation(left.front()); left = left.subspan(1)) {
        read_patterns(left.front(), out, session);
        of.resize(out.all.size() - first, left.front());
    }
    const auto describes = [&](role r) {
        return std::find_if(out.all.begin(), out.all.end(), [&](const match::expectation& x) {
            return x.what == kind::must && x.shape.describes() == r;
        });
    };
    const bool smtp = wire::speaks_smtp(protocol_of(session));
    if (!smtp && !of.empty() && describes(role::completion) != out.all.end() &&
        describes(role::continuation) != out.all.end())
        of.back().refuse("an answer is either a continuation request, after which the next <C> goes on, or ends the "
                         "command; not both");
}

void loader::read_patterns(const element& e, match::expectations& out, std::size_t session) {
    const match::strictness strict = strictness_of(e);
    const rfc::requirement* proves = proven_by(e);
    const located_text t = e.text();
    const std::size_t before = out.all.size();
    each_line(t.decoded, [&](std::string_view line, std::size_t at) {
        auto made = match::pattern::compile(protocol_of(session), line, strict);
        if (const auto* error = std::get_if<match::syntax_error>(&made))
            e.refuse_text(t, at + error->at, error->message);
        match::expectation x;
        x.what = e.name() == "S" ? kind::must : e.name() == "never" ? kind::never : kind::may;
        x.shape = std::get<match::pattern>(std::move(made));
        x.line = in_line(e, t, at);
        x.proves = proves;
        check_names(e, t, at, x);
        out.all.push_back(std::move(x));
    });
    if (out.all.size() == before)
        e.refuse("<" + std::string(e.name()) + "> is empty");
}

std::uint32_t loader::in_line(const element& e, const located_text& t, std::size_t at) {
    return e.in().at(t.in_file(at, e.in().octets())).line;
}

/// What a <S> captures is bound from here on; <never> and <may> bind nothing.
void loader::check_names(const element& e, const located_text& t, std::size_t at, const match::expectation& x) {
    for (const auto& use : x.shape.names()) {
        const auto why = use.capturing ? names_.uncapturable(use.name) : names_.unbound(use.name);
        if (why)
            e.refuse_text(t, at + use.at, *why);
        if (use.capturing && x.what == kind::must)
            names_.bind(use.name);
    }
}

} // namespace mailspec::scenario
