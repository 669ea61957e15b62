#pragma once

#include "harness/verdict/record.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mailspec::reports {

/// Gives a transcript as people paste it into bug reports: `C: ` for what went out, `S: ` for what came, `-- ` for a
/// note, each line ended by LF, everything printable; a line that has not ended says so. Where a scenario has several
/// sessions their names stand in front.
std::string show(const std::vector<verdict::transcript_line>& transcript);

/// The same for the lines around one of them, which is marked with `>` in front; of long literals
/// the middle is left out.
///
/// Takes    at: index of the line; one past the end stands for the last line.
///          before, after: how many lines at most.
std::string show_around(const std::vector<verdict::transcript_line>& transcript, std::size_t at, std::size_t before,
                        std::size_t after);

} // namespace mailspec::reports
