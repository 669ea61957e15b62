#include "harness/run/guard.hpp"

#include "harness/run/words.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::run {
namespace {

/// The octets that a literal announced at the end of that line has; 0 for none.
std::size_t announced(std::string_view line) {
    const auto open = line.rfind('{');
    if (open == line.npos || !line.ends_with('}'))
        return 0;
    std::size_t size = 0;
    const auto [end, failed] = std::from_chars(line.data() + open + 1, line.data() + line.size(), size);
    return failed == std::errc() ? size : 0;
}

std::string_view without_cr(std::string_view line) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Where the command ends that begins there, its literals included.
std::size_t end_of_command(std::string_view octets) {
    std::size_t from = 0;
    for (;;) {
        const auto end = octets.find('\n', from);
        if (end == octets.npos)
            return octets.size();
        const auto literal = announced(without_cr(octets.substr(from, end - from)));
        if (literal == 0)
            return end;
        from = std::min(end + 1 + literal, octets.size());
    }
}

std::string_view without_tag(std::string_view line) {
    take_until(line, " \t");
    return line;
}

} // namespace

bool guard::allows(std::string_view octets, exchange::form how) {
    if (how == exchange::form::raw)
        see_raw(octets);
    if (how == exchange::form::line)
        see_lines(octets);
    return !conduct_.changes_others();
}

/// Line by line whatever literals say: a server that refuses one takes its octets for commands.
void guard::see_raw(std::string_view octets) {
    line_ += octets;
    for (auto end = line_.find('\n'); end != line_.npos; end = line_.find('\n')) {
        conduct_.see(without_tag(without_cr(std::string_view(line_).substr(0, end))));
        line_.erase(0, end + 1);
    }
}

void guard::see_lines(std::string_view octets) {
    for (bool first = true; !octets.empty(); first = false) {
        const auto end = end_of_command(octets);
        const auto command = without_cr(octets.substr(0, end));
        conduct_.see(first ? command : without_tag(command));
        octets.remove_prefix(std::min(end + 1, octets.size()));
    }
}

} // namespace mailspec::run
