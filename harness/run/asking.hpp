#pragma once

#include "harness/run/play.hpp"
#include "harness/scenario/scenario.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mailspec::run {

/// The alternative of some <outcomes> that fitted.
struct fitting {
    const match::text& answer;
    const rfc::requirement* violates;
    const scenario::position& where;
    std::size_t rank; ///< which of the alternatives it is
};

/// Notes the answer to a question. One that breaks a requirement is noted as a failure; the scenario goes on.
void take_answer(play& of, const party& told_by, const std::string& asks, const fitting& how);

/// What a try that did not hold must not leave behind: captures, answers and failures.
class attempt {
public:
    explicit attempt(play& of) : of_(of), bound_(of.bound.mark()), answers_(of.answers), failures_(of.failures) {}
    void undo();

private:
    play& of_;
    std::size_t bound_;
    std::vector<answered> answers_;
    std::vector<missed::one> failures_;
};

/// <outcomes> as a step.
script<> do_outcomes(play& of, const scenario::step& at, const scenario::outcomes& o);

} // namespace mailspec::run
