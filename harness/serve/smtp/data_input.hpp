#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mailspec::serve::smtp {

/// The mail data after DATA, as it comes: undoes the dot-stuffing and finds the end, which is <CRLF>.<CRLF> and
/// nothing else. Source: RFC 5321 sections 4.1.1.4, 4.5.2.
class data_input {
public:
    /// Takes the largest message kept; what goes beyond is counted but not kept. A breach knows other ends of lines:
    /// LF, or CR, LF and whatever comes near them, with NUL and blanks passed over.
    enum class line_ends { crlf, lone_lf_too, anything };
    explicit data_input(std::size_t limit, line_ends known = line_ends::crlf) : limit_(limit), known_(known) {}

    /// Takes what arrived; gives how much of it was mail data, less than all only when it has ended.
    std::size_t take(std::string_view octets);

    bool ended() const { return at_ == place::end; }
    bool is_too_large() const { return size_ > limit_; }
    bool has_bare_line_end() const { return bare_line_end_; } ///< a CR without LF, or an LF without CR

    /// The message so far, undotted. Life: until the next call of a non-const member.
    std::string_view message() const { return message_; }

    /// The message, undotted; once it has ended.
    std::string take_message() { return std::move(message_); }

private:
    enum class place { line_start, dot, dot_cr, text, cr, end };
    void step(char c);
    bool step_anyhow(char c);
    void step_text(char c);
    void keep(char c);

    bool ends_line(char c) const { return c == '\n' && (at_ == place::cr || known_ == line_ends::lone_lf_too); }

    std::size_t limit_;
    line_ends known_;
    std::size_t size_ = 0;
    std::string message_;
    place at_ = place::line_start;
    bool bare_line_end_ = false;
};

} // namespace mailspec::serve::smtp
