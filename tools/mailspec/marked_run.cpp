#include "tools/mailspec/marked_run.hpp"

#include "tools/mailspec/run_mark.hpp"

#include "harness/run/scratch_name.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace mailspec::tools {

verdict::run_record marked_run(const run::plan& what, const run::target& against, served_by whom, run::options how,
                               verdict::listener& hears, run::stop_handle& stop) {
    how.token = run::make_run_token(std::chrono::system_clock::now());
    std::optional<run_mark> mark;
    if (whom == served_by::others)
        mark.emplace(how.token);
    auto record = run::run(what, against, how, hears, stop);
    const bool clean = std::ranges::all_of(record.scenarios, [](const auto& each) { return each.left_behind.empty(); });
    if (mark && clean && !record.interrupted)
        mark->take_away();
    return record;
}

} // namespace mailspec::tools
