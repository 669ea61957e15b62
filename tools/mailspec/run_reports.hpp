#pragma once

#include "tools/mailspec/arguments.hpp"
#include "tools/mailspec/commands.hpp"

#include "harness/verdict/record.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace mailspec::tools {

/// The reports of a run that are asked for besides the console.
class run_reports {
public:
    explicit run_reports(const std::vector<run_report>& wanted) : wanted_(wanted) {}

    /// Gives the sentence that says why one could not be written, or nothing.
    std::string probe() const;
    /// A report on standard output has it for itself; what the console says goes to the other stream then.
    std::ostream& console_stream(const world& to) const;

    /// What the reports came to.
    struct written {
        std::vector<std::string> notes;
        int status = exit_done;
    };
    written write(const verdict::run_record& record, verdict::strictness s) const;

private:
    const std::vector<run_report>& wanted_;
};

/// How the console looks.
reports::console_options look_of(detail how_much, verdict::strictness s, const world& to);

} // namespace mailspec::tools
