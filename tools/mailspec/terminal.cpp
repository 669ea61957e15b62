#include "tools/mailspec/terminal.hpp"

#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mailspec::tools {
namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

reports::console_options look_of_standard_output() {
    using look = reports::console_options;
    look l;
    if (::isatty(STDOUT_FILENO) == 0 || environment("TERM") == "dumb" || environment("TERM").empty())
        return l;
    l.to = look::medium::terminal;
    l.colours = environment("NO_COLOR").empty() ? look::colour::yes : look::colour::no;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        l.columns = size.ws_col;
    return l;
}

} // namespace mailspec::tools
