#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/buffer.hpp"
#include "harness/wire/line_ends.hpp"

#include <string_view>
#include <vector>

namespace mailspec::wire::smtp {

/// An enhanced status code (RFC 3463), "5.7.1"; klass 0: none.
struct enhanced_code {
    int klass = 0, subject = 0, detail = 0;
    bool operator==(const enhanced_code&) const = default;
};

struct reply_line {
    std::string_view text; ///< after code and separator, enhanced code included, line end not
    std::uint64_t at = 0;  ///< of the line's first octet, from the start of the connection
};

/// One reply: all its lines. Source: RFC 5321 section 4.2; LMTP RFC 2033.
/// Life: the views last as long as the frame's octets.
struct reply {
    int code = 0;                  ///< of the last line; 0 where it could not be read
    enhanced_code enhanced;        ///< of the last line
    std::vector<reply_line> lines; ///< never empty
    std::uint64_t at = 0;

    std::string_view text() const { return lines.back().text; }
    bool positive() const { return code >= 200 && code < 300; }
};

/// Finds where each reply ends: a line with anything but '-' after the code.
///
/// Faults: line_too_long, response_too_long (a reply whose lines never end).
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : lines_(most) {}
    reading next(const buffer& in);

private:
    line_ends lines_;
};

/// What is being answered: EHLO's lines have a keyword grammar of their own, and only after EHLO announced it
/// are enhanced codes due.
enum class context { greeting, ehlo, other };

/// Parses one frame; never throws on input, reports each departure as a finding.
void parse(std::string_view frame, std::uint64_t at, context c, reply& out, std::vector<rfc::finding>& findings);

/// The enhanced status code that a text begins with (RFC 2034 section 4), or klass 0.
enhanced_code read_enhanced(std::string_view text);

/// One line of a positive answer to EHLO or LHLO.
struct ehlo_keyword {
    std::string_view keyword;    ///< as it came: "SIZE"; compare without regard to case
    std::string_view parameters; ///< "35882577", "LOGIN PLAIN"; empty: none
};

/// The keywords of an EHLO answer, its first line (the domain) left out; none of a negative one. Life: as the reply.
std::vector<ehlo_keyword> ehlo_keywords(const reply& answer);

} // namespace mailspec::wire::smtp
