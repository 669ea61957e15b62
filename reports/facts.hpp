#pragma once

#include "harness/verdict/record.hpp"

#include <span>
#include <string>
#include <vector>

namespace mailspec::reports {

/// What one target came to in one question.
struct fact_cell {
    enum class kind {
        answered,
        unsupported, ///< the server does not announce what it takes, or safety forbids to ask
        unjudged,    ///< refused, timed out, set-up failed
        broken,      ///< mailspec itself failed
        missing      ///< interrupted before it was asked
    } what = kind::missing;
    std::string said;                         ///< printable
    const rfc::requirement* breaks = nullptr; ///< the requirement that the answer goes against
    std::string reason;                       ///< printable: why there is no answer
};

/// "answered", "unsupported", "not judged", ...
std::string_view to_string(enum fact_cell::kind k);

/// One question, and what each target came to.
struct fact_row {
    std::string id, question;
    std::vector<fact_cell> cells;
};

/// Who was asked.
struct fact_target {
    std::string name; ///< printable
    std::vector<verdict::server_info> servers;
};

/// The answers of several targets to the same questions: what `mailspec ask` shows.
struct facts {
    std::vector<fact_target> targets;
    std::vector<fact_row> rows; ///< ascending by id, the questions of one scenario in the order of its file
};

/// Takes    one run for each target.
facts facts_of(std::span<const verdict::run_record> runs);

/// The exit status of design.md section 5: 4 where mailspec failed, else 1 where an answer breaks a MUST, else 3 where
/// something could not be judged, else 0.
int exit_status(const facts& of);

} // namespace mailspec::reports
