#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailspec::serve {

/// Cuts what a client sends into command lines, which end in CRLF and nowhere else.
///
/// A line beyond the limit is not kept: it is passed over up to its CRLF and then reported once, so that an
/// endless line costs no memory.
class line_input {
public:
    enum class found {
        nothing,  ///< no whole line yet
        line,     ///< line() has it
        too_long, ///< a line beyond the limit has gone by
        bare_end  ///< the line holds a CR or LF of its own; line() has it
    };

    /// Takes the longest line allowed, its CRLF included.
    explicit line_input(std::size_t limit) : limit_(limit) {}

    void add(std::string_view octets);
    void clear();

    /// Takes the next line away.
    found next();

    /// The last line found, without its CRLF. Life: until the next call of a non-const member.
    std::string_view line() const { return std::string_view(held_).substr(line_at_, line_size_); }

    /// What is left after the lines taken, for a command that is followed by octets which are no lines.
    /// Life: until the next call of a non-const member.
    std::string_view rest() const { return std::string_view(held_).substr(taken_); }
    void skip(std::size_t octets) { taken_ += octets; }

private:
    void pass_over();
    void forget_taken();

    std::size_t limit_;
    std::string held_;
    std::size_t taken_ = 0;   ///< octets of held_ that are done with
    std::size_t scanned_ = 0; ///< no CRLF starts before here
    std::size_t line_at_ = 0;
    std::size_t line_size_ = 0;
    bool passing_over_ = false;
};

} // namespace mailspec::serve
