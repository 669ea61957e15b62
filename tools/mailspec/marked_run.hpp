#pragma once

#include "harness/run/run.hpp"

namespace mailspec::tools {

/// Whose server it is: nobody but this process can clean the built-in one.
enum class served_by { ourselves, others };

/// run::run() under a token of its own, with a mark that keeps `mailspec clean` away from its scratch mailboxes.
verdict::run_record marked_run(const run::plan& what, const run::target& against, served_by whom, run::options how,
                               verdict::listener& hears, run::stop_handle& stop);

} // namespace mailspec::tools
