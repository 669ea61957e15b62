#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailspec::serve::imap {

/// How much one command may hold, in octets.
struct command_limits {
    std::size_t line = 64u << 10;    ///< all its lines together, literals apart
    std::size_t literal = 32u << 20; ///< all its literals together
    /// What becomes of a literal that is larger and does not wait; that its octets are commands is a breach.
    enum class beyond : bool { passed_over, commands } refused = beyond::passed_over;
};

/// Cuts what an IMAP client sends into whole commands, literals and all.
///
/// Source   RFC 3501 section 2.2.1, 4.3; RFC 7888 (literal+).
/// Takes    octets cut anywhere; any cut gives the same sequence of events.
/// Faults   Memory is bound by what arrived and by the limits, never by what was announced: a literal too
///          large is refused before it comes, or passed over when the client does not wait.
class command_reader {
public:
    enum class event {
        need_more,
        command,      ///< text() is a whole command without its last line end
        want_literal, ///< the client waits for "+"
        too_big,      ///< the command is over: its literal was too large; text() is its beginning
        bad_literal,  ///< the command is over: its literal header is no header; text() is its beginning
        too_long      ///< a line without end: nothing sensible can follow
    };

    explicit command_reader(command_limits most = {}) : most_(most) {}

    void set_limits(command_limits most) { most_ = most; }
    void add(std::string_view octets);
    event next();

    /// One line alone, whatever it ends in: IDLE's DONE, AUTHENTICATE's base64.
    /// Gives need_more, command or too_long.
    event next_line();

    /// True when octets behind the command given out have arrived.
    bool has_more() const { return start_ < held_.size(); }

    /// Forgets everything not yet given out (STARTTLS).
    void clear();

    /// Life: until the next call of a non-const member.
    std::string_view text() const { return std::string_view(held_).substr(text_at_, text_size_); }

private:
    enum class header { none, synchronising, ready, too_big, bad };

    bool find_line();
    event end_of_line();
    header literal_header(std::string_view line);
    event give(event what, std::size_t upto, std::size_t next_start);
    event pass_over();
    void begin_command(std::size_t at);
    void forget_taken();

    command_limits most_;
    std::string held_;
    std::size_t start_ = 0;          ///< of the command being read, in held_
    std::size_t line_at_ = 0;        ///< of the line being read
    std::size_t scanned_ = 0;        ///< no LF in [line_at_, scanned_)
    std::size_t literal_octets_ = 0; ///< of all literals of this command so far
    std::uint64_t literal_left_ = 0; ///< octets to come before the next line starts
    std::uint64_t passing_ = 0;      ///< octets of a refused literal to pass over
    bool refused_ = false;           ///< the rest of the command is passed over
    std::size_t text_at_ = 0, text_size_ = 0;
};

} // namespace mailspec::serve::imap
