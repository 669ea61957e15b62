#include "tools/mailspec/marked_run.hpp"

#include "tools/mailspec/run_mark.hpp"

#include "harness/run/scratch_name.hpp"

#include <chrono>
#include <optional>

namespace mailspec::tools {

verdict::run_record marked_run(const run::plan& what, const run::target& against, served_by whom, run::options how,
                               verdict::listener& hears, run::stop_handle& stop) {
    how.token = run::make_run_token(std::chrono::system_clock::now());
    std::optional<run_mark> mark;
    if (whom == served_by::others)
        mark.emplace(how.token);
    return run::run(what, against, how, hears, stop);
}

} // namespace mailspec::tools
