#pragma once

#include "harness/rfc/requirement.hpp"
#include "harness/run/plan.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailspec::mischief_test {

/// Which scenarios claim to notice one breach, and whether the harness does whatever they expect.
struct claimants {
    std::set<std::string> proving;   ///< scenarios that prove the requirement
    std::set<std::string> answering; ///< scenarios that hold an outcome against it
    bool found = false;              ///< a reader or monitor cites it: there is a finding
    bool observed = false;           ///< whoever compares before and after of an <effect> cites it

    bool any() const { return !proving.empty() || !answering.empty() || found || observed; }
};

claimants claimants_of(const run::plan& all, const rfc::requirement& breach);

/// What came of one breach.
struct trial {
    const rfc::requirement* breach = nullptr;
    claimants claim;
    std::set<std::string> ran;
    std::set<std::string> reporting; ///< scenarios in which it was named
    std::set<std::string> finding;   ///< those of them where a reader or monitor named it
    std::set<std::string> blaming;   ///< those of them where an expectation named it
    std::chrono::duration<double> took{};
    std::set<std::string> accused_on_paper; ///< "imap/noop: imap.x": an audit of the transcript named what nobody found
    std::set<std::string> lost_on_paper;    ///< the same, where it did not name what was found
    std::set<std::string> others;           ///< "imap/noop: inconclusive: ...": what went wrong without naming it
};

/// Tries a breach in the scenarios that claim to notice it; and where it must be found by a reader or monitor, which no
/// scenario has to want, in ever more of those of its protocol until one shows it.
trial try_claimants(const run::plan& all, const rfc::requirement& breach);

/// Tries a breach in every scenario; those that claim to notice it have a server to themselves: a lock that is never
/// released keeps the others from getting as far.
trial try_all(const run::plan& all, const rfc::requirement& breach);

/// Every known breach that is wanted, in the order of their ids, several at a time: some only wait.
using attempt = trial (*)(const run::plan&, const rfc::requirement&);
using wish = std::function<bool(std::string_view)>;
std::vector<trial> try_each(const run::plan& all, attempt how, const wish& wanted);

/// What is wrong with it, one sentence a line: who claims to notice and does not, who names it and does not claim it.
std::vector<std::string> faults_of(const trial& t);

} // namespace mailspec::mischief_test
