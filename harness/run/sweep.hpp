#pragma once

#include "harness/run/run.hpp"
#include "harness/run/scratch_name.hpp"
#include "harness/run/target.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace mailspec::run {

/// A mailbox that a run left behind, or the subscription of one.
struct leftover {
    std::string user; ///< whose it is, as in LOGIN
    std::string name; ///< as the server calls it
    enum class kind { mailbox, subscription } what = kind::mailbox;
    scratch_origin origin;
};

/// How a sweep is done.
struct sweep_options {
    std::chrono::milliseconds timeout{10000}; ///< of each operation: connect, one answer
    wire::limits limits;
    /// Asked of each: empty when it is to be removed, else why it is left alone.
    std::function<std::string(const leftover&)> spares;
};

/// What became of all that was found.
struct swept {
    struct one {
        leftover what;
        enum class fate { removed, spared, refused } became = fate::removed;
        std::string why; ///< the server's words, or why it was spared
    };
    std::vector<one> found;
    std::vector<std::string> failed; ///< one sentence for each account that could not be looked at
    bool interrupted = false;
};

/// Removes over IMAP, in every account of the target, what runs left behind: known by its name alone.
///
/// Takes    a target whose secrets are resolved.
swept sweep(const target& at, const sweep_options& how, stop_handle& stop);

} // namespace mailspec::run
