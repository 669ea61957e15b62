#include "harness/serve/line_session.hpp"

#include "harness/rfc/catalogue.hpp"
#include "harness/wire/ascii.hpp"

#include <utility>

namespace mailspec::serve {

namespace {

/// RFC 4954 section 4: what deployed authentication mechanisms need; every command is shorter.
constexpr std::size_t line_limit = 12288 + 2;

/// Answers beyond this are sent before the next command is obeyed.
constexpr std::size_t output_at_once = 1u << 20;

} // namespace

line_session::line_session(session_options options, std::span<const altered_answer> table, wire::protocol spoken)
    : options_(std::move(options)), input_(line_limit), altered_(table, *options_.breaches, spoken) {}

std::string line_session::greeting() { return altered_.alter("(greeting)", welcome()); }

void line_session::send(std::string_view lines) {
    if (altered_.empty())
        output_.append(lines);
    else
        output_.append(altered_.alter(answered_, lines));
}

void line_session::now_answering(std::string_view command) {
    if (!altered_.empty())
        answered_ = command;
}

std::string line_session::take_output() { return std::exchange(output_, {}); }

void line_session::tls_started() {
    options_.over = session_options::channel::secured;
    if (before_tls() == leftovers::dropped)
        input_.clear();
    next_ = has_more_input() ? action::resume : action::read;
    forget();
}

std::size_t line_session::take_octets(std::string_view octets) { return octets.size(); }

void line_session::receive(std::string_view octets) {
    if (next_ == action::start_tls || next_ == action::close)
        return;
    next_ = action::read;
    if (breaks(rfc::req::smtp_command_crlf_only) && reads() == reading::lines)
        input_.add(wire::with_crlf(octets)); // as a server reads that takes a lone LF for a line end
    else
        input_.add(octets);
    if (breaks(rfc::req::smtp_command_awaits_crlf) && reads() == reading::lines && input_.rest() == "NOOP")
        input_.add("\r\n");
    while (next_ == action::read && advance())
        if (next_ == action::read && output_.size() > output_at_once)
            next_ = action::resume;
}

void line_session::obey_pieces(std::string line) {
    for (std::string_view left = line; !left.empty() && next_ == action::read;) {
        const auto end = left.find_first_of("\r\n");
        obey(left.substr(0, end));
        left.remove_prefix(end == left.npos ? left.size() : end + 1);
    }
}

bool line_session::advance() {
    if (reads() == reading::octets) {
        if (input_.rest().empty())
            return false;
        input_.skip(take_octets(input_.rest()));
        return true;
    }
    auto found = input_.next();
    if (found == line_input::found::nothing)
        return false;
    if (found == line_input::found::line) {
        obey(input_.line());
    } else if (found == line_input::found::bare_end && within_lines() == bare_ends::obeyed) {
        obey_pieces(std::string(input_.line()));
    } else {
        now_answering("(refused)");
        refuse_line(found);
    }
    return true;
}

} // namespace mailspec::serve
