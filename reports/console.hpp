#pragma once

#include "harness/verdict/listener.hpp"

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>

namespace mailspec::reports {

/// How the console report looks.
struct console_options {
    enum class medium { file, terminal } to = medium::file; ///< terminal: one live line shows how far the run is
    enum class colour { no, yes } colours = colour::no;
    enum class detail {
        quiet,  ///< what is wrong, and the closing line
        normal, ///< and on a file a line for each scenario; the summary
        verbose ///< a line for each scenario everywhere; whole transcripts of what did not conform
    } how_much = detail::normal;
    std::size_t columns = 80; ///< of the terminal
    verdict::strictness strict = verdict::strictness::normal;
};

/// Tells people of a run while it goes on, and sums it up.
class console : public verdict::listener {
public:
    console(std::ostream& out, console_options o); ///< `out` must outlive it
    ~console() override;

    void run_started(const verdict::run_info& run) override;
    void scenario_started(const verdict::scenario_info& scenario) override;
    void scenario_ended(const verdict::scenario_record& record) override;
    void run_ended(const verdict::run_record& run) override;

    /// The last lines: where reports lie or why they could not be written, then the one closing line.
    void close(const verdict::run_record& run, std::span<const std::string> notes);

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace mailspec::reports
