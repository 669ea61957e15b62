#include "harness/serve/pop3/writer.hpp"

#include "harness/rfc/catalogue.hpp"

namespace mailspec::serve::pop3 {

namespace req = rfc::req;

std::string writer::first_line(status s, std::string_view text) const {
    std::string line = s == status::ok ? "+OK " : "-ERR ";
    line.append(text);
    return line.append(breaks(req::pop3_syntax_crlf) ? "\n" : "\r\n");
}

std::string writer::payload(std::string_view octets) const {
    const std::string_view line_end = breaks(req::pop3_syntax_payload_crlf) ? "\n" : "\r\n";
    const auto stuffs = !breaks(req::pop3_syntax_dot_stuffing);
    const auto adds_nul = breaks(req::pop3_syntax_payload_octets);
    std::string lines;
    lines.reserve(octets.size() + 64);
    while (!octets.empty()) {
        auto end = octets.find("\r\n");
        auto line = octets.substr(0, end);
        if (line.starts_with('.') && (stuffs || line == "."))
            lines += '.';
        lines.append(line).append(adds_nul ? 1 : 0, '\0').append(line_end);
        octets.remove_prefix(end == octets.npos ? octets.size() : end + 2);
    }
    return lines + ".\r\n";
}

std::string writer::challenge(std::string_view base64) const {
    if (breaks(req::pop3_syntax_challenge))
        return "+" + std::string(base64) + "\r\n";
    if (breaks(req::pop3_syntax_challenge_base64))
        return "+ go ahead\r\n";
    return "+ " + std::string(base64) + "\r\n";
}

} // namespace mailspec::serve::pop3
