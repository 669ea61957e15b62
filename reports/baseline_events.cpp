#include "reports/baseline_events.hpp"

#include "reports/escape.hpp"
#include "reports/run_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailspec::reports {
namespace {

constexpr std::array<std::string_view, 11> keys_known_of_top{"format",    "mailspec",    "target",  "servers",
                                                             "started",   "times",       "counts",  "milliseconds",
                                                             "scenarios", "interrupted", "baseline"};
constexpr std::array<std::string_view, 15> keys_known_of_scenario{
    "id",     "outcome", "title", "file",  "line",        "proves",   "broken",      "findings",
    "reason", "answers", "plays", "notes", "left_behind", "baseline", "milliseconds"};

constexpr std::size_t longest_shown = 100;

/// Words of the file, as a sentence of ours can show them.
std::string quoted(std::string_view said) { return fmt::format("\"{}\"", printable(said, longest_shown)); }

} // namespace

bool baseline_events::refuse(std::string why, std::size_t at) {
    fault_ = std::move(why);
    fault_at_ = at;
    return false;
}

bool baseline_events::begins(bracket b, std::size_t at) {
    if (ignored_ > 0)
        return ++ignored_ != 0;
    const bool object = b == bracket::object;
    switch (in_) {
    case place::nowhere:
        in_ = place::top;
        return object || refuse("a baseline is an object that holds \"scenarios\"", at);
    case place::top:
        if (key_ == "format")
            return takes_format(scalar::other, {}, at);
        if (key_ != "scenarios")
            return ++ignored_ != 0;
        in_ = place::scenarios;
        return !object || refuse("\"scenarios\" is a list", at);
    case place::scenarios: return object ? begins_scenario(at) : refuse("a scenario is an object", at);
    case place::scenario:
        if (key_ == "id" || key_ == "outcome")
            return refuse(fmt::format("\"{}\" is a string", key_), at);
        if (key_ != "broken")
            return ++ignored_ != 0;
        in_ = place::broken;
        return !object || refuse("\"broken\" is a list", at);
    case place::broken: break;
    }
    return refuse("what a scenario broke is named by the ids of requirements", at);
}

bool baseline_events::begins_scenario(std::size_t at) {
    in_ = place::scenario;
    began_ = at;
    keys_of_scenario_.clear();
    id_.clear();
    scenario_ = {};
    return true;
}

bool baseline_events::ends() {
    if (ignored_ > 0) {
        --ignored_;
        return true;
    }
    switch (in_) {
    case place::broken: in_ = place::scenario; return true;
    case place::scenario: in_ = place::scenarios; return ends_scenario();
    case place::scenarios: in_ = place::top; return true;
    case place::top:
        in_ = place::nowhere;
        return keys_of_top_.contains("scenarios") || refuse("the list \"scenarios\" is missing", 0);
    case place::nowhere: break;
    }
    return true;
}

bool baseline_events::ends_scenario() {
    for (const std::string_view needed : {"id", "outcome"})
        if (!keys_of_scenario_.contains(needed))
            return refuse(fmt::format("this scenario has no \"{}\"", needed), began_);
    made_.scenarios.emplace(std::move(id_), std::move(scenario_));
    return true;
}

bool baseline_events::key(std::string_view name, std::size_t at) {
    if (ignored_ > 0)
        return true;
    const bool at_top = in_ == place::top;
    const bool known = at_top ? std::ranges::find(keys_known_of_top, name) != keys_known_of_top.end()
                              : std::ranges::find(keys_known_of_scenario, name) != keys_known_of_scenario.end();
    if (!known)
        return refuse(fmt::format("{} is no key of a {}", quoted(name), at_top ? "baseline" : "scenario"), at);
    key_ = name;
    if (!(at_top ? keys_of_top_ : keys_of_scenario_).insert(key_).second)
        return refuse(fmt::format("\"{}\" stands here twice", key_), at);
    return true;
}

bool baseline_events::value(scalar kind, std::string_view said, std::size_t at) {
    if (ignored_ > 0)
        return true;
    const bool text = kind == scalar::text;
    switch (in_) {
    case place::nowhere: return refuse("a baseline is an object that holds \"scenarios\"", at);
    case place::top:
        if (key_ == "format")
            return takes_format(kind, said, at);
        return key_ != "scenarios" || refuse("\"scenarios\" is a list", at);
    case place::scenarios: return refuse("a scenario is an object", at);
    case place::scenario:
        if (key_ == "broken")
            return refuse("\"broken\" is a list", at);
        if (key_ != "id" && key_ != "outcome")
            return true;
        if (!text)
            return refuse(fmt::format("\"{}\" is a string", key_), at);
        return key_ == "id" ? takes_id(said, at) : takes_outcome(said, at);
    case place::broken: break;
    }
    if ((!text && kind != scalar::null) || (text && said.empty()))
        return refuse("what a scenario broke is named by the ids of requirements", at);
    scenario_.broken.emplace(said);
    return true;
}

bool baseline_events::takes_format(scalar kind, std::string_view said, std::size_t at) {
    if (kind == scalar::whole_number && said == fmt::format("{}", run_json_format))
        return true;
    return refuse(fmt::format("the format is another one: this mailspec reads {}", run_json_format), at);
}

bool baseline_events::takes_id(std::string_view id, std::size_t at) {
    if (id.empty())
        return refuse("the id of a scenario is not empty", at);
    const auto [first, fresh] = places_.emplace(id, at);
    if (!fresh) {
        see_also_ = first->second;
        return refuse(fmt::format("{} stands here twice", quoted(id)), at);
    }
    id_ = id;
    return true;
}

bool baseline_events::takes_outcome(std::string_view name, std::size_t at) {
    const auto known = verdict::outcome_called(name);
    if (!known)
        return refuse(fmt::format("there is no outcome {}: conforms, deviates, violates, unsupported, inconclusive or "
                                  "broken",
                                  quoted(name)),
                      at);
    scenario_.result = *known;
    return true;
}

} // namespace mailspec::reports
