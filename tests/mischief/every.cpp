#include "harness/serve/mischief.hpp"

#include "tests/mischief/matrix.hpp"
#include "tests/mischief/trial.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <string>
#include <unistd.h>

// The whole matrix: every breach that the built-in server knows against every bundled scenario.
//
// usage: mischief_matrix [PART-OF-AN-ID...]
//
// Prints for each breach which scenarios name it and which fail without naming it. Exits 1 where one that claims to
// notice a breach does not, or one that does not claim it blames it.

namespace mailspec::mischief_test {
namespace {

constexpr std::size_t most_shown = 12;

std::string listed(const std::set<std::string>& ids, std::string_view between) {
    std::string out;
    std::size_t shown = 0;
    for (const auto& id : ids) {
        if (shown++ == most_shown)
            return out + " and " + std::to_string(ids.size() - most_shown) + " more";
        out.append(out.empty() ? "" : between).append(id);
    }
    return out;
}

std::set<std::string> without(const std::set<std::string>& all, const std::set<std::string>& some) {
    std::set<std::string> out;
    std::ranges::set_difference(all, some, std::inserter(out, out.end()));
    return out;
}

std::set<std::string> in_both(const std::set<std::string>& all, const std::set<std::string>& some) {
    std::set<std::string> out;
    std::ranges::set_intersection(all, some, std::inserter(out, out.end()));
    return out;
}

void line(const char* what, const std::set<std::string>& ids, std::string_view between = ", ") {
    if (!ids.empty())
        std::printf("  %-20s %s\n", what, listed(ids, between).c_str());
}

void print(const trial& t) {
    auto claiming = t.claim.proving;
    claiming.insert(t.claim.answering.begin(), t.claim.answering.end());
    std::printf("%s  (%.1f s)\n", std::string(t.breach->id).c_str(), t.took.count());
    line("named, as proven", in_both(t.reporting, t.claim.proving));
    line("named, by an answer", in_both(t.reporting, without(t.claim.answering, t.claim.proving)));
    line("not noticed", without(claiming, t.reporting));
    line("found by a monitor", without(t.finding, claiming));
    line("blamed elsewhere", without(t.blaming, claiming));
    line("fails, not named", t.others, "\n                       ");
}

/// Says on a terminal how far it is: it takes minutes.
trial try_all_and_tell(const run::plan& all, const rfc::requirement& breach) {
    static std::atomic<std::size_t> done{0};
    auto t = try_all(all, breach);
    if (const auto count = ++done; ::isatty(STDERR_FILENO) != 0)
        std::fprintf(stderr, "\r%zu of %zu breaches", count, serve::mischief::known().size());
    return t;
}

int print_all(const wish& wanted) {
    const auto since = std::chrono::steady_clock::now();
    const auto trials = try_each(bundled_plan(patience::short_tempered), try_all_and_tell, wanted);
    std::size_t runs = 0, wrong = 0;
    for (const auto& t : trials) {
        print(t);
        runs += t.ran.size();
    }
    for (const auto& t : trials)
        for (const auto& fault : faults_of(t)) {
            if (wrong++ == 0)
                std::printf("\nwhat must not be:\n");
            std::printf("  %s\n", fault.c_str());
        }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - since;
    std::printf("\n%zu breaches in %zu runs of scenarios: %.1f s; %zu faults\n", trials.size(), runs, took.count(),
                wrong);
    return wrong == 0 ? 0 : 1;
}

} // namespace
} // namespace mailspec::mischief_test

int main(int count, char** words) {
    const std::set<std::string> parts(words + 1, words + count);
    return mailspec::mischief_test::print_all([&](std::string_view id) {
        return parts.empty() ||
               std::ranges::any_of(parts, [&](const auto& part) { return id.find(part) != std::string_view::npos; });
    });
}
