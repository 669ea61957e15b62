#pragma once

#include "harness/run/recorded/line.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailspec::run::recorded {

/// What somebody wrote down of one or more sessions.
struct recording {
    std::string file; ///< as shown to people
    /// Who wrote it. Of people's text it is not known how lines ended, whether a blank at an end was there, whether
    /// a message was shortened or a line of the client left out; mailspec's own text is exact.
    enum class writer { people, mailspec } by = writer::people;
    std::vector<std::vector<line>> parts; ///< sessions of different parts have nothing to do with each other
};

/// The title of every audit in mailspec's reports.
inline constexpr std::string_view audit_title = "what a server said in a recorded session";

/// Reads `C: ` and `S: ` lines as RFCs, bug reports and mailspec's console and JUnit reports have them.
///
/// A report of an audit is no more exact than what was audited.
/// Text around the dialogue is left out; a line in its midst that nobody says is a fault, unless it is empty, stands
/// for what is left out, begins with # or is indented deeper than the line that it goes on from.
/// Faults   one sentence with file and line.
std::variant<recording, std::string> read(std::string_view text, const std::string& file);

} // namespace mailspec::run::recorded
