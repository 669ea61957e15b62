#include "harness/scenario/loader.hpp"

#include <algorithm>
#include <array>

namespace mailspec::scenario {

bool holds_steps(const element& outcomes) {
    if (outcomes.name() != "outcomes")
        return false;
    const auto steps = step_names();
    for (const element& each : outcomes.children()) {
        if (each.name() != "outcome")
            continue;
        const auto inside = each.children();
        const bool some = std::any_of(inside.begin(), inside.end(), [&](const element& e) {
            return std::find(steps.begin(), steps.end(), e.name()) != steps.end() && !is_answer(e);
        });
        if (some)
            return true;
    }
    return false;
}

/// What these <outcomes> ask, by their own word or by the scenario's.
std::string loader::question_of(const element& e) {
    e.only({"asks"});
    std::string question(e.get("asks", asks_));
    if (e.has("asks") && trimmed(question).empty())
        e.refuse_value("asks", "the question is empty");
    if (question.empty())
        e.refuse("<outcomes> answer a question: give them or the scenario the attribute asks");
    if (std::find(out_.questions.begin(), out_.questions.end(), question) == out_.questions.end())
        out_.questions.push_back(question);
    return question;
}

const rfc::requirement* loader::violated_by(const element& e) {
    return e.has("violates") ? &requirement_in(e, "violates", std::string(e.get("violates", ""))) : nullptr;
}

outcomes loader::read_outcomes(const element& e, std::size_t fallback) {
    outcomes out;
    out.asks = question_of(e);
    const names::state before = names_.captured();
    std::optional<names::state> after;
    const std::vector<element> children = e.children();
    for (const element& child : children) {
        constexpr std::array<std::string_view, 1> allowed = {"outcome"};
        if (child.name() != "outcome")
            refuse_misplaced(child, e.name(), allowed);
        for (const trial& other : out.trials)
            if (other.answer.source() == child.get("answer", ""))
                child.refuse_value("answer", "this answer is given twice");
        names_.restore(before);
        out.trials.push_back(read_trial(child, fallback));
        out.trials.back().forgets = names_.captured();
        after = after ? names::common(*after, names_.captured()) : names_.captured();
        if (out.trials.back().body.empty() && &child != &children.back())
            child.refuse("an <outcome> without steps fits always; it can only be the last");
    }
    if (out.trials.size() < 2)
        e.refuse("<outcomes> needs at least two <outcome>");
    for (trial& each : out.trials)
        each.forgets = names::beyond(each.forgets, *after);
    names_.restore(*std::move(after));
    return out;
}

trial loader::read_trial(const element& e, std::size_t fallback) {
    e.only({"answer", "violates"});
    trial out;
    out.where = e.where();
    out.violates = violated_by(e);
    const std::vector<element> children = e.children();
    out.body = steps(children, fallback);
    out.answer = answer_of(e); // last, as it may use what the steps capture
    return out;
}

} // namespace mailspec::scenario
