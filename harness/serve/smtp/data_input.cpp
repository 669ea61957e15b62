#include "harness/serve/smtp/data_input.hpp"

namespace mailspec::serve::smtp {

void data_input::keep(char c) {
    if (++size_ <= limit_)
        message_ += c;
    else if (message_.capacity() > 0)
        std::string().swap(message_);
}

void data_input::step_text(char c) {
    keep(c);
    if (ends_line(c)) {
        at_ = place::line_start;
        return;
    }
    if (c == '\n' || at_ == place::cr)
        bare_line_end_ = true;
    at_ = c == '\r' ? place::cr : place::text;
}

void data_input::step(char c) {
    switch (at_) {
    case place::line_start:
        if (c == '.')
            at_ = place::dot;
        else
            step_text(c);
        return;
    case place::dot:
        if (ends_line(c)) {
            at_ = place::end;
        } else if (c == '\r') {
            at_ = place::dot_cr;
        } else {
            at_ = place::text;
            step_text(c);
        }
        return;
    case place::dot_cr:
        if (c == '\n') {
            at_ = place::end;
        } else {
            keep('\r');
            at_ = place::cr;
            step_text(c);
        }
        return;
    default: step_text(c);
    }
}

/// The breach: gives false where the end came before that octet.
bool data_input::step_anyhow(char c) {
    if (c == '\0' || (c == ' ' && at_ == place::dot))
        return true;
    if (at_ == place::dot_cr) {
        at_ = place::end;
        return c == '\n';
    }
    if (at_ == place::dot && (c == '\r' || c == '\n')) {
        at_ = c == '\r' ? place::dot_cr : place::end;
        return true;
    }
    if (at_ == place::line_start && c == '.') {
        at_ = place::dot;
        return true;
    }
    keep(c);
    at_ = c == '\r' || c == '\n' ? place::line_start : place::text;
    return true;
}

std::size_t data_input::take(std::string_view octets) {
    for (std::size_t i = 0; i < octets.size(); ++i) {
        bool taken = true;
        if (known_ == line_ends::anything)
            taken = step_anyhow(octets[i]);
        else
            step(octets[i]);
        if (ended())
            return i + (taken ? 1 : 0);
    }
    return octets.size();
}

} // namespace mailspec::serve::smtp
