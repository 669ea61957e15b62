#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/buffer.hpp"
#include "harness/wire/line_ends.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::pop3 {

enum class status { ok, err, continuation, malformed };

/// One reply: status line and, if it is multi-line, its payload with the dot-stuffing undone.
///
/// Source: RFC 1939 section 3; response codes RFC 2449 section 8; "+ " continuation RFC 5034.
/// Life: the views last as long as the frame's octets, and `payload` no longer than the reply: do not copy it.
struct reply {
    status what = status::malformed;
    std::string_view code; ///< "IN-USE" of "-ERR [IN-USE] ..."; empty: none
    std::string_view text; ///< after status and code; of a continuation the challenge
    bool multi_line = false;
    /// Payload octets, CRLF after each line, final dot not included. A view of the frame where no line was
    /// stuffed, else of `unstuffed`.
    std::string_view payload;
    std::string unstuffed;
    std::uint64_t at = 0; ///< of the first octet, from the start of the connection
};

/// Finds where each reply ends. Tell it beforehand whether the command's +OK is followed by a payload.
///
/// Faults: line_too_long, response_too_long (a payload without its final dot).
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : lines_(most) {}
    enum class shape { single_line, multi_line_if_ok };
    void expect(shape s) { shape_ = s; }
    reading next(const buffer& in);

private:
    line_ends lines_;
    shape shape_ = shape::single_line;
    enum class place { status_line, payload } place_ = place::status_line;
    enum class line_end { crlf, lf } ends_ = line_end::crlf; ///< of the status line: a lone-LF server ends so too
};

/// True for commands whose positive reply is multi-line: LIST, UIDL and LANG without argument, RETR, TOP, CAPA.
bool answers_multi_line(std::string_view command_line);

/// Parses one frame; never throws on input, reports each departure as a finding (each kind once for a payload).
void parse(std::string_view frame, std::uint64_t at, frame_reader::shape shape, reply& out,
           std::vector<rfc::finding>& findings);

/// One line of a CAPA payload or of any "keyword arguments" list.
struct capability {
    std::string_view tag;       ///< "SASL"
    std::string_view arguments; ///< "PLAIN LOGIN"; empty: none
};

/// The lines of a CAPA payload (RFC 2449 section 5). Life: as the payload.
std::vector<capability> capabilities(std::string_view payload);

} // namespace mailspec::wire::pop3
