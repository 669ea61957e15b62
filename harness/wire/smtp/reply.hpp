#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/buffer.hpp"

#include <string_view>
#include <vector>

namespace mailspec::wire::smtp {

/// An enhanced status code (RFC 3463), "5.7.1"; klass 0: none.
struct enhanced_code {
    int klass = 0, subject = 0, detail = 0;
};

struct reply_line {
    std::string_view text; ///< after code and separator, enhanced code included, line end not
    std::uint64_t at = 0;  ///< of the line's first octet, from the start of the connection
};

/// One reply: all its lines. Source: RFC 5321 section 4.2; LMTP RFC 2033.
/// Life: the views last as long as the frame's octets.
struct reply {
    int code = 0; ///< of the last line; 0 where it could not be read
    enhanced_code enhanced; ///< of the last line
    std::vector<reply_line> lines; ///< never empty
    std::uint64_t at = 0;

    std::string_view text() const { return lines.back().text; }
    bool positive() const { return code >= 200 && code < 300; }
};

/// Finds where each reply ends: a line with anything but '-' after the code.
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : most_(most) {}
    reading next(const buffer& in);

private:
    limits most_;
    std::uint64_t start_ = 0, scanned_ = 0, line_ = 0;
};

/// What is being answered: EHLO's lines have a keyword grammar of their own, and only after EHLO announced it
/// are enhanced codes due.
enum class context { greeting, ehlo, other };

void parse(std::string_view frame, std::uint64_t at, context c, reply& out, std::vector<rfc::finding>& findings);

} // namespace mailspec::wire::smtp
