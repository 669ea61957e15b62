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

std::string writer::noop_reply(std::string_view status, std::string_view text) const {
    if (breaks(req::smtp_noop))
        return reply("500", "5.5.1", "not now");
    if (breaks(req::smtp_data_only_354))
        return reply("354", "", text);
    if (breaks(req::smtp_syntax_reply_code))
        return reply("OK", status, text);
    if (breaks(req::smtp_syntax_first_digit))
        return reply("650", "", text);
    if (breaks(req::smtp_syntax_reply_line))
        return "250:" + std::string(text) + "\r\n";
    if (breaks(req::smtp_syntax_bare_code))
        return "250\r\n";
    if (breaks(req::smtp_syntax_same_code))
        return "251-" + std::string(text) + "\r\n" + reply("250", status, text);
    if (breaks(req::smtp_syntax_line_length))
        return reply("250", status, std::string(600, 'x'));
    if (breaks(req::smtp_syntax_text))
        return reply("250", status, "\x01" + std::string(text));
    if (breaks(req::smtp_syntax_enhanced_class))
        return reply("250", "5.0.0", text);
    if (breaks(req::smtp_syntax_enhanced_every_line))
        return "250-2.1.0 " + std::string(text) + "\r\n" + reply("250", status, text);
    return reply("250", status, text);
}

std::string writer::greeting(std::string_view host, std::string_view text) const {
    auto code = breaks(req::smtp_greeting) ? "250" : "220";
    auto name = breaks(req::smtp_syntax_greeting) ? std::string("_") : std::string(host);
    return reply(code, "", name.append(1, ' ').append(text));
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
