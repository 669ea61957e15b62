#include "harness/serve/smtp/writer.hpp"

#include "harness/rfc/catalogue.hpp"

namespace mailspec::serve::smtp {

namespace req = rfc::req;

std::string_view writer::line_end() const { return breaks(req::smtp_syntax_crlf) ? "\n" : "\r\n"; }

std::string writer::reply(std::string_view code, std::string_view status, std::string_view text) const {
    std::string line(code);
    line += ' ';
    if (!status.empty() && !breaks(req::smtp_enhanced_codes))
        line.append(status).append(1, ' ');
    return line.append(text).append(line_end());
}

std::string writer::greeting(std::string_view host, std::string_view text) const {
    auto name = breaks(req::smtp_syntax_greeting) ? std::string("_") : std::string(host);
    return reply("220", "", name.append(1, ' ').append(text));
}

std::string writer::ehlo_reply(std::string_view host, const std::vector<std::string>& keywords) const {
    auto lines = "250-" + (breaks(req::smtp_syntax_ehlo_domain) ? "_" : std::string(host)).append(line_end());
    if (breaks(req::smtp_syntax_ehlo_line))
        lines.append("250-AUTH=LOGIN").append(line_end());
    for (const auto& k : keywords)
        lines.append(&k == &keywords.back() ? "250 " : "250-").append(k).append(line_end());
    return lines;
}

} // namespace mailspec::serve::smtp
