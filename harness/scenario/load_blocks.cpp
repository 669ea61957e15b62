#include "harness/match/near_name.hpp"
#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <array>

namespace mailspec::scenario {

namespace {

using namespace std::chrono_literals;

using relation_kind = decltype(check::relation);

struct relation_at {
    relation_kind what;
    std::size_t at, size;
};

/// The relation between the two sides of a check, outside of every ${...}.
std::optional<relation_at> find_relation(std::string_view said) {
    using r = relation_kind;
    for (std::size_t at = 0; at < said.size(); ++at) {
        if (said.substr(at).starts_with("${")) {
            const auto hole = match::parse_placeholder(said, at);
            if (const auto* p = std::get_if<match::placeholder>(&hole))
                at = p->end - 1;
            continue;
        }
        const std::string_view two = said.substr(at, 2);
        if (two == "!=" || two == "<=" || two == ">=")
            return relation_at{two == "!=" ? r::unequal : two == "<=" ? r::less_equal : r::greater_equal, at, 2};
        if (two.front() == '=' || two.front() == '<' || two.front() == '>')
            return relation_at{two.front() == '=' ? r::equal : two.front() == '<' ? r::less : r::greater, at, 1};
    }
    return std::nullopt;
}

} // namespace

pipeline loader::read_pipeline(const element& e, std::size_t fallback) {
    e.only({"on"});
    const std::vector<element> children = e.children();
    pipeline out;
    bool several = false;
    for (elements left(children); !left.empty();) {
        if (!is_command(left.front())) {
            constexpr std::array<std::string_view, 6> allowed = {"C", "data", "raw", "S", "never", "may"};
            if (is_answer(left.front()))
                one_step(left, fallback);
            refuse_misplaced(left.front(), "pipeline", allowed);
        }
        const element command = left.front();
        out.commands.push_back(one_step(left, fallback));
        several = several || out.commands.back().session != out.commands.front().session;
        if (several && std::any_of(out.commands.begin(), out.commands.end(), [](const step& s) {
                return std::get<mailspec::scenario::command>(s.what).text.may_wait();
            }))
            command.refuse("a pipeline over several sessions reads nothing before all is said, so that no literal can "
                           "wait for its \"+\": write literal+()");
    }
    if (out.commands.empty())
        e.refuse("<pipeline> holds no command");
    return out;
}

poll loader::read_poll(const element& e, std::size_t fallback) {
    e.only({"within", "on", "took"});
    poll out{duration_of(e, "within", 10s), {}, {}, {}};
    const std::vector<element> children = e.children();
    elements left(children);
    if (left.empty())
        e.refuse("<poll> holds nothing to wait for");
    if (!is_answer(left.front())) {
        out.body = steps(left, fallback);
    } else {
        out.unsolicited = read_answer(nullptr, left, fallback);
        if (!left.empty())
            left.front().refuse("a <poll> that begins with <S> waits for what comes unasked and can hold no <" +
                                std::string(left.front().name()) + ">");
    }
    out.took = name_bound_by(e, "took");
    return out;
}

/// The name in that attribute, bound from here on; empty where it is not given.
std::string loader::name_bound_by(const element& e, const char* attribute) {
    std::string name(e.get(attribute, ""));
    if (!e.has(attribute))
        return name;
    const auto parsed = match::parse_placeholder("${" + name + "}", 0);
    const auto* p = std::get_if<match::placeholder>(&parsed);
    if (!p || p->form != match::placeholder::form::value || p->wanted != match::kind::any || !p->value.is_plain_name())
        e.refuse_value(attribute, "\"" + name + "\" is no name: letters, digits and _");
    if (const auto why = names_.uncapturable(name))
        e.refuse_value(attribute, *why);
    if (names_.is_given(name))
        e.refuse_value(attribute, "the name " + name + " is mailspec's own");
    names_.bind(name);
    return name;
}

condition loader::read_condition(const element& e, std::size_t fallback) {
    e.only({"can", "on"});
    condition out;
    out.can = e.required("can");
    const std::size_t colon = out.can.find(':');
    const std::string protocol = colon == std::string::npos ? "" : out.can.substr(0, colon);
    const bool spoken = std::any_of(out_.sessions.begin(), out_.sessions.end(),
                                    [&](const session& s) { return wire::to_string(s.protocol) == protocol; });
    if (colon != std::string::npos && !spoken)
        e.refuse_value("can", "no session here speaks " + protocol);
    const std::size_t name = colon == std::string::npos ? 0 : colon + 1;
    if (out.can.substr(name).starts_with('!')) {
        out.negated = true;
        out.can.erase(name, 1);
    }
    if (out.can.size() == name)
        e.refuse_value("can", "the name of a capability is missing");
    const std::vector<element> children = e.children();
    if (children.empty())
        e.refuse("<if> holds no steps");
    const names::state before = names_.captured();
    out.then = steps(children, fallback);
    names_.restore(before);
    return out;
}

repeat loader::read_repeat(const element& e, std::size_t fallback) {
    e.only({"times", "on"});
    repeat out{number_in(e, "times", 1, 1'000'000), {}};
    const std::vector<element> children = e.children();
    if (children.empty())
        e.refuse("<repeat> holds no steps");
    out.body = steps(children, fallback);
    return out;
}

start_tls loader::read_start_tls(const element& e, std::size_t fallback) {
    e.only({"on", "proves"});
    const std::vector<element> children = e.children();
    start_tls out;
    if (children.empty()) {
        e.empty();
        return out;
    }
    const names::state before = names_.captured();
    elements left(children);
    out.behind.push_back(one_step(left, fallback));
    const auto* first = std::get_if<command>(&out.behind.front().what);
    const bool fits = first && first->form == command::form::raw && !first->awaits_answer && !first->text.may_wait() &&
                      out.behind.front().session == fallback;
    if (!fits)
        children.front().refuse("what stands first in <starttls> goes out behind the command, in the clear: a <raw> "
                                "of the same session, without an answer");
    out.body = steps(left, fallback);
    names_.restore(before);
    return out;
}

check loader::read_check(const element& e) {
    e.only({"proves"});
    const located_text t = e.text();
    const std::string_view said = t.decoded;
    const auto relation = find_relation(said);
    if (!relation)
        e.refuse("<check> needs a relation, one of = != < <= > >= (written &lt; and &lt;=)");
    const auto side = [&](std::string_view part) {
        const std::string_view s = trimmed(part);
        const auto at = static_cast<std::size_t>((s.empty() ? part.data() : s.data()) - said.data());
        if (s.empty())
            e.refuse_text(t, relation->at, "a side of this relation is missing");
        return compile_text(e, t, s, at, match::text::escapes::no);
    };
    match::text left = side(said.substr(0, relation->at));
    match::text right = side(said.substr(relation->at + relation->size));
    return {std::move(left), std::move(right), relation->what, std::string(trimmed(said))};
}

} // namespace mailspec::scenario
