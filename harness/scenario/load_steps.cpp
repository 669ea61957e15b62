#include "harness/match/near_name.hpp"
#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <array>

namespace mailspec::scenario {

namespace {

using namespace std::chrono_literals;

} // namespace

std::size_t loader::session_on(const element& e, std::size_t fallback) const {
    if (!e.has("on"))
        return fallback;
    const std::string_view wanted = e.get("on", "");
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < out_.sessions.size(); ++i) {
        if (out_.sessions[i].name == wanted)
            return i;
        all.push_back(out_.sessions[i].name);
    }
    e.refuse_value("on", "no session is named " + std::string(wanted) + match::did_you_mean(wanted, all));
}

bool is_command(const element& e) { return e.name() == "C" || e.name() == "data" || e.name() == "raw"; }

bool is_answer(const element& e) {
    constexpr std::array<std::string_view, 5> names = {"S", "never", "may", "either", "outcomes"};
    return std::find(names.begin(), names.end(), e.name()) != names.end() && !holds_steps(e);
}

block loader::steps(elements all, std::size_t fallback) {
    block out;
    while (!all.empty()) {
        out.push_back(one_step(all, fallback));
        const bool opened = std::holds_alternative<connect_again>(out.back().what);
        if (opened && !all.empty() && is_answer(all.front()))
            out.push_back(greeting(all, out.back().session));
    }
    return out;
}

step loader::greeting(elements& left, std::size_t session) {
    step out;
    out.where = left.front().where();
    out.session = session;
    out.what = greeting_check{read_answer(nullptr, left, session)};
    return out;
}

step loader::one_step(elements& left, std::size_t fallback) {
    const element e = left.front();
    const std::string_view name = e.name();
    step out;
    out.where = e.where();
    out.session = session_on(e, fallback);
    if (is_answer(e))
        e.refuse("<" + std::string(name) + "> describes an answer, but no <C> stands before it");
    left = left.subspan(1);
    if (is_command(e))
        out.what = read_command(e, left, out.session);
    else if (!read_block(e, out) && !read_bare(e, out))
        refuse_misplaced(e, "scenario", step_names());
    out.proves = proven_by(e);
    return out;
}

bool loader::read_block(const element& e, step& out) {
    const std::string_view name = e.name();
    if (name == "pipeline")
        out.what = read_pipeline(e, out.session);
    else if (name == "poll")
        out.what = read_poll(e, out.session);
    else if (name == "if")
        out.what = read_condition(e, out.session);
    else if (name == "repeat")
        out.what = read_repeat(e, out.session);
    else if (name == "effect")
        out.what = read_effect(e, out.session);
    else if (name == "starttls")
        out.what = read_start_tls(e, out.session);
    else if (name == "check")
        out.what = read_check(e);
    else if (name == "outcomes")
        out.what = read_outcomes(e, out.session);
    else
        return false;
    return true;
}

bool loader::read_bare(const element& e, step& out) {
    const std::string_view name = e.name();
    if (name == "hangup") {
        e.only({"on", "within", "proves"});
        out.what = hangup{duration_of(e, "within", 10s)};
    } else if (name == "quiet") {
        e.only({"on", "for", "proves"});
        out.what = quiet{duration_of(e, "for", 1s)};
    } else if (name == "connect" || name == "close") {
        e.only({"on"});
        if (name == "connect")
            out.what = connect_again{};
        else
            out.what = close_connection{};
    } else {
        return false;
    }
    e.empty();
    return true;
}

} // namespace mailspec::scenario
