#pragma once

#include "harness/rfc/finding.hpp"
#include "harness/wire/buffer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailspec::wire::pop3 {

enum class status { ok, err, continuation, malformed };

/// One reply: status line and, if it is multi-line, its payload with the dot-stuffing undone.
///
/// Source: RFC 1939 section 3; response codes RFC 2449 section 8; "+ " continuation RFC 5034.
/// Life: the views last as long as the frame's octets.
struct reply {
    status what = status::malformed;
    std::string_view code;    ///< "IN-USE" of "-ERR [IN-USE] ..."; empty: none
    std::string_view text;    ///< after status and code
    bool multi_line = false;
    /// Payload octets, CRLF after each line, final dot not included. A view of the frame where no line was
    /// stuffed, else of `unstuffed`.
    std::string_view payload;
    std::string unstuffed;
    std::uint64_t at = 0; ///< of the first octet, from the start of the connection
};

/// Finds where each reply ends. Tell it beforehand whether the command's +OK is followed by a payload.
class frame_reader {
public:
    explicit frame_reader(limits most = {}) : most_(most) {}
    enum class shape { single_line, multi_line_if_ok };
    void expect(shape s) { shape_ = s; }
    reading next(const buffer& in);

private:
    limits most_;
    shape shape_ = shape::single_line;
    std::uint64_t start_ = 0, scanned_ = 0, line_ = 0;
};

/// True for commands whose positive reply is multi-line: LIST and UIDL without argument, RETR, TOP, CAPA.
bool answers_multi_line(std::string_view command_line);

/// Parses one frame; never throws, reports each departure as a finding.
void parse(std::string_view frame, std::uint64_t at, frame_reader::shape shape, reply& out,
           std::vector<rfc::finding>& findings);

} // namespace mailspec::wire::pop3
