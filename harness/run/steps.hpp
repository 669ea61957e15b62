#pragma once

#include "harness/run/play.hpp"
#include "harness/run/script.hpp"
#include "harness/scenario/scenario.hpp"

#include <string>
#include <string_view>

namespace mailspec::run {

/// Does the steps one after the other; throws `missed` at the first expectation that does not hold.
script<> do_steps(play& of, const scenario::block& steps);

/// One command from its text to the judgement of its answer.
script<> do_command(play& of, const scenario::step& at, const scenario::command& c);
script<> do_pipeline(play& of, const scenario::pipeline& p);
script<> do_poll(play& of, const scenario::step& at, const scenario::poll& p);
script<> do_effect(play& of, const scenario::step& at, const scenario::effect& e);

/// Holds the answer that the party has against what is expected; binds what it captures.
void judge_answer(play& of, party& p, const scenario::answer& expected, const scenario::step& at);

/// One expectation of a step itself that did not hold, about the party's latest line.
[[noreturn]] void miss_step(const party& p, const scenario::step& at, std::string expected, std::string came,
                            std::string why);

/// The party of that step; throws `abandoned` where its connection is no more.
party& party_of(play& of, const scenario::step& at);

} // namespace mailspec::run
