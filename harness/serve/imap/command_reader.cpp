#include "harness/serve/imap/command_reader.hpp"

#include "harness/wire/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace mailspec::serve::imap {

namespace {

constexpr std::size_t moved_at_once = 4096;         ///< octets given out that are not worth moving the rest for
constexpr std::size_t kept_when_empty = 256u << 10; ///< octets of memory

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

} // namespace

void command_reader::add(std::string_view octets) {
    if (passing_ > 0) {
        auto n = static_cast<std::size_t>(std::min<std::uint64_t>(passing_, octets.size()));
        octets.remove_prefix(n);
        passing_ -= n;
    }
    forget_taken();
    held_.append(octets);
}

void command_reader::clear() {
    held_.clear();
    held_.shrink_to_fit();
    begin_command(0);
    passing_ = 0;
}

void command_reader::begin_command(std::size_t at) {
    start_ = line_at_ = scanned_ = at;
    literal_octets_ = 0;
    literal_left_ = 0;
    refused_ = false;
}

void command_reader::forget_taken() {
    if (start_ == 0 || (start_ < held_.size() && start_ < moved_at_once))
        return;
    held_.erase(0, start_);
    line_at_ -= start_;
    scanned_ -= start_;
    start_ = 0;
    text_at_ = text_size_ = 0;
    if (held_.empty() && held_.capacity() > kept_when_empty)
        held_.shrink_to_fit();
}

command_reader::event command_reader::give(event what, std::size_t upto, std::size_t next_start) {
    text_at_ = start_;
    text_size_ = upto - start_;
    begin_command(next_start);
    return what;
}

bool command_reader::find_line() {
    auto lf = held_.find('\n', scanned_);
    scanned_ = lf == held_.npos ? held_.size() : lf + 1;
    return lf != held_.npos;
}

command_reader::event command_reader::next() {
    for (;;) {
        if (passing_ > 0)
            return event::need_more;
        if (literal_left_ > 0) {
            if (held_.size() - line_at_ < literal_left_)
                return event::need_more;
            line_at_ += static_cast<std::size_t>(literal_left_);
            scanned_ = line_at_;
            literal_left_ = 0;
        }
        bool whole = find_line();
        if (scanned_ - start_ - literal_octets_ > most_.line)
            return event::too_long;
        if (!whole)
            return event::need_more;
        auto what = end_of_line();
        if (what != event::need_more)
            return what;
    }
}

command_reader::event command_reader::end_of_line() {
    auto line = without_line_end(std::string_view(held_).substr(line_at_, scanned_ - line_at_));
    auto text_end = line_at_ + line.size();
    auto what = literal_header(line);
    if (refused_) {
        if (what == header::none || what == header::synchronising)
            return give(event::too_big, line_at_, scanned_);
        return pass_over();
    }
    line_at_ = scanned_;
    switch (what) {
    case header::none: return give(event::command, text_end, scanned_);
    case header::bad: return give(event::bad_literal, text_end, scanned_);
    case header::synchronising: return event::want_literal;
    case header::ready: return event::need_more;
    case header::too_big: break;
    }
    if (literal_left_ > 0) {
        refused_ = true;
        return pass_over();
    }
    return give(event::too_big, text_end, scanned_);
}

/// Drops the literal that does not wait for us, arrived or not, and goes on to the line after it.
command_reader::event command_reader::pass_over() {
    auto here = std::min<std::uint64_t>(literal_left_, held_.size() - scanned_);
    passing_ = literal_left_ - here;
    literal_left_ = 0;
    held_.erase(scanned_, static_cast<std::size_t>(here));
    line_at_ = scanned_;
    return event::need_more;
}

command_reader::header command_reader::literal_header(std::string_view line) {
    if (!line.ends_with('}'))
        return header::none;
    auto brace = line.rfind('{');
    if (brace == line.npos || brace + 2 == line.size())
        return header::none;
    auto inside = line.substr(brace + 1, line.size() - brace - 2);
    bool waits = !inside.ends_with('+');
    if (!waits)
        inside.remove_suffix(1);
    if (inside.empty() || !std::ranges::all_of(inside, wire::is_digit))
        return header::none;
    std::uint32_t size = 0;
    if (std::from_chars(inside.data(), inside.data() + inside.size(), size).ec != std::errc{})
        return header::bad;
    literal_left_ = size;
    if (refused_)
        return waits ? header::synchronising : header::ready;
    if (size > most_.literal - std::min(most_.literal, literal_octets_)) {
        if (waits || most_.refused == command_limits::beyond::commands)
            literal_left_ = 0;
        return header::too_big;
    }
    literal_octets_ += size;
    return waits ? header::synchronising : header::ready;
}

command_reader::event command_reader::next_line() {
    bool whole = find_line();
    if (scanned_ - start_ > most_.line)
        return event::too_long;
    if (!whole)
        return event::need_more;
    auto line = without_line_end(std::string_view(held_).substr(start_, scanned_ - start_));
    return give(event::command, start_ + line.size(), scanned_);
}

} // namespace mailspec::serve::imap
